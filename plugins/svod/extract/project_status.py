"""How far a project is on the day of publication, read from the verbs around its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.models import ProjectKind, ProjectStatus

from .prose import Prose

Span = tuple[int, int]


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


COMPLETED = _pattern(
    r"\bзаверш(?:ил|ён|ен|ает|ени|ивш)\w*",
    r"\bзакончи\w+",
    r"\bподвел[аи]?\b",
    r"\bподведен\w*",
    r"\bитог\w*",
    r"\bсостоял\w+",
    r"\bпрош(?:ёл|ел|ла|ло|ли)\b",
    r"\bреализован\w*",
    r"\bокончани\w*",
    r"\bш[её]л\b",
)
PLANNED = _pattern(
    r"\bстартует\b",
    r"\bстартуем\b",
    r"\bначн[её]т\w*",
    r"\bбуд(?:ет|ут)\b",
    r"\bпланиру\w+",
    r"\bнамерен\w*",
    r"\bзапустит\w*",
    r"\bзапускаем\b",
    r"\bоткроет\w*",
    r"\bпредсто\w+",
    r"\bвпереди\b",
    r"\bскоро\b",
    r"\bполуч(?:ит|ат)\b",
    r"\bпоявится\b",
    r"\bпройд[её]т\b",
    r"\bсостоится\b",
    r"\bготовит\w*",
)
STARTED = _pattern(
    r"\bстартовал\w*",
    r"\bначал(?:ась|ся|ось|ись|и|а)?\b",
    r"\bприступил\w*",
    r"\bзапу(?:щен|стил)\w*",
    r"\bоткры(?:л|лся|лась|лось|т|та|то|ты)\b",
    r"\bдан старт\b",
    r"\bзаработал\w*",
    r"\bдала? старт\b",
)
RUNNING = _pattern(
    r"\bреализу\w+",
    r"\bреализаци\w+",
    r"\bработа(?:ет|ют)\b",
    r"\bдейству\w+",
    r"\bпродолжа\w+",
    r"\bпроводит\w*",
    r"\bв рамках\b",
    r"\bвнедря\w+",
    r"\bвед[её]т\w*",
    r"\bпомога\w+",
    r"\bучаству\w+",
    r"\bпо програм\w+",
    r"\bжив[её]т\b",
    r"\bсопровожда\w+",
    r"\bпосеща\w+",
)


def read_status(prose: Prose, kind: ProjectKind, spans: Sequence[Span]) -> ProjectStatus | None:
    """The status that the sentences around the name state; the first mentions speak louder."""
    for start, end in spans:
        near = _around(prose, start, end)
        for status, pattern in STATUS_RULES:
            if pattern.search(near):
                return status
    return DEFAULTS.get(kind)


def _around(prose: Prose, start: int, end: int) -> str:
    a, b = prose.sentence(start)
    return prose.text[max(a, start - 90) : start] + " ■ " + prose.text[end : min(b, end + 90)]


STATUS_RULES: tuple[tuple[ProjectStatus, re.Pattern[str]], ...] = (
    ("planned", PLANNED),
    ("completed", COMPLETED),
    ("started", STARTED),
    ("running", RUNNING),
)
DEFAULTS: dict[ProjectKind, ProjectStatus] = {
    "program": "running",
    "pilot": "running",
    "event": "completed",
    "contest": "completed",
}
