"""Projection routes."""
def projection_routes(*a): return None
