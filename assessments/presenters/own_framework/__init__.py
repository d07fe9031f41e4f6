"""A team's own framework on pages: its parts to edit, what contradicts in it, and what it would change."""
