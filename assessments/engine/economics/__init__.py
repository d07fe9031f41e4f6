"""Money: what an approach costs, and when it pays back."""
