"""The annotated reports, how they are scored, and the floors that only rise."""
