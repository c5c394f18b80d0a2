"""What makes the dashboard start and load fast; every part is optional."""
