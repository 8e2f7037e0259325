"""Whom each figure concerns, in the order of the report: what its own noun and sentence say, by rules; of
people of whom they say no more the signs are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from svod.extract.figures.context import Scene, Spot
from svod.extract.figures.duplicates import Draft
from svod.extract.people.audience import ORDER, Around, Report, groups_in
from svod.extract.people.beneficiaries import beneficiary_of, of_the_whole, says_no_more, told_beside
from svod.extract.people.borrowed_group import weighed
from svod.extract.people.group_signs import Asked, Group, signs_of
from svod.extract.people.named_groups import NamedGroups
from svod.extract.people.person_units import group_of_unit, is_person
from svod.extract.people.receivers import money_receiver, served_by
from svod.extract.people.told_of import said_of
from svod.extract.words.screened import search
from svod.language.lazy import lazy
from svod.models import Beneficiary

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan


@dataclass
class Concerned:
    """Tells the groups of these figures one after another."""

    scene: Scene
    drafts: Sequence[Draft]
    told: list[Group] = field(default_factory=list)

    def next(self, project: ProjectSpan | None, total: int | None) -> Group:
        """The group of the next figure. `total`: index of the figure that it is a part of."""
        draft = self.drafts[len(self.told)]
        spot, reading = draft.spot, draft.reading
        assert reading is not None
        if reading.kind != "money" and says_no_more(spot, reading.counted, reading.unit):
            around = self._around(spot)
            group = told_beside(spot, reading.counted, reading.unit, around)
            if group is None:
                label = draft.cell.label if draft.cell is not None else None
                group = weighed(signs_of(Asked(spot, reading, label, project, around), self._named))
        else:
            group = self._said(draft, project)
        if total is not None and total < len(self.told):
            group = of_the_whole(group, reading.unit, self.told[total])
        self.told.append(group)
        return group

    def _said(self, draft: Draft, project: ProjectSpan | None) -> Group:
        """What the figure's own noun and sentence say."""
        spot, reading = draft.spot, draft.reading
        assert reading is not None
        if draft.cell is not None:
            label = self.scene.text[slice(*draft.cell.label)]
            own = group_of_unit(reading.unit)
            return own if own is not None else next(iter(served_by(label)), None)
        if reading.kind == "money":
            return money_receiver(spot)
        counted = reading.counted
        if counted is not None and counted.source == "antecedent":
            said = said_of(spot) if is_person(reading.unit) else []
            own = group_of_unit(reading.unit)
            if said:
                return min([*said, *([own] if own is not None else [])], key=ORDER.index)
            inherited = self._inherited(draft)
            if inherited is not None:
                return inherited
        return beneficiary_of(spot, counted, reading.unit, self._scope(spot, project), self._around(spot))

    def _inherited(self, draft: Draft) -> Group:
        """An elided unit belongs to the group of the figure that it was taken from, unless the words around
        say more.
        """
        reading = draft.reading
        assert reading is not None and reading.counted is not None
        for other in self._by_noun.get((reading.counted.start, reading.unit), ()):
            if other is not draft and other.spot.number.start < draft.spot.number.start:
                own = beneficiary_of(
                    other.spot,
                    other.reading.counted if other.reading else None,
                    reading.unit,
                    self._scope(other.spot, None),
                    self._around(other.spot),
                )
                return own if own in _LASTING else None
        return None

    @lazy
    def _by_noun(self) -> dict[tuple[int, str], list[Draft]]:
        found: dict[tuple[int, str], list[Draft]] = {}
        for draft in self.drafts:
            if draft.reading is not None and draft.reading.counted is not None:
                found.setdefault((draft.reading.counted.start, draft.reading.unit), []).append(draft)
        return found

    @lazy
    def _named(self) -> NamedGroups:
        return NamedGroups(self.scene)

    def _around(self, spot: Spot) -> Around:
        text, block = self.scene.text, spot.block
        before = text[block.start : spot.number.start]
        if block.head is not None:
            head = self.scene.block(block.head)
            before = f"{text[head.start : head.end]} {before}"
        return Around(before, self._report)

    @lazy
    def _report(self) -> Report:
        blocks = [b for b in self.scene.layout.blocks if b.kind != "furniture"]
        return Report([self.scene.text[b.start : b.end] for b in blocks])

    def _scope(self, spot: Spot, project: ProjectSpan | None) -> tuple[Beneficiary, ...]:
        """Groups that the project is for, from the sentence that introduces it, and the list's head."""
        found: list[Beneficiary] = []
        if project is not None:
            doc = self.scene.doc
            start = project.occurrences[0][0]
            sentence = self.scene.sentence(doc.token_index(start))
            low = self.scene.text_of(sentence).lower()
            for m in re.finditer(r"(?<![а-яё])для[ \u00a0]([^.;:]{3,80})", low):
                found += groups_in(m.group(1))
            if search(r"участник\w* (?:сво(?![а-яё])|специальн\w+ военн)|мобилизованн", low):
                found.append("veterans_families")
            opening = doc.tokens[sentence.first].start if sentence.first < len(doc.tokens) else start
            intro = doc.text[max(opening, start - 40) : project.occurrences[0][1]]
            named = [
                g
                for g in groups_in(intro)
                if g in ("families", "children", "elderly", "parents", "youth", "disabled")
            ]
            if search(_VOLUNTEERS_MEET, intro.lower()):
                found.insert(0, "volunteers")
            found = [*groups_in(project.mention.name)[:1], *found, *named[:1]]
        return tuple(found)


_LASTING = frozenset({"veterans_families", "volunteers", "children", "disabled", "elderly"})
_VOLUNTEERS_MEET = (  # «слёт серебряных волонтёров «Мост»», «форума добровольцев»
    r"(?:сл[её]т|форум|съезд|фестивал|лагер|смен|встреч|конкурс)[а-яё]{0,3}[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"(?:волонт[её]ров|добровольцев)(?![а-яё])"
)
