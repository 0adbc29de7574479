"""Looking into a photo before it is kept, and how photos look to one another."""
