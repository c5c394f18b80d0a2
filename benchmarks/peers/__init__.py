"""The same page in other frameworks, written as their documentation suggests; they run in their own environment."""
