"""A later round beside the one before: as last time, only what changed, or afresh."""
