"""Machinery shared by all indicators; knows no single indicator."""
