"""The report as one text to copy, fill in and send back."""
