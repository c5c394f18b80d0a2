"""Forecasts beside statsforecast and Prophet: the same origins, months and levels."""
