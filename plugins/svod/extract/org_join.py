"""Mentions of one organisation joined: full and short names, abbreviations, «the ministry» for the only ministry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .org_mentions import OrgMention
from .org_words import is_ministry, legal_type
from .project_names import fold, key

_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]")
_SMALL = frozenset({"и", "по", "для", "с", "в", "о", "при", "на", "за"})


@dataclass(slots=True)
class Organisation:
    """One organisation with all its mentions; `name` is the fullest."""

    mentions: list[OrgMention] = field(default_factory=list)

    @property
    def named(self) -> list[OrgMention]:
        return [m for m in self.mentions if m.name is not None]

    @property
    def best(self) -> OrgMention:
        return max(self.named, key=lambda m: (not is_short(m.name or ""), len(fold(m.name or "")), -m.start))

    @property
    def name(self) -> str:
        return self.best.name or ""


def is_short(name: str) -> bool:
    """A name that is only an abbreviation, or a ministry in one word."""
    first = name.split()[0] if name else ""
    return len(name.split()) == 1 and (legal_type(first) is not None or is_ministry(first) or first.isupper())


def join_mentions(mentions: Sequence[OrgMention]) -> list[Organisation]:
    """In the order of first mention. A doubtful join is not made: it is better to list one twice than to lose one."""
    found: list[Organisation] = []
    named = sorted(
        (m for m in mentions if m.name is not None), key=lambda m: (-len(key(m.name or "")), m.start)
    )
    for mention in named:
        fitting = [o for o in found if any(same(mention, other) for other in o.named)]
        if len(fitting) == 1 or (fitting and same_fold(mention, fitting[0].best)):
            fitting[0].mentions.append(mention)
        else:
            found.append(Organisation([mention]))
    _add_generic(found, [m for m in mentions if m.name is None])
    return sorted(found, key=lambda o: min(m.start for m in o.named))


def _add_generic(found: list[Organisation], generic: Sequence[OrgMention]) -> None:
    """«Фонд» belongs to the only foundation, or to none."""
    for mention in generic:
        fitting = [o for o in found if any(m.head == mention.head for m in o.named)]
        if len(fitting) == 1:
            fitting[0].mentions.append(mention)


def same(a: OrgMention, b: OrgMention) -> bool:
    return any(rule(a, b) or rule(b, a) for rule in JOIN_RULES)


def same_fold(a: OrgMention, b: OrgMention) -> bool:
    return fold(a.name or "") == fold(b.name or "")


def same_quoted(a: OrgMention, b: OrgMention) -> bool:
    """The quoted names are the same."""
    left, right = _QUOTED.search(a.name or ""), _QUOTED.search(b.name or "")
    return left is not None and right is not None and fold(left[1]) == fold(right[1])


def shorter(a: OrgMention, b: OrgMention) -> bool:
    """All words of `a` stand in `b`, and both are the same sort of organisation."""
    left, right = set(key(a.name or "")), set(key(b.name or ""))
    if not left or not left < right or (a.head != b.head and legal_type(a.head) is None):
        return False
    return len(left) >= 2 and not _QUOTED.search(a.name or "")


def abbreviated(a: OrgMention, b: OrgMention) -> bool:
    """`a` is the short name in brackets behind `b`, or begins with the initials of `b`."""
    first = (a.name or "").split()[0] if a.name else ""
    if b.alias is not None and fold(first) == fold(b.alias.split()[0]):
        return True
    return first.isupper() and len(first) >= 4 and first.casefold() in initials(b.name or "")


def contracted(a: OrgMention, b: OrgMention) -> bool:
    """«Минсоцзащиты» for «Министерство социальной защиты»."""
    first = (a.name or "").split()[0].casefold() if a.name else ""
    if not is_ministry(first.capitalize()) or b.head != "министерство":
        return False
    words = [w for w in key(b.name or "")[1:] if w not in _SMALL]
    rest = first[3:]
    for word in words[:4]:
        for size in range(min(len(word), len(rest)), 2, -1):
            if rest.startswith(word[:size]):
                rest = rest[size:]
                break
    return len(rest) <= 3


def initials(name: str) -> str:
    """«Комплексный центр социального обслуживания населения» → «кцсон»."""
    return "".join(w[0] for w in re.findall(r"[А-Яа-яЁё]+", name.casefold()) if w not in _SMALL)


JOIN_RULES = (same_fold, same_quoted, shorter, abbreviated, contracted)
