"""The card before sending with its remarks and their reasons, sending, the receipt."""
