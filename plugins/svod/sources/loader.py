"""Reads the YAML of sources. One bad file is an error of that file: the others load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from svod.errors import SourceError

from .schema import Source

MAX_BYTES = 256_000  # a source's YAML is some fifty lines; anything of this size is a mistake


class _StrictLoader(yaml.SafeLoader):
    """Safe, and a key given twice is an error: YAML would keep the last in silence."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key!r} is given twice", key_node.start_mark
            )
        seen.add(key)
    return dict(yaml.SafeLoader.construct_mapping(loader, node, deep=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            raise SourceError(f"{path.name}: larger than {MAX_BYTES} bytes")
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise SourceError(f"there is no source {path.stem!r}: no file {path.name} in {path.parent}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise _not_yaml(path.name, error) from error


def _not_yaml(name: str, error: Exception) -> SourceError:
    return SourceError(f"{name}: not readable as YAML: {' '.join(str(error).split())}")


def _explain(name: str, error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"]) or "(whole file)"
        message = "unknown key" if problem["type"] == "extra_forbidden" else problem["msg"]
        lines.append(f"{name}: {key}: {message}")
    return "; ".join(lines)


def load_source(path: Path) -> Source:
    """The source in a YAML file; its id is the file's stem. Raises SourceError: file, key, reason."""
    try:
        stat = path.stat()
    except OSError:
        return parse_source(_read(path), path.name)
    return _load(path, (stat.st_mtime_ns, stat.st_size, stat.st_ino))


@lru_cache(maxsize=20_000)
def _load(path: Path, _state: tuple[int, ...]) -> Source:
    """A page that looks at thousands of files reads those that have changed."""
    return parse_source(_read(path), path.name)


def parse_source(text: str, name: str) -> Source:
    """The source that a file of this name with this text would be. Raises SourceError."""
    stem = Path(name).stem
    try:
        data = yaml.load(text, _StrictLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise _not_yaml(name, error) from error
    if not isinstance(data, dict):
        raise SourceError(f"{name}: a source is a mapping of keys, not {type(data).__name__}")
    if data.setdefault("id", stem) != stem:
        raise SourceError(f"{name}: id: is {data['id']!r}, must be the file's name {stem!r}")
    try:
        return Source.model_validate(data)
    except ValidationError as error:
        raise SourceError(_explain(name, error)) from error


def load_sources(folder: Path, only: str | None = None) -> tuple[dict[str, Source], dict[str, SourceError]]:
    """All sources of a folder by id, and the errors of those that cannot be read, by file stem.

    `only`: the id of the one that is wanted; no other file is opened.
    """
    sources: dict[str, Source] = {}
    errors: dict[str, SourceError] = {}
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
        if only is not None and path.stem != only:
            continue
        try:
            if path.stem in sources:
                raise SourceError(f"{path.name}: a second file for source {path.stem}")
            sources[path.stem] = load_source(path)
        except SourceError as error:
            errors[path.stem] = error
    return sources, errors
