"""Is it fit to publish? The gate over a candidate, quarantine decisions, and the masking of private persons.

Must not know how marts are built or how a release is applied.
"""
