"""The date that stands by itself near the edge of a page: under the title, beside the author, below the text.

Sees lines and the words beside a date; a date told in a sentence, due, agreed or of another document is no
publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from svod.extract.layout.lines import DATE, TO
from svod.extract.layout.page import Page
from svod.language.morph import forms

_DATE = re.compile(rf"(?<![\d.–—-])(?P<date>{DATE})(?!\d|{TO})", re.IGNORECASE)
_CUT = re.compile(r"(?<=[а-яё»\")\d])[.!?;]\s+(?=[А-ЯЁ«\"(])")
_WORD = re.compile(r"[а-яё-]{2,}", re.IGNORECASE)
_BOUND = re.compile(
    r"(?:^|[^а-яё])(?:до|с|со|по|к|ко|на|после|за|между|начиная|в срок)\s+$|\d(?:\s?г\.)?\s?[–—-]\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"№\s?[^\s№]*(?:\d[/-]|[/-]\d)[^\s№]*\s+от\s+$")  # «№ 24-1-008412 от …»: a document
_NAME = re.compile(r"[«\"][^«»\"\n]{1,60}[»\"]")  # a newspaper may be called «Вести»
_PART = re.compile(r"[,;|•·()]|::|\s{2,}")  # the words beside a date are those of its own part of the line
_OTHER = re.compile(  # days of changes, deeds, terms and events
    r"(?:измен|обновл|утвержд|редакц|приказ|постановлен|распоряжен|закон|зарегистрир|лицензи|договор"
    r"|соглашен|протокол|прокуратур|проведени|мероприяти|срок|период|начал|окончани|рожден|действи|заявок"
    r"|при[её]м|источник|вступ|сверк|актуал|основан|заключени|аудит|доступ|обращени|экспертиз|заседани|отч[её]тн|подач"
    r"|следующ|состоит|назначен|приглаша|протокол|политик|оферт|соглас)[а-яё]*",
    re.IGNORECASE,
)
_ISSUED = frozenset(
    "опубликовать публиковать публиковаться разместить размещать составить подготовить написать писать "
    "печататься напечатать выйти выложить добавить сдать подписать обнародовать создать отправить".split()
)
_FIRST_LINES = 14
_LAST_LINES = 8
FORM_LINE = 110  # characters
MAX_LINE = 170  # characters


def standing_date(page: Page) -> str | None:
    """The text of the only such date above the report, else of the only one below it."""
    for lines in (_above(page), _below(page)):
        found = dict.fromkeys(d for line in lines if (d := _date_of(line)) is not None)
        if found:
            return next(iter(found)) if len(found) == 1 else None  # a digest: none is the item's own
    return None


def _above(page: Page) -> Iterator[str]:
    """What stands before the report, and the first lines of a form («Организация: …», «Срок: …»)."""
    for i, block in enumerate(page.blocks[:_FIRST_LINES]):
        if i > page.body and block.end - block.start > FORM_LINE:
            return
        if i not in page.todays:
            yield from _lines(page, block.start, block.end)


def _below(page: Page) -> Iterator[str]:
    blocks = [
        b
        for i, b in enumerate(page.blocks)
        if b.kind not in ("table_row", "table_head") and i not in page.todays
    ]
    for block in reversed(blocks[-_LAST_LINES:]):
        if block.kind != "furniture" or block.end - block.start < MAX_LINE:
            yield from _lines(page, block.start, block.end)


def _lines(page: Page, start: int, end: int) -> Iterator[str]:
    for line in page.text[start:end].splitlines():
        if len(line) <= MAX_LINE:
            yield line.strip()


def _date_of(line: str) -> str | None:
    for piece in _CUT.split(line):
        dates = list(_DATE.finditer(piece))
        if len(dates) == 1 and _stands(piece, dates[0]):
            return dates[0]["date"]
    return None


def _stands(piece: str, found: re.Match[str]) -> bool:
    """Names and labels, or a word of issuing, beside the date; nothing that tells, binds or belongs
    elsewhere.
    """
    before, after = piece[: found.start()], piece[found.end() :]
    if ")" in after[:3] and "(" not in before:
        return False  # the end of a remark in brackets that began a line above
    if _OTHER.search(before) or _BOUND.search(before) or _NUMBERED.search(before):
        return False
    verbs = [
        f.lemma
        for w in _WORD.findall(_NAME.sub(" ", _PART.split(before)[-1] + " " + _PART.split(after)[0]))
        for f in forms(w)[:1]
        if f.pos in _TELLING
    ]
    return all(v in _ISSUED for v in verbs)


_TELLING = frozenset({"VERB", "PRTS", "INFN", "PRED"})
