"""Short-term forecasts of regular series, their scores, and the record of what became of them."""
