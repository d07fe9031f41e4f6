"""What files prove: the figures of runs, failure logs, training sets and comparisons, and what they may propose."""
