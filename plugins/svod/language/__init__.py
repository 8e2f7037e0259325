"""Russian analysis behind one analysed document. Knows nothing of reports, projects or metrics."""
