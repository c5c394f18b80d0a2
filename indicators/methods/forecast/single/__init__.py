"""The single models, each at every past origin."""
