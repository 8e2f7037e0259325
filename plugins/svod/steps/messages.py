"""How a topic's warnings are told: a short text in Russian and English. Pure; knows no channel.

What it quotes was partly written by strangers (titles, reasons of servers): one line each, without control
or bidi characters, cut to a length. Nothing of it is markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from svod.warehouse.notifications import Warned

MOST_LINES = 20
MOST_CHARACTERS = 300  # of a line
MARKS = {"critical": "‼", "warning": "!", "info": "·"}
TOPICS = {
    "failing_source": ("Источники не отвечают", "Sources failing"),
    "silent_source": ("Источники молчат", "Sources silent"),
    "silent_region": ("Регионы молчат", "Regions silent"),
    "volume": ("Объём вне нормы", "Volume outside its range"),
    "fill": ("Поля заполнены хуже", "Share of filled fields has fallen"),
    "gate": ("Проверка перед выпуском", "Gate"),
    "task_failure": ("Задачи не выполнены", "Tasks failed"),
    "deadline": ("Запуски не уложились в срок", "Runs past their deadline"),
}
UNSEEN = {"Cc", "Cf", "Cs"}  # controls, what turns or hides text, halves of characters: never sent


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel sends. `subject` is one line; `warnings` is what it tells of."""

    topic: str
    day: date
    subject: str
    text: str
    warnings: Sequence[Warned]


def render(topic: str, warnings: Sequence[Warned], day: date, pages: str = "") -> Message:
    """One message for all warnings of a topic, worst first; `pages` is the address of the sources page."""
    russian, english = TOPICS.get(topic, (topic, topic))
    count = len(warnings)
    lines = [_line(warned) for warned in warnings[:MOST_LINES]]
    if count > MOST_LINES:
        lines.append(f"… и ещё {count - MOST_LINES} · and {count - MOST_LINES} more")
    text = "\n".join(
        [
            f"Свод, {day:%d.%m.%Y}. {russian}: {count}",
            f"Svod, {day.isoformat()}. {english}: {count}",
            "",
            *lines,
            "",
            f"Что делать · What to do: docs/runbook.md, «Alerts», {topic}",
            *([f"Страницы · Pages: {pages}"] if pages else []),
        ]
    )
    return Message(topic, day, f"Свод: {russian} — {count} · Svod: {english}", text, warnings)


def _line(warned: Warned) -> str:
    about = f"{warned.source_id}: " if warned.source_id else ""
    return f"{MARKS[warned.severity]} {warned.day:%d.%m} {about}{_plain(warned.reason)}"


def _plain(text: str) -> str:
    """One harmless line: no character that acts instead of showing, spaces for line ends, not too long."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in UNSEEN
    )
    line = " ".join("".join(kept).split())
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1] + "…"
