"""The month's messages: how many are left, and what gives way first."""
