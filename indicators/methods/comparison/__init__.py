"""What may stand side by side: conflicting claims, two sides, and signposts fixed in advance."""
