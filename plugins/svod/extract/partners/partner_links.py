"""In which project an organisation takes part, where its own sentence says so.

Knows where projects and organisations are named; what the organisation does there is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.layout.prose import Prose
from svod.extract.partners.org_mentions import OrgMention
from svod.extract.projects.project_spans import ProjectSpan, Span
from svod.extract.words.kind_words import kind_of, lemma
from svod.extract.words.noun_phrases import plain
from svod.models import ProjectKind

MAX_MENTIONS = 40
_OWNED = re.compile(r"^\s*[—–,(-]?\s*(?:автор\w*\s*[—–:-]?\s*)?$", re.IGNORECASE)
_WITH = re.compile(
    r"^\s*[,(–—-]?\s*(?:с\s+|за\s+)?(?:\S+\s+)?(?:проект|программ|инициатив|практик)\w*\s*$", re.IGNORECASE
)
_REFERRED = frozenset({"проект", "программа", "акция", "конкурс", "фестиваль", "форум", "смена", "марафон"})


class Places:
    """Projects by their places in the text."""

    def __init__(self, prose: Prose, projects: Sequence[ProjectSpan]) -> None:
        self.prose = prose
        self.projects = projects
        self.spans: list[tuple[Span, ProjectSpan]] = sorted(
            ((o, p) for p in projects for o in p.occurrences), key=lambda row: row[0]
        )

    @property
    def first(self) -> ProjectKind | None:
        """The kind of the first project of the text: what the report is about. Of several that open a
        paragraph each none leads: together they are projects.
        """
        topics = {p.mention.kind for _, p in self.spans if p.mention.evidence.rule == "opens_topic"}
        if len(topics) > 1:
            return "project"
        return self.spans[0][1].mention.kind if self.spans else None

    def project_of(self, mentions: Sequence[OrgMention], *, stated: bool) -> str | None:
        """The name of the project that the organisation takes part in. `stated`: a verb gives it a role."""
        rules = (self._beside, self._in_sentence, self._referred) if stated else (self._beside,)
        for rule in rules:
            for mention in mentions[:MAX_MENTIONS]:
                found = rule(mention)
                if found is not None:
                    return found.mention.name
        return None

    def in_sentence(self, mention: OrgMention) -> bool:
        """A project is named in its sentence."""
        return bool(self._near(*self.prose.sentence(mention.start)))

    def _near(self, start: int, end: int) -> list[tuple[Span, ProjectSpan]]:
        return [row for row in self.spans if row[0][0] < end and row[0][1] > start]

    def _beside(self, mention: OrgMention) -> ProjectSpan | None:
        """««Тихий двор» — ТОС «Южный»», «проект «X» центра «Y»», «АНО «Y» с проектом «X»»."""
        text = self.prose.text
        for (start, end), project in self._near(mention.start - 14, mention.end + 50):
            if not self.prose.same_block(start, mention.start):
                continue
            if end <= mention.start and _OWNED.match(text[end : mention.start]):
                return project
            if start >= mention.end and _WITH.match(plain(text[mention.end : start])):
                return project
        return None

    def _in_sentence(self, mention: OrgMention) -> ProjectSpan | None:
        """The only project of the sentence; an umbrella gives way to what is done within it."""
        start, end = self.prose.sentence(mention.start)
        found = {p.mention.name: p for _, p in self._near(start, end)}
        own = [p for p in found.values() if not p.umbrella and p.mention.kind != "program"] or list(
            found.values()
        )
        return own[0] if len(own) == 1 else None

    def _referred(self, mention: OrgMention) -> ProjectSpan | None:
        """«партнёры акции — …» where the report has one event, or one named by this word alone."""
        start, end = self.prose.sentence(mention.start)
        if self._near(start, end):
            return None
        for word in self.prose.slice(start, mention.start):
            kind = kind_of(word) if lemma(word) in _REFERRED else None
            if kind is None or not word.has("NOUN", "sing"):
                continue
            fitting = [p for p in self.projects if p.mention.kind == kind and not p.umbrella]
            if len(fitting) == 1:
                return fitting[0]
        return None
