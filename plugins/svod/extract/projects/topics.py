"""Where a report names its projects, which of them it is about, and by what words it refers back to them.

Knows projects and blocks only; whose a figure is, is decided in `links`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svod.extract.figures.context import Scene
from svod.extract.layout.captions import Caption, Captions
from svod.extract.layout.segments import Block
from svod.extract.lexicon import load
from svod.extract.words.screened import Screened, search
from svod.language.lazy import lazy

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan


_FRAME = Screened(
    r"в[ \u00a0]рамках[ \u00a0](?:региональн|федеральн|муниципальн)\w+[ \u00a0]"
    r"(?:проекта|программы)[ \u00a0][«\"“„]?$"
)


_SPOKEN = Screened(
    r"(?<![а-яё])(?:выступил|рассказал|сообщил|заявил|отметил|подчеркнул)[аи]?[ \u00a0]"
    r"(?:[^.;\n]{0,30}[ \u00a0])?"
    r"(?:на|в[ \u00a0]ходе|во[ \u00a0]время)[ \u00a0](?:[а-яё-]+[ \u00a0]){1,3}[«\"“„]?$"
)
SHORT = 80  # characters: a line that is no paragraph
HEAD_LINE = 160  # characters: a longer block is prose
_SUMS_UP = Screened(
    r"^[^а-яё]{0,4}(?:подводим[ \u00a0]|вот[ \u00a0]и[ \u00a0])?(?:итоги|отч[её]т[ \u00a0](?:о|об|по)"
    r"|отчитываемся[ \u00a0](?:о|об|по|за))[ \u00a0](?:[а-яё-]+[ \u00a0]){0,4}[«\"“„]?$"
)
_LABEL = Screened(r"(?:проект|программ)[а-яё]*[ \u00a0]*:[ \u00a0]*[«\"“„]?$")


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

    @lazy
    def places(self) -> tuple[Place, ...]:
        told = [p for p in self.scene.projects if not self._only_heard(p)]
        found = [Place(a, b, p) for p in told for a, b in p.occurrences]
        return tuple(sorted(found, key=lambda p: (p.start, -p.end)))

    def _only_heard(self, project: ProjectSpan) -> bool:
        """«Замминистра выступила на форуме «X»»: where it was said, not what the figures are of."""
        if project.mention.kind != "event" or len(project.occurrences) > 1:
            return False
        start = project.occurrences[0][0]
        return _SPOKEN.search(self.scene.low[max(0, start - 70) : start]) is not None

    @lazy
    def captions(self) -> Captions:
        return Captions(self.scene.doc, self.scene.layout)

    def named_by(self, caption: Caption) -> ProjectSpan | None:
        """The quoted project of a caption, else the measure that it names."""
        if self.scene.block(caption.index).kind == "title":
            return None
        places = self.between(caption.start, caption.end)
        quoted = [p for p in places if not p.project.needs_metric]
        chosen = [p for p in quoted if not p.project.umbrella] or quoted or list(places)
        return chosen[-1].project if chosen else None

    @lazy
    def captioned(self) -> list[tuple[Caption, ProjectSpan]]:
        """The captions that name a project, with it."""
        return [(c, project) for c in self.captions.all if (project := self.named_by(c)) is not None]

    @lazy
    def is_titled(self) -> bool:
        """True if the title names a project: the whole report is on it."""
        return bool(self.titled)

    @lazy
    def titled(self) -> list[ProjectSpan]:
        """The projects that the title names, or a line of the head: «Наименование проекта: «Х»»."""
        return self._in_blocks(("title",)) or self._in_head() or self._summed_up()

    def _summed_up(self) -> list[ProjectSpan]:
        """«Подводим итоги марафона «X»», the first words of the lead: the whole report is on it."""
        layout = self.scene.layout
        lead = layout.blocks[layout.lead] if layout.lead is not None else None
        places = self.between(lead.start, lead.end) if lead is not None else ()
        if lead is None or not places or places[0].project.needs_metric:
            return []
        return [places[0].project] if _SUMS_UP.search(self.scene.low[lead.start : places[0].start]) else []

    def _in_head(self) -> list[ProjectSpan]:
        """Named after «проект:» in one of the short lines above the first prose."""
        scene = self.scene
        for block in scene.layout.blocks:
            if block.end - block.start > HEAD_LINE:
                break
            places = self.between(block.start, block.end)
            if places and _LABEL.search(scene.low[block.start : places[0].start]):
                return [places[0].project]
        return []

    @lazy
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

    def last_lasting(self, offset: int) -> ProjectSpan | None:
        """The project, service or measure named last before the offset: no event, no frame."""
        named = [p for p in self.scene.projects if is_plain(p) and p.mention.kind not in ("event", "contest")]
        return self.last_of(named, offset)

    @lazy
    def main(self) -> ProjectSpan | None:
        """The project of the title, else the only one, else the subject of the lead; None if there is no
        single one.
        """
        if self.titled:
            titled = quoted_of(self.titled) or self.titled
            contest = titled[0].mention.kind == "contest"  # that gave money for the project below
            return ((self._in_head() if contest else []) or titled)[0]
        if self.institutional:
            return None
        plain = [
            p for p in self.scene.projects if is_plain(p) and not self._is_frame(p) and not self.lends_hand(p)
        ]
        quoted = quoted_of(plain)
        if len(quoted) == 1 and self._prominent(quoted[0]) and not self._comes_late(quoted[0]):
            return quoted[0]
        if quoted and self._holds_events(quoted):
            return quoted[0]
        opening = self._opens_lead()
        if opening is not None:
            return opening
        if not quoted and (programmes := self._own_programmes()):
            return programmes[0] if len(programmes) == 1 else None
        lead = [p for p in self._in_blocks(("lead", "heading")) or self._in_second() if p in plain]
        if len(quoted_of(lead)) == 1:
            return quoted_of(lead)[0]
        if len(lead) == 1 and (not quoted or self._returns(lead[0])):
            return lead[0]
        programmes = [p for p in self._own_programmes() if p in self._leading]
        return programmes[0] if len(programmes) == 1 and not lead else None

    def _comes_late(self, project: ProjectSpan) -> bool:
        """Named in the second half only, where the lead tells of a measure that the text comes back to."""
        if 2 * project.occurrences[0][0] < len(self.scene.text):
            return False
        lead = self._in_blocks(("lead",))
        return len(lead) == 1 and lead[0].needs_metric and self._returns(lead[0])

    def _opens_lead(self) -> ProjectSpan | None:
        """What the first words of the lead name: «Программа переобучения предпенсионеров подходит …»."""
        layout = self.scene.layout
        if layout.lead is None:
            return None
        lead = layout.blocks[layout.lead]
        at = self.scene.doc.token_index(lead.start)
        place = next((p for p in self.between(lead.start, lead.end) if not p.project.umbrella), None)
        if place is None or self.scene.doc.token_index(place.start) > at:
            return None
        subject = self.scene.tokens[at]
        named = place.project.needs_metric and subject.has(subject.forms[0].pos, "nomn")
        return place.project if named else None

    def _holds_events(self, quoted: list[ProjectSpan]) -> bool:
        """The first is a project that is told of in prose near the beginning; the others are events."""
        first, *others = quoted
        index = self.scene.block_index(first.occurrences[0][0])
        if first.mention.kind not in _WORKS or index is None or self.scene.block(index).kind == "list_item":
            return False
        early = self._prominent(first) or first.occurrences[0][0] < len(self.scene.text) / 4
        return early and all(p.mention.kind in _EVENTS for p in others)

    def _returns(self, project: ProjectSpan) -> bool:
        """Named again, or called again by its noun: «кампания», «система»."""
        if len(project.occurrences) > 1:
            return True
        doc, (start, end) = self.scene.doc, project.occurrences[0]
        nouns = [t.lemma for t in doc.tokens_in(start, end) if t.forms and t.forms[0].pos == "NOUN"]
        heads = {n for n in nouns[:1] if n == "система" or n in load("references")["kinds"]}
        return any(t.lemma in heads for t in doc.tokens[doc.token_index(end) :])

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

    @lazy
    def _leading(self) -> list[ProjectSpan]:
        return self._in_blocks(("title", "lead"))

    def _is_subject(self, project: ProjectSpan) -> bool:
        """«когда появилась программа «Х»», and not «по программе «Х»»."""
        doc = self.scene.doc
        before = [doc.tokens[doc.token_index(a) - 1] for a, _ in project.occurrences if doc.token_index(a)]
        return any(t.lemma == "программа" and t.has("NOUN", "sing", "nomn") for t in before)

    @lazy
    def event(self) -> ProjectSpan | None:
        """The one event that the title and the lead tell of."""
        events = [p for p in self._in_blocks(("title", "lead")) if p.mention.kind == "event"]
        return events[0] if len(events) == 1 else None

    def _is_frame(self, project: ProjectSpan) -> bool:
        """Named first as the frame of another project: «в рамках регионального проекта «X» работает Y», «Y
        внедряют в рамках федерального проекта «X»».
        """
        scene = self.scene
        start, _ = project.occurrences[0]
        if not _FRAME.search(scene.text[max(0, start - 60) : start].lower()):
            return False
        sentence = scene.sentence(scene.doc.token_index(start))
        inside = self.between(scene.tokens[sentence.first].start, scene.tokens[sentence.last - 1].stop)
        return any(is_plain(p.project) for p in inside if p.project is not project)

    @lazy
    def quoted(self) -> list[ProjectSpan]:
        """The projects that the text names in quotation marks, without troops named in passing."""
        return [p for p in quoted_of(list(self.scene.projects)) if not self.lends_hand(p)]

    def lends_hand(self, project: ProjectSpan) -> bool:
        """A troop named once beside other projects: those who lend a hand, not what the report is on."""
        at = self.scene.doc.token_index(project.occurrences[0][0])
        if len(project.occurrences) > 1 or not at or self.scene.tokens[at - 1].lemma != "отряд":
            return False
        others = any(p is not project and not p.umbrella for p in self.scene.projects)
        return others and project not in self._leading

    def _in_second(self) -> list[ProjectSpan]:
        """Projects of the first sentence after a lead that names none."""
        second = self.scene.layout.second or self._first_prose()
        if second is None:
            return []
        opening = self.scene.sentence(self.scene.doc.token_index(second.start))
        end = self.scene.tokens[opening.last - 1].stop
        named = dict.fromkeys(p.project for p in self.between(second.start, end))
        return [p for p in named if p.mention.evidence.rule != "opens_topic"]  # one of several

    def _first_prose(self) -> Block | None:
        """The first full paragraph of a page that has a mere line for its lead."""
        layout = self.scene.layout
        lead = layout.blocks[layout.lead] if layout.lead is not None else None
        if lead is None or lead.end - lead.start >= SHORT:
            return None
        prose = (b for b in layout.blocks if b.kind == "paragraph" and b.end - b.start > SHORT)
        return next(prose, None)

    def _prominent(self, project: ProjectSpan) -> bool:
        """Named twice, or in one of the first paragraphs: more than a mention in passing."""
        if len({self.scene.block_index(a) for a, _ in project.occurrences}) > 1:
            return True
        if project.mention.kind in _EVENTS and project not in self._leading:
            return False  # an occasion that the text passes by
        prose = [
            b for b in self.scene.layout.blocks if b.kind in ("lead", "paragraph", "list_head", "heading")
        ][:3]
        return any(b.start <= project.occurrences[0][0] < b.end for b in prose)

    @lazy
    def institutional(self) -> bool:
        """True for a body's own report on its work («Публичный отчёт за 2022 год»): figures are its own."""
        blocks = [b for b in self.scene.layout.blocks if b.kind in ("title", "heading", "lead")][:3]
        heads = " ".join(self.scene.text[b.start : min(b.end, b.start + 300)] for b in blocks).lower()
        return (
            search(
                r"(?:публичный|итоговый|годовой|самообслед\w+)[ \u00a0](?:отч[её]т|доклад)|"
                r"итоги (?:работы|деятельности) (?:центр|учрежд|министер|отрасл)|"
                r"отч[её]т о (?:работе|деятельности)|"
                r"(?:информаци[яию]|справка|сведения|доклад|сводка|данные) о[бо]? (?:(?:проделанной|итогах"
                r"|результатах) )?(?:работы|работе|деятельности) (?:[а-яё]+ )?"
                r"(?:центр|учрежд|министер|департамент|управлени|отдел|фонд|организаци|обществ|комисси|совет)",
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

    @lazy
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


_WORKS = frozenset({"project", "pilot", "grant"})
_EVENTS = frozenset({"event", "contest"})


def is_plain(project: ProjectSpan) -> bool:
    """Not an umbrella over other projects."""
    return not project.umbrella and project.mention.kind != "program"


def quoted_of(projects: list[ProjectSpan]) -> list[ProjectSpan]:
    return [p for p in projects if not p.needs_metric]
