"""The decision itself: pure functions from a framework and a document to a decision."""
