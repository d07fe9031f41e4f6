"""Reads the files that teams have anyway, in a process of its own: no Django, no network, limited time and memory."""
