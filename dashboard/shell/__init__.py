"""What every page stands in: menu, header, the day known on, citation and the parts pages are made of."""
