"""Rich menus: their pictures, what LINE has of them, and whose they are."""
