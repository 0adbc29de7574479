"""Several people on one report: colleagues, the head's consent, handing over, a form that has changed."""
