"""Grammar and patterns that know nothing of reports: noun phrases, declension, quick pattern search."""
