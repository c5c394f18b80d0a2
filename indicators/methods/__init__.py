"""Methods shared by the indicators: projection, counts, readings of a claim, break-even and uncertainty.

Start at `indicators.methods.projection.parameters.ProjectionParameters` and `indicators.methods.projection.project`.
"""
