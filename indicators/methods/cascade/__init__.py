"""What-if cascades: if some units break, how many could follow."""
