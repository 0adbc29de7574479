"""The few things that are said in a LINE group: who it belongs to, what of its reports is still owed, and goodbye."""
