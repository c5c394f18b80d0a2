"""Who claims what, on what it rests, and what is known beside it."""
