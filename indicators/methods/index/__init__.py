"""The composite index of pressure on morale: declared parts, goalposts and weights, and when it keeps silent."""
