"""Charts and answers that stand by themselves, for a frame on another page."""
