"""Numbers, what they count and what is said of them: from a number in the text to a metric."""
