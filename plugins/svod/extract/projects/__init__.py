"""Projects named in a report: names, kinds, status, and where the report is on them."""
