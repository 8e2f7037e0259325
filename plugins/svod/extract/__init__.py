"""The reading engine: facts out of the free text of a report. Pure functions over values."""
