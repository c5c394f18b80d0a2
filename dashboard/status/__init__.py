"""How fresh the figures are, and apart from that when their live sources were reached."""
