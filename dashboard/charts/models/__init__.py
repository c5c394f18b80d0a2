"""What a model says: ranges, what decides them, and what came true."""
