"""Drafts, reports and their versions; consent, handing over, receipts; forms by version."""
