"""What an operator needs of the server: readiness, a log of requests, counters, and an end within seconds."""
