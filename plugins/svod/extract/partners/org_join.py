"""Mentions of one organisation joined: full and short names, abbreviations, «the ministry» for the only
ministry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from svod.extract.partners.org_mentions import OrgMention
from svod.extract.partners.org_words import is_ministry, legal_type
from svod.extract.projects.project_names import fold, key
from svod.models import PartnerType

_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]")
MAX_NAMES = 300  # more names than this are no report: they are not compared with one another
_CALLED = frozenset({"имя", "им", "они"})  # «имени Чехова», «им. Чехова»
_SMALL = frozenset({"и", "по", "для", "с", "в", "о", "при", "на", "за"})
_PREFIXES = {
    "соц": "социальный",
    "мед": "медицинский",
    "обр": "образование",
    "мол": "молодёжь",
    "здрав": "здравоохранение",
}
_LAND = {  # what a region is called in one word
    "подмосковье": ("московский", "область"),
    "мособласть": ("московский", "область"),
    "ленобласть": ("ленинградский", "область"),
    "прикамье": ("пермский", "край"),
    "приморье": ("приморский", "край"),
    "забайкалье": ("забайкальский", "край"),
    "ставрополье": ("ставропольский", "край"),
}
_ANY: dict[str, PartnerType] = {
    "предприятие": "business",
    "компания": "business",
    "фирма": "business",
    "организация": "ngo",
    "учреждение": "institution",
    "ведомство": "authority",
}


@dataclass(slots=True)
class Organisation:
    """One organisation with all its mentions; `name` is its fullest one."""

    mentions: list[OrgMention]
    names: list[OrgMention]  # one mention for every different name

    @property
    def named(self) -> list[OrgMention]:
        return [m for m in self.mentions if m.name is not None]

    @property
    def best(self) -> OrgMention:
        fullest = max(self.names, key=_fullness)
        if fullest.type == "business":
            firms = [m for m in self.names if legal_type((m.name or "").split()[0]) == "business"]
            return max(firms, key=_fullness) if firms else fullest  # «ООО «X»» before «холдинг «X»»
        if fullest.type != "institution":
            return fullest
        legal = [m for m in self.names if m.type == "ngo" and legal_type((m.name or "").split()[0]) == "ngo"]
        return max(legal, key=_fullness) if legal else fullest  # «АНО «Причал»» keeps the centre «Причал»

    @property
    def name(self) -> str:
        return self.best.name or ""


def _fullness(mention: OrgMention) -> tuple[bool, int, int]:
    name = mention.name or ""
    return not is_short(name), len(fold(name)), -mention.start


def is_short(name: str) -> bool:
    """A name that is only an abbreviation, or a ministry in one word."""
    first = name.split()[0] if name else ""
    return len(name.split()) == 1 and (legal_type(first) is not None or is_ministry(first) or first.isupper())


def join_mentions(mentions: Sequence[OrgMention]) -> list[Organisation]:
    """In the order of first mention. A generic mention belongs to the only organisation of its sort, or to
    none."""
    same_name: dict[str, list[OrgMention]] = {}
    for mention in mentions:
        if mention.name is not None:
            same_name.setdefault(fold(mention.name), []).append(mention)
    found: list[Organisation] = []
    for bucket in sorted(same_name.values(), key=lambda b: (-len(expanded(b[0].name or "")), b[0].start)):
        host = _host(found, bucket[0]) if len(same_name) <= MAX_NAMES else None
        if host is not None:
            host.mentions.extend(bucket)
            host.names.append(bucket[0])
        else:
            found.append(Organisation(list(bucket), [bucket[0]]))
    _add_generic(found, [m for m in mentions if m.name is None])
    return sorted(found, key=lambda o: min(m.start for m in o.named))


def _host(found: Sequence[Organisation], mention: OrgMention) -> Organisation | None:
    """The organisation that bears this name too; the first mentioned, if there are several."""
    fitting = [o for o in found if any(same(mention, other) for other in o.names)]
    return min(fitting, key=lambda o: min(m.start for m in o.names), default=None)


def _add_generic(found: Sequence[Organisation], generic: Sequence[OrgMention]) -> None:
    hosts: dict[str, Organisation | None] = {}
    for mention in generic:
        if mention.head not in hosts:
            hosts[mention.head] = _only(found, mention.head)
        host = hosts[mention.head]
        if host is not None:
            host.mentions.append(mention)


def _only(found: Sequence[Organisation], head: str) -> Organisation | None:
    """The only organisation that «the centre», «the company» can mean."""
    fitting = [o for o in found if any(m.head == head or _abbreviates(head, m) for m in o.names)]
    if not fitting and head == "центр":
        fitting = [o for o in found if o.best.type == "institution" and legal_type(o.best.head) is not None]
    if not fitting and head in _ANY:
        fitting = [o for o in found if o.best.type == _ANY[head]]
    return fitting[0] if len(fitting) == 1 else None


def same(a: OrgMention, b: OrgMention) -> bool:
    return any(rule(a, b) or rule(b, a) for rule in JOIN_RULES)


def same_fold(a: OrgMention, b: OrgMention) -> bool:
    return fold(a.name or "") == fold(b.name or "")


def same_quoted(a: OrgMention, b: OrgMention) -> bool:
    """The quoted names are the same."""
    left, right = _QUOTED.search(a.name or ""), _QUOTED.search(b.name or "")
    return left is not None and right is not None and key(left[1]) == key(right[1])


def opens_quoted(a: OrgMention, b: OrgMention) -> bool:
    """«Совет отцов» for «Организация «Совет отцов Республики Башкортостан»»."""
    quoted = _QUOTED.search(b.name or "")
    short = key(a.name or "")
    return quoted is not None and len(short) >= 2 and key(quoted[1])[: len(short)] == short


def shorter(a: OrgMention, b: OrgMention) -> bool:
    """All words of `a` stand in `b`, and both are the same sort of organisation."""
    left, right = expanded(a.name or ""), expanded(b.name or "")
    if not left or len(left) > len(right) or left[0] not in right or _QUOTED.search(a.name or ""):
        return False
    if "№" in (a.name or "") or (a.head != b.head and not is_ministry(a.name or "") and left[0] != b.head):
        return False
    left = tuple(w for w in left if len(w) > 2)  # «Минсемьи РБ»: the region's letters
    return len(left) >= 2 and all(
        any(w == v or (len(w) >= 3 and v.startswith(w)) for v in right) for w in left
    )


@lru_cache(maxsize=4096)
def expanded(name: str) -> tuple[str, ...]:
    """Lemmas of a name, contractions written out: «Минсоцзащиты» → министерство, социальный, защита."""
    words: list[str] = []
    for word in key(name):
        words.extend(_expand(word))
    return tuple(w for w in words if w not in _SMALL and w not in _CALLED)


_LETTERS = {"сфр": ["социальный", "фонд"], "осфр": ["отделение", "социальный", "фонд"]}


def _expand(word: str) -> list[str]:
    if word in _LETTERS:
        return _LETTERS[word]
    if is_ministry(word.capitalize()):
        return ["министерство", *_expand(_stem(word[3:]))]
    if word in _LAND:
        return list(_LAND[word])
    for prefix, full in _PREFIXES.items():
        if word.startswith(prefix) and len(word) > len(prefix) + 3 and not full.startswith(word[:5]):
            return [full, *_expand(key(word[len(prefix) :])[0])]
    return [word]


def _stem(word: str) -> str:
    lemmas = key(word)
    return lemmas[0] if lemmas else word


def _abbreviates(short: str, full: OrgMention) -> bool:
    """«КЦСОН» stands behind the full name in brackets, or is made of its initials, or opens it."""
    if not short.isupper():
        return False
    alias = fold(full.alias or "")
    return alias == fold(short) or (len(short) >= 4 and short.casefold() in initials(full.name or ""))


def abbreviated(a: OrgMention, b: OrgMention) -> bool:
    """`a` is the short name in brackets behind `b`, or begins with the initials of `b`."""
    first = (a.name or "").split()[0] if a.name else ""
    if b.alias is not None and fold(first) == fold(b.alias.split()[0]):
        return True
    if not first.isupper() or len(first) < 3:
        return False
    made = initials(b.name or "")
    return first.casefold() in made if len(first) >= 4 else (first.casefold() == made and first == a.name)


def opens_with_letters(a: OrgMention, b: OrgMention) -> bool:
    """«региональный УФСИН» after «УФСИН России по Саратовской области»."""
    name = a.name or ""
    return a.type == "authority" and name.isupper() and (b.name or "").startswith(f"{name} ")


def initials(name: str) -> str:
    """«Комплексный центр социального обслуживания населения» → «кцсон»."""
    return "".join(w[0] for w in re.findall(r"[А-Яа-яЁё]+", name.casefold()) if w not in _SMALL)


JOIN_RULES = (same_fold, same_quoted, opens_quoted, shorter, abbreviated, opens_with_letters)
