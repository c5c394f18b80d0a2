"""What the server refuses, bounds and forbids browsers to do."""
