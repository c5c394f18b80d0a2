"""The page of the index of pressure on morale."""
