"""Charts as plain figures: a table goes in, a dictionary that Plotly can draw comes out."""
