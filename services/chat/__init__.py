"""One chat: taking events in, one turn at a time, what a turn needs to know and what it does."""
