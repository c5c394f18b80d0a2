"""What a weekly figure comes to if it goes on, and how sure that is."""
