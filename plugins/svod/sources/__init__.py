"""The registry of regional sources: one short YAML each, checked against a schema when it is read.

Lives here: what a source may say about itself. It must not know how anything is fetched or read.
"""

from .loader import load_source, load_sources, parse_source
from .schema import Source

__all__ = ["Source", "load_source", "load_sources", "parse_source"]
