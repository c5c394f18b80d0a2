"""What one start keeps for the next one in the user's cache folder."""
