"""Which project a figure measures, and which total a figure is a part of.

Nearest first: the project named in the figure's clause, sentence, list item or its head, the project that the
sentence refers to by its kind («служба», «за время проекта»), the last one named in the paragraph, the
report's
own subject. Figures of an organisation or a region have none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from svod.extract.beyond import beside_item, of_organisation, of_territory
from svod.extract.context import Scene, Spot, Stretch
from svod.extract.lexicon import load
from svod.extract.screened import Screened, search

if TYPE_CHECKING:
    from svod.extract.projects import ProjectSpan

_NEXT_OWN = re.compile(
    r"^[«\"—– ]*(?:её|ее|его|их)[ \u00a0](?:новый[ \u00a0])?(?:проект|инициатив|программ)", re.I
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a project is named."""

    start: int
    end: int
    project: ProjectSpan


@dataclass(frozen=True)
class Topics:
    """The projects of a report by place, and the one that the report is about."""

    scene: Scene

    @cached_property
    def places(self) -> tuple[Place, ...]:
        found = [Place(a, b, p) for p in self.scene.projects for a, b in p.occurrences]
        return tuple(sorted(found, key=lambda p: (p.start, -p.end)))

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.places]

    def between(self, start: int, end: int) -> tuple[Place, ...]:
        first = bisect_right(self._starts, start - 1)
        return self.places[first : bisect_right(self._starts, end - 1)]

    def last_of(self, candidates: Sequence[ProjectSpan], offset: int) -> ProjectSpan | None:
        """The candidate that is named last before the offset."""
        latest: tuple[int, ProjectSpan] | None = None
        for project in candidates:
            starts = [a for a, _ in project.occurrences]
            i = bisect_right(starts, offset - 1)
            if i and (latest is None or starts[i - 1] > latest[0]):
                latest = (starts[i - 1], project)
        return latest[1] if latest else None

    @cached_property
    def main(self) -> ProjectSpan | None:
        """The project of the title, else the only one, else the subject of the lead; None if there is no
        single one.
        """
        titled = self._in_blocks(("title",))
        if titled:
            return (_quoted(titled) or titled)[0]
        if self.institutional:
            return None
        plain = [p for p in self.scene.projects if _is_plain(p)]
        quoted = _quoted(plain)
        if len(quoted) == 1 and self._prominent(quoted[0]):
            return quoted[0]
        if not quoted and (programmes := self._own_programmes()):
            return programmes[0] if len(programmes) == 1 else None
        lead = [p for p in self._in_blocks(("lead", "heading")) if _is_plain(p)]
        if len(_quoted(lead)) == 1:
            return _quoted(lead)[0]
        if len(lead) == 1 and (not quoted or len(lead[0].occurrences) > 1):
            return lead[0]
        opening = [p for p in self._own_programmes() if p in self._leading]
        return opening[0] if len(opening) == 1 and not lead else None

    def _own_programmes(self) -> list[ProjectSpan]:
        """Quoted programmes that are told of near the beginning and are no umbrella of the state's."""
        programmes = [p for p in self.scene.projects if not p.umbrella and not p.needs_metric]
        return [
            p
            for p in programmes
            if p.mention.kind == "program"
            and self._prominent(p)
            and (p in self._leading or self._is_subject(p))
        ]

    @cached_property
    def _leading(self) -> list[ProjectSpan]:
        return self._in_blocks(("title", "lead"))

    def _is_subject(self, project: ProjectSpan) -> bool:
        """«когда появилась программа «Х»», and not «по программе «Х»»."""
        doc = self.scene.doc
        before = [doc.tokens[doc.token_index(a) - 1] for a, _ in project.occurrences if doc.token_index(a)]
        return any(t.lemma == "программа" and t.has("NOUN", "sing", "nomn") for t in before)

    @cached_property
    def event(self) -> ProjectSpan | None:
        """The one event that the title and the lead tell of."""
        events = [p for p in self._in_blocks(("title", "lead")) if p.mention.kind == "event"]
        return events[0] if len(events) == 1 else None

    def _prominent(self, project: ProjectSpan) -> bool:
        """Named twice, or in one of the first paragraphs: more than a mention in passing."""
        if len(project.occurrences) > 1:
            return True
        prose = [
            b for b in self.scene.layout.blocks if b.kind in ("lead", "paragraph", "list_head", "heading")
        ][:3]
        return any(b.start <= project.occurrences[0][0] < b.end for b in prose)

    @cached_property
    def institutional(self) -> bool:
        """True for a body's own report on its work («Публичный отчёт за 2022 год»): figures are its own."""
        blocks = [b for b in self.scene.layout.blocks if b.kind in ("title", "heading", "lead")][:3]
        heads = " ".join(self.scene.text[b.start : min(b.end, b.start + 300)] for b in blocks).lower()
        return (
            search(
                r"(?:публичный|итоговый|годовой|самообслед\w+)[ \u00a0](?:отч[её]т|доклад)|"
                r"итоги (?:работы|деятельности) (?:центр|учрежд|министер|отрасл)|отч[её]т о (?:работе|"
                r"деятельности)",
                heads,
            )
            is not None
        )

    def _in_blocks(self, kinds: tuple[str, ...]) -> list[ProjectSpan]:
        found: list[ProjectSpan] = []
        for place in self.places:
            index = self.scene.block_index(place.start)
            if index is not None and self.scene.block(index).kind in kinds and place.project not in found:
                found.append(place.project)
        return found

    @cached_property
    def nicknames(self) -> dict[str, list[ProjectSpan]]:
        """Lemma of a kind word or of a name's head → the projects that it may refer to."""
        table: dict[str, list[ProjectSpan]] = {}
        for project in self.scene.projects:
            for lemma in self._lemmas_of(project):
                table.setdefault(lemma, [])
                if project not in table[lemma]:
                    table[lemma].append(project)
        return table

    def _lemmas_of(self, project: ProjectSpan) -> set[str]:
        kinds = set(load("references")["kinds"])
        doc = self.scene.doc
        found: set[str] = set()
        for start, end in project.occurrences:
            i = doc.token_index(start)
            for token in doc.tokens[max(0, i - 4) : i]:
                if token.lemma in kinds:
                    found.add(token.lemma)
            found |= {t.lemma for t in doc.tokens_in(start, end) if t.lemma in kinds}
        return found


def project_of(spot: Spot, topics: Topics) -> tuple[ProjectSpan | None, str]:
    """The project that the figure measures, and the rule that found it."""
    for name, rule in _RULES:
        found = rule(spot, topics)
        if found is not None:
            return found[0], name
    return None, "none"


Choice = tuple["ProjectSpan | None"]


def _bounds(spot: Spot, first: int, last: int) -> tuple[int, int]:
    tokens = spot.scene.tokens
    return tokens[first].start, tokens[last - 1].stop


LABEL = 3  # tokens of a line that only says where
SEVERAL = 3  # quoted projects: a report on fewer stays with the one that it named
LOOSE = 3  # sentences
_SUBJECT = Screened(r"(?<![а-яё])(?:программа|инициатива)(?:[ \u00a0][а-яё]+){0,3}[ \u00a0][«\"“„]?$")


def _is_own(place: Place, scene: Scene) -> bool:
    """A plain project, or a programme that is the subject («а программа «Х» соединила …»)."""
    before = scene.text[max(0, place.start - 60) : place.start].lower()
    return _is_plain(place.project) or _SUBJECT.search(before) is not None


def _is_plain(project: ProjectSpan) -> bool:
    """Not an umbrella over other projects."""
    return not project.umbrella and project.mention.kind != "program"


def _quoted(projects: list[ProjectSpan]) -> list[ProjectSpan]:
    return [p for p in projects if not p.needs_metric]


def _specific(places: Iterable[Place], scene: Scene) -> list[Place]:
    """Places of quoted projects; of established measures, then of umbrellas, only if there is nothing
    else.
    """
    listed = list(places)
    plain = [p for p in listed if _is_own(p, scene)]
    return [p for p in plain if not p.project.needs_metric] or plain or listed


def _in_clause(spot: Spot, topics: Topics) -> Choice | None:
    return _nearest(spot, topics, spot.clause)


def _in_sentence(spot: Spot, topics: Topics) -> Choice | None:
    return _nearest(spot, topics, spot.sentence)


def _nearest(spot: Spot, topics: Topics, stretch: Stretch) -> Choice | None:
    listed = _specific(topics.between(*_bounds(spot, stretch.first, stretch.last)), topics.scene)
    if not listed:
        return None
    if listed[
        0
    ].project.needs_metric:  # an established measure inside a quoted project's own item is no project
        quoted = [
            p for p in topics.between(spot.block.start, spot.number.start) if not p.project.needs_metric
        ]
        if not quoted:
            quoted = _named_above(spot, topics)
        if _specific(quoted, topics.scene) and not quoted[-1].project.umbrella:
            return (_specific(quoted, topics.scene)[-1].project,)
    before = [p for p in listed if p.start < spot.number.start]
    if before:
        return (before[-1].project,)
    after = listed[0]
    between = spot.scene.text[spot.number.end : after.start].lower()
    if _A_PART_LIES_THERE.search(between) or _ANOTHER_DEED.search(between):
        return None
    if after.project.needs_metric and search(r"\d", between):
        return None  # «оформлено 212 мер поддержки, заключено 48 социальных контрактов»
    return (after.project,)


def _named_above(spot: Spot, topics: Topics) -> list[Place]:
    """Quoted projects of the heading or list head right above («1. Программа «Больше света»»)."""
    if spot.block.kind != "list_item":
        return []
    index, steps = spot.block.head, 0
    while index is not None and steps < 3:
        block = spot.scene.block(index)
        found = [p for p in topics.between(block.start, block.end) if not p.project.needs_metric]
        if found:
            return found
        index, steps = block.head, steps + 1
    return []


# «отдохнули 21 тысяча детей, в том числе две тысячи – в смене «Х»»: the total is not the project's
_A_PART_LIES_THERE = Screened(r"(?:в том числе|из них|из которых|включая|среди них)[^.;]*$")


# «обновить ещё 30 дворов и запустить проект «Х»»: the figure belongs to the other infinitive
_ANOTHER_DEED = Screened(r"(?:[ \u00a0]и|,[ \u00a0]а[ \u00a0]также)[ \u00a0][а-яё]+(?:ть|ти)[ \u00a0][^.;]*$")


def _next_own_project(spot: Spot, topics: Topics) -> Choice | None:
    """«1 499 000 рублей получит АНО … Её проект «Х» …»."""
    scene = spot.scene
    if spot.sentence.last >= len(scene.tokens):
        return None
    after = scene.sentence(spot.sentence.last)
    start, end = _bounds(spot, after.first, after.last)
    if scene.block_index(start) != spot.block_index or not _NEXT_OWN.match(scene.text[start:end]):
        return None
    places = topics.between(start, end)
    return (places[0].project,) if places else None


def _by_reference(spot: Spot, topics: Topics) -> Choice | None:
    """A kind word of the sentence («служба», «комната») that belongs to a project named before."""
    main = topics.main
    hosted = _host_in_block(spot, topics)
    if hosted is not None:
        return (hosted,)
    if (
        main is not None
        and main.mention.kind in ("project", "grant", "pilot")
        and "проект" in spot.sentence_lemmas
    ):
        return (main,)
    words = spot.scene.words(spot.clause)
    for token in sorted(words, key=lambda t: (t.start > spot.number.start, abs(t.start - spot.number.start))):
        candidates = topics.nicknames.get(token.lemma)
        if not candidates or (token.lemma == "программа" and len(candidates) > 1):
            continue
        before = topics.last_of(candidates, spot.number.start)
        if before is not None:
            return (before,)
    return None


def _host_in_block(spot: Spot, topics: Topics) -> ProjectSpan | None:
    """«В посёлке открыта гостиная «Х». За время проекта в гостиной побывали 90 человек»: the room named
    earlier in the paragraph, not the project around it.
    """
    for token in spot.scene.words(spot.clause):
        if token.start >= spot.number.start or token.lemma == "проект":
            continue
        for project in topics.nicknames.get(token.lemma, ()):
            named = any(spot.block.start <= a < token.start for a, _ in project.occurrences)
            if named and _is_plain(project) and token.lemma not in _GENERAL_KINDS:
                return project
    return None


_GENERAL_KINDS = frozenset({"программа", "центр", "группа", "курс", "телефон", "контракт"})


def _in_item(spot: Spot, topics: Topics) -> Choice | None:
    """Named before the number in the same block."""
    places = _specific(topics.between(spot.block.start, spot.number.start), topics.scene)
    if not places:
        return None
    if _enumerated(spot, places[-1], topics):
        return None
    lone = len({id(p) for p in _quoted(list(topics.scene.projects))}) < SEVERAL
    return (places[-1].project,) if lone or _still_of(spot, places[-1]) else None


def _enumerated(spot: Spot, place: Place, topics: Topics) -> bool:
    """«Работают служба ранней помощи, «Х», лекотека. За два года услуги получили …»: one of several,
    and not in the figure's own sentence.
    """
    scene = spot.scene
    if scene.doc.token_index(place.start) in spot.sentence:
        return False
    before = scene.text[max(0, place.start - 3) : place.start]
    after = scene.text[place.end : place.end + 3]
    return (
        "," in before and ("," in after or after.startswith((" и ", "\u00a0и "))) and topics.main is not None
    )


_GOES_ON = Screened(
    r"(?<![а-яё])(?:он[аио]?|е[её]|его|им[и]?|их|ей|ему|н[её]м|ней|них|ним[и]?|это[мгй]?[оаи]?|эт[аиоу]"
    r"|здесь|там|тут|проект\w*|"
    r"программ\w*|участник\w*|всего|итого|кроме|также|ещё|еще|за это время)(?![а-яё])"
)


def _still_of(spot: Spot, place: Place) -> bool:
    """The paragraph is about the project: it opens with it, or the figure's own sentence refers back."""
    scene = spot.scene
    opening = scene.sentence(scene.doc.token_index(spot.block.start))
    if (
        opening.last - opening.first <= LABEL
        and opening.last < len(scene.tokens)
        and scene.tokens[opening.first].text[:1].isalpha()
    ):
        opening = scene.sentence(opening.last)  # «Сургут. …»: the first sentence after the place
    if scene.doc.token_index(place.start) in opening:
        return True
    near = scene.sentence_number(spot.first) - scene.sentence_number(scene.doc.token_index(place.start))
    return near <= LOOSE and _GOES_ON.search(spot.sentence_text) is not None


def _by_head(spot: Spot, topics: Topics) -> Choice | None:
    """Named in the list's or table's head, or in the heading above."""
    index, seen = spot.block.head, 0
    while index is not None and seen < 4:
        block = spot.scene.block(index)
        places = _specific(topics.between(block.start, block.end), topics.scene)
        if places:
            return (places[-1].project,)
        index, seen = block.head, seen + 1
    return None


_ATTENDED = Screened(
    r"(?<![а-яё])(?:приехал|съехал|собрал|прибыл|участник\w* стал|участвовал|принял\w* участие)"
)


def _attended(spot: Spot, topics: Topics) -> Choice | None:
    """«Поделиться опытом приехали сто добровольцев»: those who came, came to the event of the lead."""
    event = topics.event
    if event is None or event.occurrences[0][0] > spot.number.start:
        return None
    return (event,) if _ATTENDED.search(spot.sentence_text) else None


def _main(spot: Spot, topics: Topics) -> Choice | None:
    """What the report is about, once it has been named."""
    main = topics.main
    return (main,) if main is not None and main.occurrences[0][0] < spot.number.start else None


def _foreign_subject(spot: Spot, topics: Topics) -> Choice | None:
    """An institution that the sentence opens with speaks of itself, not of the project of the paragraph
    before.
    """
    if topics.between(*_bounds(spot, spot.sentence.first, spot.sentence.last)):
        return None
    opening = spot.scene.tokens[spot.sentence.first]
    if opening.text in ("В", "На") and any(
        n.type == "ORG" and n.start - opening.stop < 3
        for n in spot.scene.doc.names_in(opening.stop, opening.stop + 4)
    ):
        return (None,)
    elsewhere = _WHOLE_TERRITORY.search(spot.sentence_text) or _BUDGET.search(spot.clause_text)
    return (None,) if elsewhere else None


_WHOLE_TERRITORY = Screened(
    r"(?<![а-яё])(?:в целом по|по стране|по россии|в регионе всего|всего в регионе|"
    r"всего по (?:област|кра|республик|"
    r"регион|район|город|округ)[а-яё]*)(?![а-яё])"
)
_BUDGET = Screened(  # «на поддержку семей в областном бюджете предусмотрено …»: a purpose of its own
    r"(?<![а-яё])на[ \u00a0][а-яё]+[ \u00a0][^,;.\d]{3,50}[ \u00a0]в[ \u00a0]"
    r"(?:областн|краев|республиканск|федеральн|окружн|городск|районн)ом[ \u00a0]бюджете"
)
_MORE = Screened(r"(?<![а-яё])(?:ещё|еще|кроме того|помимо этого)(?![а-яё])[^.:]*:?[ \u00a0]*$")


def _apart(spot: Spot, topics: Topics) -> Choice | None:
    """«Что ещё сделано за год: …»: the list counts what lies outside the subject of the text before."""
    index = spot.block.head
    if spot.block.kind != "list_item" or index is None:
        return None
    block = spot.scene.block(index)
    if topics.between(block.start, block.end):
        return None
    return (None,) if _MORE.search(spot.scene.text[block.start : block.end].lower()) else None


def _beyond(spot: Spot, topics: Topics) -> Choice | None:
    """The organisation's or the territory's own figure, in a sentence that names no project by its kind."""
    if not (of_organisation(spot) or of_territory(spot)):
        return None
    called = spot.sentence_lemmas & topics.nicknames.keys() - _HOSTS
    return None if called or "проект" in spot.sentence_lemmas else (None,)


_HOSTS = frozenset({"центр", "фонд", "организация", "группа"})


FEW = 2  # quoted projects: a short post that goes on about the one it began with


def _listed(spot: Spot) -> bool:
    """A row of a table, or an item below a head of its own; the marks of a post have none."""
    return spot.block.kind == "table_row" or spot.block.head is not None


def _of_paragraph_before(spot: Spot, topics: Topics) -> Choice | None:
    """«… открыли онлайн-школу «Х».» and in the next paragraph «Уже 30 эфиров позади»: the last project
    named, in a report of few projects.
    """
    quoted = [p for p in topics.scene.projects if not p.needs_metric]
    if not 0 < len(quoted) <= FEW or topics.institutional or "«" in spot.sentence_text or _listed(spot):
        return None
    before = [
        p for p in topics.between(0, spot.number.start) if _is_plain(p.project) and not p.project.needs_metric
    ]
    if not before:
        return None
    if len(quoted) > 1 and beside_item(spot, before[-1].start):
        return None
    index = topics.scene.block_index(before[-1].start)
    near = index is not None and 0 < spot.block_index - index <= LOOSE
    return (before[-1].project,) if near else None


_RULES = (
    ("clause", _in_clause),
    ("sentence", _in_sentence),
    ("next_own", _next_own_project),
    ("foreign_subject", _foreign_subject),
    ("beyond", _beyond),
    ("reference", _by_reference),
    ("item", _in_item),
    ("apart", _apart),
    ("head", _by_head),
    ("attended", _attended),
    ("main", _main),
    ("before", _of_paragraph_before),
)


# --- totals and parts -----------------------------------------------------------------------------------

_PART = Screened(
    r"(?:из них|из которых|из их числа|в том числе|включая|среди них|в их числе|"
    r"из общего числа)[ \u00a0,:–—-]*(?:[а-яё]+[ \u00a0]){0,3}$"
)
_PART_AFTER = Screened(r"^[ \u00a0]*(?:из них|из которых|среди которых)")


def is_part(spot: Spot, start: int) -> bool:
    """True if the text says that this figure is a part of the one before: «из них 863», «8 из которых»."""
    left = spot.scene.text[max(0, start - 80) : start].lower()
    return bool(_PART.search(left) or _PART_AFTER.match(spot.right_text))
