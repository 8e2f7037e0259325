"""The reading engine's version: what facts in the warehouse are keyed by."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

# Raised by hand with every change of what is read from a text. Facts of different versions lie side by side
# in raw, and only the promoted version's reach the marts: a new one is compared before it is promoted.
EXTRACTOR_VERSION = "14"


@cache
def config_hash() -> str:
    """Hash over the engine's code and lexicons: tells two states apart that bear the same version."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(p for part in ("extract", "language") for p in (package / part).rglob("*.*")):
        if path.suffix in {".py", ".yml"}:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
