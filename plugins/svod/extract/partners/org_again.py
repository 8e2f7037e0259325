"""An organisation spoken of again by its quoted name alone: «Татэнергосбыт» after АО «Татэнергосбыт»; and the
names of a list that one noun in the plural introduces: предприятия «Север» и «Юг».

Knows quotations and what stands before them; whether a single name is an organisation is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.partners.org_heads import head_type
from svod.extract.projects.project_names import key
from svod.extract.words.noun_phrases import near
from svod.models import PartnerType

_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]$")
_WHERE = frozenset({"отряд", "лагерь", "класс"})
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


def listed(prose: Prose, free: Sequence[Quote]) -> Iterator[tuple[Quote, PartnerType]]:
    """The names after «предприятия», «учреждениями», «компаний»: the first, and those joined to it."""
    kind: PartnerType | None = None
    end = -1
    for quote in free:
        if quote.depth:
            continue
        joined = end >= 0 and quote.start - end < 60 and _BETWEEN.match(prose.text[end : quote.start])
        if kind is None or not joined:
            kind = _plural_before(prose, quote)
        end = quote.end
        if kind is not None and prose.text[quote.inner].isupper():
            yield quote, kind


def _plural_before(prose: Prose, quote: Quote) -> PartnerType | None:
    at = prose.index(quote.start) - 1
    if at < 0 or not near(prose, at, at + 1) or not prose.words[at].has("NOUN", "plur"):
        return None
    word = prose.words[at]
    kind, _ = head_type(word)
    if word.lemma in _WHERE or (at and prose.words[at - 1].text.casefold() in {"в", "во", "на"}):
        return None  # «в лагерях «Чайка» и «Бриз»»: places
    singular = any("sing" in f.grammemes for f in word.forms[:1])
    return None if singular or kind in {None, "authority", "other"} else kind
