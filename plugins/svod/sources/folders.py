"""Folders of reports that people put there: what of their content nobody meant to send."""

from __future__ import annotations

from pathlib import Path, PurePath

_LEFT_BEHIND = {"thumbs.db", "desktop.ini"}


def files_in(folder: Path) -> list[Path]:
    """The files that people put there, at any depth, in order of name."""
    found = (p for p in folder.rglob("*") if not is_left_behind(p.relative_to(folder)) and p.is_file())
    return sorted(found)


def is_left_behind(path: PurePath) -> bool:
    """Whether programs leave such a file (hidden, a lock of Word's); `path` is relative to the folder."""
    return path.name.lower() in _LEFT_BEHIND or any(part.startswith((".", "~$")) for part in path.parts)
