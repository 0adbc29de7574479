"""The desk: pages on which an office sees its area. Who may see what, and what the pages show; no Flask here."""
