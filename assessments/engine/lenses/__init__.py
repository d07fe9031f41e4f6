"""One room for each source's rule: answers in, stance and reasons out."""
