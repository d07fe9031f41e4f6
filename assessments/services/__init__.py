"""Every write to the database, and what is read for it."""
