"""An organisation spoken of again by its quoted name alone: «Татэнергосбыт» after АО «Татэнергосбыт»; and the
names of a list that one noun in the plural introduces: предприятия «Север» и «Юг».

Knows quotations and what stands before them; whether a single name is an organisation is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.partners.org_heads import head_type
from svod.extract.projects.project_names import key
from svod.extract.words.noun_phrases import near
from svod.models import PartnerType

_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]$")
_WHERE = frozenset({"отряд", "лагерь", "класс"})
_ANY_BODY = frozenset("предприятие учреждение компания организация общество объединение фирма".split())
MIN_NAME = 3  # characters
_BETWEEN = re.compile(r"^\s*(?:\([^()]{1,40}\)\s*)?(?:,|и|,?\s*а также)\s*$")


def quoted_names(named: Iterable[tuple[int, str]]) -> dict[tuple[str, ...], int | None]:
    """Of (number, name) the numbers by the quoted part of the name; None where two names share it."""
    found: dict[tuple[str, ...], int | None] = {}
    names: dict[tuple[str, ...], str] = {}
    for number, name in named:
        quoted = _QUOTED.search(name)
        if quoted is None or len(quoted[1]) < MIN_NAME or quoted.start() == 0:
            continue
        folded = tuple(key(quoted[1]))
        found[folded] = number if names.setdefault(folded, name) == name else None
    return found


def again(
    prose: Prose, known: dict[tuple[str, ...], int | None], free: Sequence[Quote]
) -> Iterator[tuple[Quote, int]]:
    """The quotations that repeat a known name, each with the number of what bears it."""
    for quote in free:
        inner = prose.text[quote.inner : quote.stop]
        if quote.depth or not inner[:1].isupper() or len(inner) > 80:
            continue
        number = known.get(tuple(key(inner)))
        if number is not None:
            yield quote, number


def listed(prose: Prose, free: Sequence[Quote]) -> Iterator[tuple[Quote, PartnerType, str]]:
    """The names after «предприятия», «учреждениями», «фонды»: the first, and those joined to it; with the
    noun in the singular where it is part of each name («Фонд «Радуга»»).
    """
    kind: tuple[PartnerType, str] | None = None
    end = -1
    unclaimed = {q.start for q in free}
    names = [q for q in prose.quotes if not q.depth]
    for quote, after in zip_longest(names, names[1:]):
        if kind is None or not _joined(prose, end, quote):
            kind = _plural_before(prose, quote, several=_joined(prose, quote.end, after))
        end = quote.end
        if kind is not None and quote.start in unclaimed and prose.text[quote.inner].isupper():
            yield quote, *kind


def _joined(prose: Prose, end: int, quote: Quote | None) -> bool:
    """The quotation goes on with the list whose name before ends there."""
    if quote is None or end < 0 or quote.start - end >= 60:
        return False
    return _BETWEEN.match(prose.text[end : quote.start]) is not None


def _plural_before(prose: Prose, quote: Quote, *, several: bool) -> tuple[PartnerType, str] | None:
    """What a plural before the name says it is: the kind, the noun of the name. `several`: more names follow,
    so that «клубы многодетных семей» before them is a plural with what belongs to it.
    """
    at = prose.index(quote.start) - 1
    while several and at > 0 and at > prose.index(quote.start) - 5 and _belongs(prose, at):
        at -= 1
    if at < 0 or not near(prose, at, at + 1) or not prose.words[at].has("NOUN", "plur"):
        return None
    word = prose.words[at]
    kind, head = head_type(word)
    if word.lemma in _WHERE or (at and prose.words[at - 1].text.casefold() in {"в", "во", "на"}):
        return None  # «в лагерях «Чайка» и «Бриз»»: places
    singular = not several and any("sing" in f.grammemes for f in word.forms[:1])
    if singular or kind is None or kind in {"authority", "other"}:
        return None
    return kind, "" if head in _ANY_BODY or at < prose.index(quote.start) - 1 else head


def _belongs(prose: Prose, at: int) -> bool:
    """A word in the genitive that a noun with the list's names has before them."""
    word = prose.words[at]
    return head_type(word)[0] is None and word.has("gent") and near(prose, at - 1, at)
