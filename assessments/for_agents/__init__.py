"""What agents ask by the Model Context Protocol: a few tools, each a request to the interface of programs."""
