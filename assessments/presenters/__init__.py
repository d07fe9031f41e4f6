"""What the pages and the report show: the decision put into words."""
