"""A village's summary from being shown to its leader to a paper that anybody can check."""
