"""JSON and CSV over HTTP: thin, read-only routes over `indicators`."""
