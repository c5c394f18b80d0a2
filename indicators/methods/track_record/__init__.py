"""What became of published projections."""
