"""Organisations with a part in the activity: each once, in its fullest name, with type and role.

Persons, unnamed groups and media that merely publish are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.language.document import Document
from svod.models import Evidence, PartnerMention, PartnerRole

from .org_join import Organisation, join_mentions
from .org_mentions import OrgMention, find_mentions
from .partner_roles import Context, context, read_role
from .project_names import fold
from .projects import ProjectSpan
from .prose import Prose, read_prose
from .segments import Layout

CONFIDENCE = {"phrase": 0.85, "link": 0.9, "publisher": 0.9}


def read_partners(
    doc: Document, layout: Layout, projects: Sequence[ProjectSpan], publisher: str | None
) -> tuple[PartnerMention, ...]:
    """Named organisations in the nominative, in the order of first mention."""
    prose = read_prose(doc, layout)
    taken = [o for p in projects for o in p.occurrences]
    mentions = [m for m in find_mentions(prose, taken) if not _is_origin(prose, m)]
    found = [o for o in join_mentions(mentions) if not _only_publishes(prose, o)]
    return tuple(_partner(prose, o, publisher) for o in found)


_PERSON = re.compile(
    r"\b(?:профессор|доцент|преподавател|студентк|студент|врач|учител|ученик|ученица|воспитанни|выпускни|депутат|эксперт|доктор|магистр|солист|солистк|тренер|ректор|проректор)"
    r"(?:а|у|ом|ем|ой|е|и|ь|я|ю|ца|цы|к|ка|ки|ку|кой)?\s+(?:\S+\s+){0,1}$",
    re.IGNORECASE,
)


def _is_origin(prose: Prose, mention: OrgMention) -> bool:
    """Named only as the place where one person comes from."""
    before = prose.text[max(0, mention.start - 60) : mention.start]
    return (
        mention.name is not None
        and _PERSON.search(before) is not None
        and not re.search(r"студенты|студентами|студентов|врачи|учителя\s", before)
    )


_TELLS = re.compile(
    r"^\W*(?:\S+\s+){0,3}?(?:сообща\w+|пиш\w+|опубликовал\w*|публику\w+|вышел|вышла|рассказыва\w+|напечатал\w*|показал\w*)",
    re.IGNORECASE,
)


def _only_publishes(prose: Prose, organisation: Organisation) -> bool:
    if organisation.best.type != "media":
        return False
    return all(_TELLS.match(prose.text[m.end : m.end + 80]) for m in organisation.named)


def _partner(prose: Prose, organisation: Organisation, publisher: str | None) -> PartnerMention:
    best = organisation.best
    contexts = [
        context(prose, m.start, m.end, best.type, organisation.name)
        for m in organisation.mentions
        if _in_body(prose, m)
    ]
    role, rule = _role(prose, organisation, contexts, publisher)
    evidence = Evidence(
        start=best.start,
        end=best.end,
        quote=prose.text[best.start : best.end],
        rule=f"{best.rule}/{rule}",
        confidence=CONFIDENCE.get(best.rule, 0.7),
    )
    return PartnerMention(name=organisation.name, type=best.type, role=role, evidence=evidence)


def _in_body(prose: Prose, mention: OrgMention) -> bool:
    block = prose.block(mention.start)
    return block is not None and block.kind != "signature"


def _role(
    prose: Prose, organisation: Organisation, contexts: list[Context], publisher: str | None
) -> tuple[PartnerRole | None, str]:
    role, rule = read_role(contexts) if contexts else (None, "none")
    if (
        publisher is not None
        and fold(organisation.name) in fold(publisher)
        and rule in {"default", "silent", "none"}
    ):
        return "implementer", "publisher"
    return role, rule
