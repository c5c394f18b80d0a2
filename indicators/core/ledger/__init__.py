"""Who says what: claims, their marks, dated entries and the timeline."""
