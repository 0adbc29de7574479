"""Telling other people's systems of every version and every step of the ledger, signed (standardwebhooks.com)."""
