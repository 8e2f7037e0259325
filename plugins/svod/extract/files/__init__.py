"""A fetched file, whatever its format, to clean text with anchors into the file."""
