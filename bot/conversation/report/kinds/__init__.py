"""How each kind of box is asked in chat, and how its typed answers are read. One small file for each sort."""
