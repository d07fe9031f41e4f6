"""What pages are made of: what is stored, put into words, for one view or for several."""
