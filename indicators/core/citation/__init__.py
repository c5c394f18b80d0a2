"""Verifiable citation: digests of rows, the seal of a view and how it is referred to."""
