"""One file for each page: the verb declared, the work done elsewhere."""
