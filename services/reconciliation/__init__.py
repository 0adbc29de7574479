"""Whether totals add up: the dashboard's figures, the register's and the reports', side by side."""
