"""What is new since a day: figures, revisions and corrections."""
