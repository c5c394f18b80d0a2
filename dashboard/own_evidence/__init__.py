"""The page and all it is made of."""
