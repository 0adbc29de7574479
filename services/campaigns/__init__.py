"""A campaign's folder: read, checked, loaded."""
