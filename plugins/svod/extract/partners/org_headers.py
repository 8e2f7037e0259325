"""Whose page it is, as its first lines say: «Name | kind | place» of a wall, a letterhead in capitals.

Gives spans with the name written as in a text and its head noun; knows nothing of other mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svod.extract.partners.org_words import legal_type, org_type
from svod.extract.publication.recased import recased
from svod.extract.words.declension import in_genitive, to_nominative
from svod.language.morph import forms

MAX_LINES, MAX_LINE = 6, 160
_FIGURES = ("дом", "школа", "союз", "клуб", "отряд", "центр")  # such names of walls are figures of speech
_WORDS = re.compile(r"[\w-]+|[«»\"]")
_MARK = re.compile(r"^\s*(?:\[[^\]\n]{1,20}\]\s*)?")


@dataclass(frozen=True, slots=True)
class Header:
    """`text[start:end]` is the header's line or lines; `head` is the lemma of the head noun."""

    start: int
    end: int
    name: str
    head: str


def read_headers(text: str) -> Iterator[Header]:
    """The header of a wall and the letterhead, if the text opens with one."""
    lines = list(_opening(text))
    unit = _unit(text, lines)
    if unit is not None:
        yield unit
        return
    if lines:
        yield from _of_wall(text, *lines[0])
    yield from _letterhead(text, lines)


_SITE_OF = re.compile(
    r"^(?:официальн\w+\s+)?(?:сайт|портал|страница|канал|телеграм-канал|сообщество|группа)\s+", re.IGNORECASE
)
_CHAFF = re.compile(
    r"\s*\([^()]*\)\s*$|\s{2,}.*$|\s[•·|—–/>].*$|(?<=[а-яё]{3})\.\s+[А-ЯЁ][а-яё-]+(?:\s[а-яё]+)?$"
    r"|,?\s+(?:закреплённая запись|запись закреплена|официальный сайт|за \d{4} год|forwarded from).*$"
    r"|(?<=[\w.!?)№][»\"”])(?!\s*(?:г|с|п|д|пос|ст|пгт|р\.п)\.\s?[А-ЯЁ]|\s+по\s|\s+в\s|\s+Мин[а-яё]|[»\"”]).*$",
    re.IGNORECASE,
)
_SEAT = re.compile(r"(?<=[»\"”])\s+(?:г|с|п|д|пос|ст|пгт|р\.п)\.\s?[А-ЯЁ].*$")  # official names keep it
_SEAT_APART = re.compile(r"(?<=[»\"”]),\s+(?:(?:г|с|п|д|пос|ст|р\.п)\.|пгт)\s?[А-ЯЁ].*$")
_UNSAID = frozenset({"учреждение", "организация", "предприятие"})  # says nothing without a name of its own
_GOES_ON = re.compile(
    r"\s*\n\s*(?P<line>[«\"][^\n«»\"]{3,120}[»\"]"
    r"|[А-ЯЁ][а-яё-]+(?:ой|ого) (?:области|края|республики|округа))[ ]*\n"
    r"|(?<=[»\"”])\s(?P<seat>(?:г|с|п|д|пос|ст|пгт|р\.п)\.\s?[А-ЯЁ][А-ЯЁа-яё -]{2,60})[ ]*\n"
)
_DECLINED = re.compile(r"^\S+(?:ой|ого|их|ых|ому|ей|ым|им)\s")
TOP = 600


def read_owner(text: str, publisher: str | None) -> Header | None:
    """The publisher as it stands in the first lines, perhaps over several of them, if it is a body."""
    name = (publisher or "").strip()
    first, *cells = name.split(" | ")
    if cells and head_of(first) is not None and not any(head_of(c) for c in cells):
        name = first.strip()  # «Сибирская компания | Алтайский край»
    if " | " in name or len(name) > MAX_LINE:
        return None
    cut = _CHAFF.sub("", name)
    name = name if cut.count("«") > cut.count("»") else cut
    name = _SEAT_APART.sub("", name)
    if legal_type(name.partition(" ")[0]) is None:
        name = _SEAT.sub("", name)
    place = _place(text[:TOP], name.split())
    if place is None or len(name.split()) < 2 or _DECLINED.match(name):
        return None
    name, end = _owner_of_site(name), place[1]
    more = _GOES_ON.match(text, end)
    if more is not None and (more["line"] or legal_type(name.split()[0]) is not None):
        name, end = f"{name} {more['line'] or more['seat']}", max(more.end("line"), more.end("seat"))
    if name.count("«") > name.count("»"):
        name += text[end] if text[end : end + 1] == "»" else ""
    quoted = re.search(r"[«\"]", name) is not None
    head = head_of(name) or (name.split()[0] if quoted and legal_type(name.split()[0]) is not None else None)
    if head is None or "media" in {org_type(head), legal_type(head)} or (head in _UNSAID and not quoted):
        return None
    return Header(place[0], end, name, head)


def _place(text: str, words: list[str]) -> tuple[int, int] | None:
    """Where these words stand one after another, in any letter case, whatever blanks are between them."""
    low, sought = text.lower(), [w.lower() for w in words]
    start = low.find(sought[0]) if sought and len(low) == len(text) else -1
    while start >= 0:
        end = start + len(sought[0])
        for word in sought[1:]:
            blanks = _BLANKS.match(low, end)
            if blanks is None or not low.startswith(word, blanks.end()):
                break
            end = blanks.end() + len(word)
        else:
            return start, end
        start = low.find(sought[0], start + 1)
    return None


_BLANKS = re.compile(r"\s+")


def _owner_of_site(name: str) -> str:
    """«Официальный сайт администрации X» → «Администрация X»."""
    site = _SITE_OF.match(name)
    if site is None:
        return name
    words = name[site.end() :].split()
    for k, word in enumerate(words[:4]):
        made = to_nominative(words[:k], word)
        if made is not None and org_type(made[1].casefold()) is not None:
            owner = " ".join([*made[0], made[1], *words[k + 1 :]])
            return owner[:1].upper() + owner[1:]
    return name


def _opening(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of the first lines; empty ones count as breaks (start equals end)."""
    at, seen = 0, 0
    for line in text[: MAX_LINES * MAX_LINE].splitlines(keepends=True):
        body = line.strip()
        if body or seen:
            start = at + line.find(body) if body else at
            yield start, start + len(body)
            seen += 1
        at += len(line)
        if seen >= MAX_LINES:
            return


def head_of(name: str) -> str | None:
    """The lemma of the noun that opens a name, adjectives before it passed over; None if it is no body."""
    if name[:20].casefold() == "российская федерация":
        return None
    for word in _WORDS.findall(name)[:6]:
        readings = forms(word.lower())
        noun = next((f.lemma for f in readings if f.pos == "NOUN" and {"nomn"} <= f.grammemes), None)
        if noun is not None and org_type(noun) is not None:
            return noun
        if readings[0].pos not in {"ADJF", "PRTF"}:
            return None
    return None


_RUBRICS = frozenset({"общество"})  # «Вести края | Общество»: the page's section


def _of_wall(text: str, start: int, end: int) -> Iterator[Header]:
    """«Тёплая ладонь | Благотворительный фонд | Пермь»: the kind stands apart from the name."""
    mark = _MARK.match(text[start:end])
    start += mark.end() if mark is not None else 0
    own, *others = [part.strip() for part in text[start:end].split(" | ")]
    if not others or not own or head_of(own) not in {None, *_FIGURES} or re.search(r"[«»\"]", own):
        return
    for kind in others:
        words = kind.split()
        head = words[0] if words and legal_type(words[0]) in {"ngo", "foundation"} else head_of(kind)
        rubric = len(words) == 1 and head in _RUBRICS
        if head is not None and not rubric and len(words) <= 4 and all(w.islower() for w in words[1:]):
            name = own if not own.isupper() else own.capitalize()
            yield Header(start, end, f"{kind[:1].upper()}{kind[1:]} «{name}»", head)
            return


_ABOVE = re.compile(
    r"^(?P<body>администрация|мэрия|правительство)\s+(?P<rest>[^|:\d]{4,120})$", re.IGNORECASE
)
_UNIT = re.compile(
    r"^(?P<head>отдел|сектор|комитет|управление|департамент|министерство)\s[^|:\d«\"]{4,120}$", re.IGNORECASE
)
_OF_REGION = re.compile(r"(?:области|края|республики|округа|города|района)$", re.IGNORECASE)
_OF_ITS = {"администрация": "администрации", "мэрия": "мэрии", "правительство": ""}


def _unit(text: str, lines: list[tuple[int, int]]) -> Header | None:
    """«Администрация X / Отдел опеки»: the department whose page it is, named with the body above it."""
    filled = [(a, b) for a, b in lines if b > a][:2]
    if len(filled) < 2:
        return None
    above, unit = (_ABOVE.match(text[slice(*filled[0])]), _UNIT.match(text[slice(*filled[1])]))
    if above is None or unit is None or unit[0].isupper() or _OF_REGION.search(unit[0]):
        return None
    rest = above["rest"].strip() if not above[0].isupper() else recased(above["rest"])
    owner = f"{_OF_ITS[above['body'].casefold()]} {rest}".strip()
    return Header(filled[0][0], filled[1][1], f"{unit[0].strip()} {owner}", unit["head"].casefold())


def _letterhead(text: str, lines: list[tuple[int, int]]) -> Iterator[Header]:
    """«МИНИСТЕРСТВО ТРУДА И / РАЗВИТИЯ КРАЯ»: lines in capitals of which the later ones go on in the
    genitive.
    """
    for k, (start, end) in enumerate(lines):
        if not _in_capitals(text[start:end]) or _tells(text[start:end]):
            continue
        last, after = end, lines[k + 1 :]
        if after and head_of(text[start:end]) is None and _in_capitals(text[slice(*after[0])]):
            last, after = after[0][1], after[1:]  # «ОБЛАСТНАЯ ОБЩЕСТВЕННАЯ / ОРГАНИЗАЦИЯ «X»»
        if head_of(" ".join(text[start:last].split())) is None:
            continue
        for a, b in after:
            if not _in_capitals(text[a:b]) or not _goes_on(text[a:b]):
                break
            last = b
        yield _named(text, start, last)
        return


def _tells(line: str) -> bool:
    """«ЦЕНТР «НАДЕЖДА» ПОДВЁЛ ИТОГИ»: a headline."""
    readings = (forms(w.lower())[0] for w in _WORDS.findall(line))
    return any(f.pos == "VERB" and f.known for f in readings)


def _in_capitals(line: str) -> bool:
    return len(line) >= 12 and line.isupper() and " " in line and not re.search(r"[:!?]", line)


def _goes_on(line: str) -> bool:
    first = next(iter(_WORDS.findall(line)), "")
    readings = forms(first.lower())
    if readings[0].pos != "NOUN":
        return first in {"И", "ПО"} or not any("nomn" in f.grammemes for f in readings)
    return "nomn" not in readings[0].grammemes


def _named(text: str, start: int, end: int) -> Header:
    """The letterhead as a name; «МЭРИЯ ГОРОДА. КОМИТЕТ …» is the committee of the town hall."""
    parts = [recased(p) for p in re.split(r"\.\s+", " ".join(text[start:end].split())) if p]
    name = parts[0]
    if len(parts) == 2 and head_of(parts[1]) is not None:
        owner, _, rest = parts[0].partition(" ")
        declined = in_genitive([], owner.lower())
        name = f"{parts[1]} {' '.join(declined) or owner} {rest}".strip()
    return Header(start, end, name, head_of(name) or "")
