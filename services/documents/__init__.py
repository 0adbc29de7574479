"""Official documents: what the office prints, as data that any writer can put on paper."""
