"""The content that is shipped, as a whole: what it asks, whether its numbers are right, what it gives away."""
