"""Time expressions, the spans that they rule, and the period of each figure."""
