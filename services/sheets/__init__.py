"""Paper for the villages: the visit sheet that a leader works through, and the signs by which leaders join."""
