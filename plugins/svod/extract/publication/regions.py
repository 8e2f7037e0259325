"""The federal subjects that a report is about.

Every place named in the text votes; the vote weighs more in the publisher's name, a title, a dateline or an
authority's name than in passing, and next to nothing where a guest comes from. A further subject counts only
where it rules a part of the text of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from svod.extract.layout.segments import Block, Layout
from svod.extract.publication.places import Place, called_after, find_places
from svod.language.document import Document
from svod.models import ReportText

LEAD = 600  # characters of a text that say what it is about
FLOOR = 0.6  # less than one place in passing is no region
_AUTHORITY = re.compile(
    r"(?:министерств|департамент|комитет|управлени|администраци|правительств|губернатор|отделени"
    r"|дум[аыу]\b|палат)\w*"
    r"(?:[\s,]+(?!(?:в|на|за|о|об|с|со|от|из|что|как)\b)[\w–-]+){0,14}\s*$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"^\s+(?:областн|краев|республиканск)\w+\s+(?:дум|правительств|собрани|министерств|департамент|суд)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\bиз\s+(?:[А-ЯЁ][\w-]+(?:\s+(?:области|края|республики))?(?:,\s*|\s+и\s+))*(?:г\.\s*|города\s+"
    r"|республики\s+)?$"
)
_BESIDE = re.compile(r"\bсоседн(?:ем|ей|его|ий|юю|яя|ее|их)\s+$", re.IGNORECASE)

EQUAL = 0.4  # of the votes of the first: less, and the second is not on a par with it
_AND = re.compile(
    r"^(?:\s+(?:област\w+|кра[йяею]\w*|республик\w+|АО))?\s*(?:,?\s+и|,|\s[–—-]|/)\s+(?:[вг]\.?\s+)?(?:республик\w+\s+)?$",
    re.IGNORECASE,
)
MANY = 4  # subjects in a row: whence guests came, where parcels went, who leads a ranking
PASSED_BY = 0.15
_NEXT = re.compile(
    r"^(?:\s*\([^()\n]{0,20}\))?(?:\s+(?:[а-яё]{2,4}\.|област\w+|кра[йяею]\w*|республик\w+|АО|округ\w*))?"
    r"(?:\s*[,;]|\s+и|\s*,?\s+а\s+также|\s+или)?(?:\s+(?:из|в|во|из)\b)?(?:\s+(?:г\.|республик\w+))?\s*[-–—•]?\s*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^,?\s+\d{1,2}\s[а-я]{3,9}\.?(?:\s\d{4}(?:\s?г\.|\sгода)?)?\s*(?:[.,]\s*/?|[—–-]\s*|\s/)\s*(?:[А-ЯЁ]{3,}|РИА|(?:[А-ЯЁ][а-яё]+){2})"
)
KIND_WEIGHT = {"subject": 1.0, "centre": 0.8, "town": 0.8, "district": 0.8, "adjective": 0.6}


def read_regions(doc: Document, layout: Layout, report: ReportText, publisher: str | None) -> tuple[str, ...]:
    """Sorted ISO 3166-2 codes; the source's own territory only where the text names no place."""
    places = tuple(find_places(doc))
    told = (_told(doc, layout, places, publisher) or _counted_from(doc, places)) if places else ()
    return told or _told(doc, layout, tuple(called_after(doc)), publisher) or tuple(sorted(report.regions))


_COUNTED_FROM = re.compile(r"\d[ \u00a0]+(?:[а-яё]+[ \u00a0]){1,3}из[ \u00a0]$")


def _counted_from(doc: Document, places: tuple[Place, ...]) -> tuple[str, ...]:
    """«48 проектов из Свердловской области»: the only subject that is named, if they are counted."""
    subjects = {p.iso for p in places if p.kind == "subject"}
    counted = any(_COUNTED_FROM.search(doc.text[max(0, p.start - 60) : p.start]) for p in places)
    return tuple(subjects) if len(subjects) == 1 and counted else ()


def _told(doc: Document, layout: Layout, places: tuple[Place, ...], publisher: str | None) -> tuple[str, ...]:
    """The subjects that these places vote for; none where they hardly do."""
    votes: dict[str, float] = defaultdict(float)
    named: dict[str, float] = defaultdict(float)  # part of the votes: those that stand inside a name
    sure: set[str] = set()  # with a place that lies in no other subject
    owners: dict[str, None] = {}
    before: Place | None = None
    beside: dict[str, None] = {}
    enumerated = _enumerated(doc, places)
    for place in places:
        block = layout.block_at(place.start)
        if block is None or not _may_vote(doc, block, place, publisher):
            continue
        weight = max(rule(doc, block, place, publisher) for rule in WEIGHT_RULES)
        if place in enumerated or _sends_news(doc, place):
            weight = min(weight, PASSED_BY)
        vote = KIND_WEIGHT[place.kind] * place.share * weight
        votes[place.iso] += vote
        if place.share == 1:
            sure.add(place.iso)
        if place.kind in _IN_NAMES and _quoted(doc, place):
            named[place.iso] += vote
        if _rules_a_part(doc, block, place):
            owners.setdefault(place.iso)
        one_of_many = before in enumerated or place in enumerated
        if (
            before is not None
            and not one_of_many
            and before.start >= block.start
            and _stand_together(doc, block, before, place)
        ):
            beside |= {before.iso: None, place.iso: None}
        before = place
    best = max(votes, key=lambda iso: votes[iso] - named[iso] / 2, default=None)  # of equals the first told
    if best is None or votes[best] < FLOOR:
        return ()
    if best not in sure and any(iso != best and votes[iso] == votes[best] for iso in votes):
        return ()  # one of the namesakes, but which?
    if len(owners) >= 2:
        return tuple(sorted(owners))
    equals = [iso for iso in beside if votes[iso] >= EQUAL * votes[best]]
    return tuple(sorted(equals)) if len(equals) >= 2 and best in equals else (best,)


_IN_NAMES = frozenset({"adjective", "town", "district"})


def _quoted(doc: Document, place: Place) -> bool:
    """«ТОС «Сочинская аллея»»: a word of a name, which may be that of a street."""
    before = doc.text[max(0, place.start - NAME) : place.start]
    opened = max(before.rfind("«"), before.rfind("“"))
    if opened < 0 or "»" in before[opened:] or "\n" in before[opened:]:
        return False
    return _OF_BODY.search(doc.text[place.end : place.end + NAME].partition("»")[0]) is None


NAME = 40  # characters
_OF_BODY = re.compile(  # «Кинешемский центр …»: such a name says where the body is
    r"(?:центр|школ|лице|гимнази|организац|отделени|союз|обществ|больниц|библиотек|дом|фонд|музе|техникум"
    r"|колледж|интернат|приют|дворец|район|округ)",
    re.IGNORECASE,
)


def _enumerated(doc: Document, places: tuple[Place, ...]) -> frozenset[Place]:
    """«в Омске, Томске, Кургане и Тюмени»: none of so many is what the report is about."""
    found: set[Place] = set()
    run: list[Place] = []
    subjects: set[str] = set()
    for place in places:
        if run and _NEXT.match(doc.text[run[-1].end : place.start]) is None:
            run, subjects = [], set()
        run.append(place)
        if place.share == 1:  # namesakes stand in one place
            subjects.add(place.iso)
        if len(subjects) >= MANY:
            found.update(run)
            run = [place]  # the others are in already
    return frozenset(found)


def _sends_news(doc: Document, place: Place) -> bool:
    """«МОСКВА, 8 апр — РИА …»: where the agency has its desk."""
    name = doc.text[place.start : place.end]
    return (
        place.iso == "RU-MOW"
        and name.isupper()
        and _AGENCY.match(doc.text[place.end : place.end + 40]) is not None
    )


def _may_vote(doc: Document, block: Block, place: Place, publisher: str | None) -> bool:
    """The page's furniture has no vote, but a menu with the towns of a region or weather does, a little."""
    if place.kind == "town" and doc.text[place.start - 1 : place.start] in {"«", '"', "“", "„"}:
        return False  # «Светлый путь»: a word of a name
    if block.kind == "furniture" and place.kind == "adjective":
        return publisher is not None and doc.text[place.start : place.end] in publisher
    return True


def furniture(doc: Document, block: Block, place: Place, publisher: str | None) -> float:
    return 0.3 if block.kind == "furniture" else 0.0


def in_passing(doc: Document, block: Block, place: Place, publisher: str | None) -> float:
    if block.kind == "furniture":
        return 0.0
    before = doc.text[max(block.start, place.start - 60) : place.start]
    return 0.2 if _FROM.search(before) or _BESIDE.search(before) else 1.0


def in_authority(doc: Document, block: Block, place: Place, publisher: str | None) -> float:
    """«Министерство … Кировской области»: who governs there."""
    if block.kind == "furniture":
        return 0.0
    before = doc.text[max(block.start, place.start - 160) : place.start]
    if place.kind == "adjective" and _LEVEL.match(doc.text[place.end : place.end + 60]):
        return 3.0
    return 4.0 if place.kind == "subject" and _AUTHORITY.search(before) else 0.0


def in_title(doc: Document, block: Block, place: Place, publisher: str | None) -> float:
    return 2.0 if block.kind in {"title", "heading", "list_head"} else 0.0


def in_signature(doc: Document, block: Block, place: Place, publisher: str | None) -> float:
    """The publisher's name, a dateline, a place beside the date."""
    return 3.0 if block.kind == "signature" else 0.0


def in_publisher(doc: Document, block: Block, place: Place, publisher: str | None) -> float:
    return 2.0 if publisher is not None and doc.text[place.start : place.end] in publisher else 0.0


WEIGHT_RULES: tuple[Callable[[Document, Block, Place, str | None], float], ...] = (
    furniture,
    in_passing,
    in_authority,
    in_title,
    in_signature,
    in_publisher,
)


def _stand_together(doc: Document, block: Block, a: Place, b: Place) -> bool:
    """«Сургут — Новый Уренгой» under the name, «в Чувашии и Марий Эл» in the title: both on a par."""
    telling = block.kind in {"title", "heading", "signature"} or block.start < LEAD
    return (
        telling
        and a.iso != b.iso
        and a.share == b.share == 1
        and "adjective" not in (a.kind, b.kind)
        and _AND.match(doc.text[a.end : b.start]) is not None
        and not _FROM.search(doc.text[max(block.start, a.start - 60) : a.start])
    )


_HEADS = re.compile(r"^(?:\s+(?:край|область|округ))?\.\s+(?=[«\"А-ЯЁ])")
_CLOCKED = re.compile(r"^\s*/\s*\d{1,2}[:.]\d\d\b")
DATELINE = 60  # characters


def _rules_a_part(doc: Document, block: Block, place: Place) -> bool:
    """«АРХАНГЕЛЬСКАЯ ОБЛАСТЬ» as a heading, «БРЯНСК. …», «Республика Хакасия. «…»» before a paragraph,
    an agency's dateline «РИА «X» / Элиста / 13:42».
    """
    if place.start - block.start < DATELINE:
        before, after = doc.text[block.start : place.start], doc.text[place.end : place.end + 20]
        if (
            place.kind == "subject"
            and _HEADS.match(after)
            and before.strip().casefold() in {"", "республика"}
        ):
            return block.kind not in {"furniture", "signature"}
        if before.rstrip().endswith("/") and _CLOCKED.match(after):
            return True
    if place.start > block.start + 1:
        return False
    rest = doc.text[place.end : block.end]
    if block.kind == "heading":
        return re.match(r"^\s*(?:\w+\s*)?$", rest) is not None
    name = doc.text[place.start : place.end]
    return name.isupper() and re.match(r"^(?:\s+[А-ЯЁ]+)?[.:]\s", rest) is not None
