"""Words, numbers and dates as a reader of the page's language expects them. Pure once the words are loaded.

Texts live in words.yml, by key, in Russian and English; a list holds the plural forms of a countable word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS: Mapping[Language, tuple[str, ...]] = {
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}

Texts = Mapping[str, Mapping[str, str | list[str]]]


@cache
def load_texts() -> Texts:
    """All texts of the pages by key and language."""
    texts: Texts = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
    return texts


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words and forms, at one moment: `now` is what «ago» is counted from."""

    language: Language
    texts: Texts
    now: datetime

    def say(self, key: str, **values: object) -> str:
        """The text under a key, with its {places} filled. An unknown key is a defect: KeyError."""
        text = self.texts[key][self.language]
        if not isinstance(text, str):
            raise KeyError(f"{key} is a countable word")
        return text.format(**values) if values else text

    def code(self, kind: str, value: str | None) -> str:
        """The word for a code of the vocabulary (kind «verdict», value «rejected»), else the code itself."""
        if value is None or value == "":
            return "—"
        entry = self.texts.get(f"{kind}.{value}")
        return str(entry[self.language]) if entry else value

    def half(self, text: str) -> str:
        """This language's half of a text written «По-русски · In English»; any other text as it is."""
        russian, divider, english = text.partition(" · ")
        return (russian if self.language == "ru" else english) if divider else text

    def count(self, key: str, n: int) -> str:
        """A number with its word: «5 отчётов», «1 report»."""
        return f"{self.number(n)}{NBSP}{self.plural(key, n)}"

    def plural(self, key: str, n: int) -> str:
        """The form of a countable word that goes with n."""
        forms = self.texts[key][self.language]
        if isinstance(forms, str):
            raise KeyError(f"{key} is no countable word")
        if self.language == "en":
            return forms[0] if n == 1 else forms[1]
        if n % 10 == 1 and n % 100 != 11:
            return forms[0]
        return forms[1] if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else forms[2]

    def number(self, value: int | float | Decimal | None, digits: int | None = None) -> str:
        """12 345,6 in Russian, 12,345.6 in English; an empty value is a dash. `digits` after the point."""
        if value is None:
            return "—"
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if digits is not None:
            exact = round(exact, digits)
        text = format(abs(exact), "f")
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0") if digits is None else rest
        if self.language == "ru":
            grouped = f"{int(whole):,}".replace(",", NBSP) if len(whole) > 4 else whole
            text = f"{grouped},{rest}" if rest else grouped
        else:
            text = f"{int(whole):,}.{rest}" if rest else f"{int(whole):,}"
        return f"{MINUS}{text}" if exact < 0 else text

    def percent(self, share: float | None) -> str:
        """A share 0–1 as whole per cent: «84 %» in Russian, «84%» in English."""
        if share is None:
            return "—"
        return f"{round(share * 100)}{NBSP}%" if self.language == "ru" else f"{round(share * 100)}%"

    def day(self, value: date | None) -> str:
        """«7 ноября 2026», «7 November 2026»."""
        if value is None:
            return "—"
        return f"{value.day}{NBSP}{MONTHS[self.language][value.month - 1]}{NBSP}{value.year}"

    def short_day(self, value: date | None) -> str:
        """«07.11.2026», «7 Nov 2026»."""
        if value is None:
            return "—"
        if self.language == "ru":
            return f"{value:%d.%m.%Y}"
        return f"{value.day}{NBSP}{MONTHS['en'][value.month - 1][:3]}{NBSP}{value.year}"

    def moment(self, value: datetime | None) -> str:
        """Day and time, UTC."""
        if value is None:
            return "—"
        at = value.astimezone(UTC)
        return f"{self.short_day(at.date())}, {at:%H:%M}{NBSP}UTC"

    def ago(self, value: datetime | None) -> str:
        """«3 ч назад»; the future counts as now."""
        if value is None:
            return "—"
        past = self.now - value
        if past < timedelta(minutes=1):
            return self.say("ago.now")
        return self.say("ago", span=self.span(past))

    def span(self, length: timedelta) -> str:
        """A length of time in its largest unit: «40 мин», «3 ч», «12 дней»."""
        minutes = int(length.total_seconds() // 60)
        if minutes < 60:
            return f"{minutes}{NBSP}{self.say('minutes.short')}"
        if minutes < 48 * 60:
            return f"{minutes // 60}{NBSP}{self.say('hours.short')}"
        return self.count("days", length.days)

    def period(self, start: date | None, end: date | None) -> str:
        """«1.07.2021 – 30.06.2022», «по 31.12.2022», one day once; a dash when there is none."""
        if start is None and end is None:
            return "—"
        if start is None:
            return self.say("period.until", day=self.short_day(end))
        if end is None:
            return self.say("period.since", day=self.short_day(start))
        if start == end:
            return self.short_day(start)
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            years = f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
            return self.say("period.years", years=years)
        return f"{self.short_day(start)} – {self.short_day(end)}"
