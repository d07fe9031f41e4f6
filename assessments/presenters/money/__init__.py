"""Cost and return in words: one investment, all approaches, how sure it is, and where the numbers come from."""
