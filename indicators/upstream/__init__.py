"""Live sources, one connector each: fetch, check, and add up to the months that the evidence holds."""
