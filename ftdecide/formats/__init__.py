"""Django writes no number for people: what it prints bare, as in an attribute, is the same in every language."""
