"""The word lists of the reading engine: YAML files beside this module, each read once, when first asked for.

Knows nothing of what the lists mean: the module that owns a list gives it a shape.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """The content of `<name>.yml`, shared between callers: never change it. FileNotFoundError if there is
    none."""
    text = files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (safe loaders both)
