"""Sentences that several pages say."""
