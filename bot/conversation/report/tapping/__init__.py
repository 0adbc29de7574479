"""What each button of a report does. A button may be a week old: what stands now decides."""
