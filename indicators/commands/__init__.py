"""The commands of `python -m indicators` that take more than a few lines."""
