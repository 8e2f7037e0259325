"""Fetching of regional sources: politely, safely, and only what is new.

`fetch_source` makes one run at one source. What it finds goes into the archive and a FetchResult; it writes
nothing to the warehouse and knows nothing of what reports say.
"""

from .client import ClientSettings
from .interval import Interval
from .politeness import MemoryPoliteness, Politeness, PostgresPoliteness
from .run import failure, fetch_source, reader_for
from .state import FetchState, MemoryState, PostgresState

__all__ = [
    "ClientSettings",
    "FetchState",
    "Interval",
    "MemoryPoliteness",
    "MemoryState",
    "Politeness",
    "PostgresPoliteness",
    "PostgresState",
    "failure",
    "fetch_source",
    "reader_for",
]
