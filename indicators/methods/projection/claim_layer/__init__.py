"""What the claimed weekly figure comes to, with its uncertainty: in closed form, by simulation and for the browser."""
