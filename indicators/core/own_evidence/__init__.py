"""A reader's own figures from a file of an everyday program, checked as the project's own are."""
