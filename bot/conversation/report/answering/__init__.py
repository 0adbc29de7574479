"""What is typed, tapped or sent as an answer: read, checked, stored, read back."""
