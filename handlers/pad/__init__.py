"""The page on which somebody of a household, or a leader, signs with a finger or a mouse."""
