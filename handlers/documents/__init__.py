"""A report as the office prints it, by a personal link from the chat."""
