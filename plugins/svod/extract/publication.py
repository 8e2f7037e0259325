"""When the item itself was published and who issues it.

Looks at bylines, stamps, labels and signatures around the text. Dates of events and laws, calendar widgets and
dates of change are no publication dates; «as the ministry told us» is no publisher.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from svod.language.document import Document
from svod.models import ReportText

from .furniture import has_widget, is_menu, is_signature_mark, menu_words
from .issuers import is_issuer, names_press_service
from .lines import CLOCK, DATE, MONTHS, WEEKDAYS
from .segments import Block, Layout

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Publication:
    """`rules` are the ids of the rules that read the date and the publisher, empty where nothing was read."""

    published: date | None
    publisher: str | None
    rules: tuple[str, str] = ("", "")


def read_publication(doc: Document, layout: Layout, report: ReportText) -> Publication:
    """The date and the publisher that the page states; what the fetcher knows only where the page is silent."""
    page = _Page(doc.text, layout)
    published, by_date = _first(DATE_RULES, page)
    publisher, by_name = _first(PUBLISHER_RULES, page)
    return Publication(
        published if published is not None else report.published,
        publisher if publisher is not None else report.publisher,
        (by_date, by_name),
    )


class _Page:
    """The text with its layout, and the stretch above the first paragraph."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.blocks = layout.blocks
        body = [
            i for i, b in enumerate(self.blocks) if b.kind in {"lead", "paragraph", "list_item", "table_row"}
        ]
        self.body = body[0] if body else len(self.blocks)
        self.last = body[-1] if body else -1

    def of(self, block: Block, limit: int = 400) -> str:
        return self.text[block.start : min(block.end, block.start + limit)]

    def signatures(self) -> Iterator[tuple[int, str]]:
        for i, block in enumerate(self.blocks):
            if block.kind == "signature":
                yield i, self.of(block)

    def top(self) -> Iterator[tuple[int, Block]]:
        """Blocks above the first paragraph of the report."""
        yield from ((i, b) for i, b in enumerate(self.blocks[: self.body]))


# --- dates -------------------------------------------------------------------------------------------

_MONTH_NUMBERS = {m: n for n, m in enumerate("янв фев мар апр ма июн июл авг сен окт ноя дек".split(), 1)}
_PARTS = (
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"^(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
    re.compile(rf"^(?P<d>\d{{1,2}})\s+(?P<name>{MONTHS})\s+(?P<y>\d{{4}})", re.IGNORECASE),
)
_WALL = re.compile(rf"^эта запись была опубликована на стене .*?(?P<date>{DATE})", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:опубликован[оа]?|размещ[её]н[оа]?|дата\s+(?:публикации|размещения|выпуска|создания)|добавлен[оа]?|дата(?!\s+(?:изм|обн|посл)))"
    rf"\b[^\d\n]{{0,30}}(?:{CLOCK}[,\s]+)?(?P<date>{DATE})",
    re.IGNORECASE,
)
_BYLINE = re.compile(rf"^\W*(?:(?:{WEEKDAYS})\.?,?\s+)?(?:{CLOCK}[,\s]+)?(?P<date>{DATE})", re.IGNORECASE)
_DATELINE = re.compile(rf"^(?:г\.\s?)?[А-ЯЁ][\w-]+(?:[ -][А-ЯЁ][\w-]+)?(?:,\s+|\s{{2,}})(?P<date>{DATE})")
_ENDING = re.compile(rf"(?:^|[\s,|(])(?P<date>{DATE})[)\s]*$", re.IGNORECASE)
_CHANGED = re.compile(
    r"измен[её]н|обновл|утвержд|редакци|приказ|постановлен|закон|зарегистрир", re.IGNORECASE
)


def _parse(text: str) -> date | None:
    for pattern in _PARTS:
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        name = (groups.get("name") or "").casefold()
        month = (
            int(groups["m"])
            if groups.get("m")
            else next(
                (
                    n
                    for stem, n in _MONTH_NUMBERS.items()
                    if name.startswith(stem) and (stem != "ма" or name[:3] in {"мая", "май"})
                ),
                0,
            )
        )
        try:
            return date(int(groups["y"]), month, int(groups["d"]))
        except ValueError:
            return None
    return None


def _dated(match: re.Match[str] | None) -> date | None:
    return None if match is None else _parse(match["date"])


def wall_stamp(page: _Page) -> date | None:
    return next((d for _, text in page.signatures() if (d := _dated(_WALL.match(text)))), None)


def labelled_date(page: _Page) -> date | None:
    for block in page.blocks:
        if block.end - block.start < 240 and block.kind != "list_item":
            text = page.of(block)
            found = _dated(_LABEL.search(text))
            if found is not None and (block.kind != "paragraph" or _LABEL.match(text.lstrip("("))):
                return found
    return None


def byline_date(page: _Page) -> date | None:
    return next((d for _, text in page.signatures() if (d := _dated(_BYLINE.match(text)))), None)


def dateline(page: _Page) -> date | None:
    for _, block in [*page.top(), *list(enumerate(page.blocks))[page.body : page.body + 1]]:
        if block.kind != "furniture" and (found := _dated(_DATELINE.match(page.of(block)))) is not None:
            return found
    return None


def ending_date(page: _Page) -> date | None:
    """A signature that ends with a date: «Источник: собственная информация, 20.05.2022»."""
    for _, text in page.signatures():
        if not _CHANGED.search(text) and (found := _dated(_ENDING.search(text))) is not None:
            return found
    return None


def date_above_text(page: _Page) -> date | None:
    """A short line above the text that is furniture otherwise («Новости | 12 марта 2021»), weather left aside."""
    for _, block in page.top():
        text = page.of(block)
        if block.kind == "furniture" and block.end - block.start < 120 and not has_widget(text):
            found = _dated(_ENDING.search(text))
            if found is not None and not _CHANGED.search(text):
                return found
    return None


DATE_RULES: tuple[Callable[[_Page], date | None], ...] = (
    wall_stamp,
    labelled_date,
    byline_date,
    dateline,
    ending_date,
    date_above_text,
)


# --- publishers --------------------------------------------------------------------------------------

_WALL_NAME = re.compile(
    r'^эта запись была опубликована на стене\s+\w+\s+"(?P<name>.+?)"\s+\d{4}-', re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"^(?:©|\([cс]\))[\s,]*(?:\d{4}\s*(?:[-–—]\s*\d{4}\b)?\s*(?:гг?\.)?[\s,.]*)?(?P<name>[^\W\d_].*)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[.,;|]?\s*(?:тел(?:\.|ефон)|e-?mail|адрес|все права|\d{6},|18\+|при (?:использ|копир)).*$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:г\.|пос\.|с\.|пгт)\s?[А-ЯЁ]")
_THANKS = re.compile(
    r"^(?P<name>[А-ЯЁ][^.!?\n]{8,120}?)\s+(?:сердечно |искренне |от души )?(?:благодар(?:ит|ят))\b"
)


def wall_name(page: _Page) -> str | None:
    return next((m["name"] for _, text in page.signatures() if (m := _WALL_NAME.match(text))), None)


def press_service(page: _Page) -> str | None:
    """The last line that signs: «Пресс-служба Министерства X»."""
    found = [t for i, t in page.signatures() if i > page.body and names_press_service(t)]
    return found[-1].rstrip(" .") if found else None


def name_above(page: _Page) -> str | None:
    """The name of a site, channel or issuer that stands alone above the text."""
    for _, block in page.top():
        text = page.of(block)
        if block.kind == "signature" and _is_name(text):
            return text
        if block.kind == "furniture" and (name := _name_in_menu(text)) is not None:
            return name
    return None


def _is_name(text: str) -> bool:
    if len(text) > 160 or re.search(DATE, text, re.IGNORECASE) or _PLACE.match(text):
        return False
    return not is_signature_mark(text)


def _name_in_menu(text: str) -> str | None:
    """«НКО-Ярославия | Анонсы | Конкурсы»: the first cell is the site's name when the others are menu words."""
    found = [c.strip() for c in re.split(r"\s*[|•]\s*|\s{2,}", text) if c.strip()]
    if (
        len(found) < 3
        or not is_menu(text)
        or found[0].casefold() in menu_words()
        or found[0].isupper()
        and not is_issuer(found[0])
    ):
        return None
    return found[0] if sum(c.casefold() in menu_words() for c in found[1:]) * 2 >= len(found) - 1 else None


def copyright_owner(page: _Page) -> str | None:
    for _, text in page.signatures():
        match = _COPYRIGHT.match(text)
        if match is not None:
            name = _CONTACT.sub("", match["name"]).rstrip(" .,")
            if len(name) > 3 and len(name) < 200:
                return name
    return None


def closing_name(page: _Page) -> str | None:
    """An issuer alone in one of the last lines: «РИА «Прикаспий-социум»»."""
    for block in reversed(page.blocks[page.last :]):
        if (
            block.kind in {"paragraph", "heading", "signature"}
            and is_issuer(page.of(block))
            and block.end - block.start < 120
        ):
            return page.of(block)
    return None


def thanking_name(page: _Page) -> str | None:
    """The last paragraph opens with an organisation that thanks."""
    tail = [b for b in page.blocks[page.body :] if b.kind not in {"furniture", "signature"}][-6:]
    for block in tail:
        match = _THANKS.match(page.text[block.start : block.start + 300])
        if match is not None and is_issuer(match["name"].strip()):
            return match["name"].strip()
    return None


PUBLISHER_RULES: tuple[Callable[[_Page], str | None], ...] = (
    wall_name,
    press_service,
    name_above,
    copyright_owner,
    closing_name,
    thanking_name,
)


def _first(rules: tuple[Callable[[_Page], _T | None], ...], page: _Page) -> tuple[_T | None, str]:
    for rule in rules:
        found = rule(page)
        if found is not None:
            return found, rule.__name__
    return None, ""
