"""When and by whom a report was published, and the federal subjects it is about."""
