"""What each kind of source is made of: a reader turns one fetched page into entries.

Readers parse; they ask nothing, keep nothing and know nothing of each other. A custom one is one small class
with one method (`base.PageReader`); `run.reader_for` knows which kind has which.
"""
