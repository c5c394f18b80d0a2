"""The evidence: its words, its tables and their rules, as it stood on a day, and who printed it."""
