"""Web pages with known report texts: the samples' reports put into twelve layouts of real sites' kinds.

The layouts (bench/layouts) carry the furniture of their kinds: menus, calendars, teasers in sentences,
readers' comments, polls, footers. What is between is known, so what is kept and lost can be counted.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).resolve().parents[1]
LAYOUTS = Path(__file__).with_name("layouts")
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what of it is the report; `title` and `day` lines count neither for nor against."""

    layout: str
    html: str
    body: str
    title: str
    day: date

    def score(self, text: str) -> tuple[int, int, int]:
        """(words right, words found, words to be found), title and date lines left out on both sides."""
        kept = [line for line in text.splitlines() if not self._is_head(line)]
        found, gold = _words("\n".join(kept)), _words(self.body)
        return (found & gold).total(), found.total(), gold.total()

    def _is_head(self, line: str) -> bool:
        line = line.strip(" #*")
        return line == self.title or (len(line) < 60 and any(d in line for d in _dates(self.day)))


def _words(text: str) -> Counter[str]:
    return Counter(w.lower() for w in _WORD.findall(text))


def _dates(day: date) -> tuple[str, str, str]:
    return day.strftime("%d.%m.%Y"), f"{day.day} {MONTHS[day.month - 1]} {day.year}", day.isoformat()


def _reports() -> Iterator[tuple[str, date, str]]:
    for path in sorted((ROOT / "samples").glob("*/reports/*.txt")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        facts = yaml.safe_load(head)
        yield facts["title"], datetime.fromisoformat(str(facts["date"])).date(), body.strip()


def _markup(body: str, paragraph: str) -> str:
    """The text as HTML: bullets as a list, tab-separated lines as a table, the rest as paragraphs."""
    parts = []
    for part in body.split("\n\n"):
        lines = part.splitlines()
        bullets = [line.strip()[1:].strip() for line in lines if line.strip().startswith("•")]
        if bullets and len(bullets) == len(lines):
            parts.append("<ul>" + "".join(f"<li>{html.escape(b)}</li>" for b in bullets) + "</ul>")
        else:
            parts.append(f"<{paragraph}>{html.escape(part)}</{paragraph}>")
    return "\n".join(parts)


def pages() -> list[Page]:
    """Every report in every layout."""
    environment = Environment(loader=FileSystemLoader(LAYOUTS), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    made = []
    for layout in sorted(environment.list_templates()):
        template = environment.get_template(layout)
        for title, day, body in _reports():
            dotted, worded, iso = _dates(day)
            page = template.render(
                title=html.escape(title),
                dotted=dotted,
                worded=worded,
                iso=iso,
                body=_markup(body, "p"),
                divs=_markup(body, "div"),
                broken=html.escape(body).replace("\n", "<br>\n"),
            )
            made.append(Page(layout.removesuffix(".html"), page, body, title, day))
    return made


def f1(scores: list[tuple[int, int, int]]) -> float:
    """Word F1 over all pages together."""
    right, found, gold = (sum(column) for column in zip(*scores, strict=True))
    return 2 * right / (found + gold) if found + gold else 0.0
