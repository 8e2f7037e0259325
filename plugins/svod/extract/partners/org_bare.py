"""Quoted names that nothing introduces, yet which help, give or have staff: «Ростелеком» подключил классы.

Says which quotations are such names, and of what type; what else a quotation may be is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.lexicon import load
from svod.extract.words.screened import any_case
from svod.models import PartnerType

MAX_WORDS = 4
_HELPED = (
    r"(?:помог|спас|выручил|подключил|предоставил|передал|подарил|прив[её]з|отдал|выделил|оплатил|поддержал"
    r"|доставил|напечатал|пожертвовал|профинансировал|закупил|накормил|угостил|отремонтировал|безвозмездно|бесплатно"
    r"[ \u00a0]дал)"
)
_BEFORE = any_case(rf"(?<![а-яё]){_HELPED}(?:[аои]|ла|ло|ли)?\s+$")
_AFTER = any_case(rf"^\s+(?:[^\s,.;:]+\s+){{0,1}}?{_HELPED}(?:[аои]|ла|ло|ли)?(?![а-яё])")
_PARTIES = frozenset({"единая россия", "справедливая россия", "новые люди"})
_FIRM = any_case(  # «Тверьавтотранс», «Сахалин-Карго»
    r"[а-яё-]{3}(?:транс|маркет|карго|банк|строй|сервис|телеком|нефть|энерго|агро|инвест|торг|снаб|водоканал|металл"
    r"|промлес|молпром|хлебпром)$"
)
_STAFF = frozenset(
    "сотрудник работник специалист менеджер логист водитель повар инженер представитель технолог строитель "
    "программист айтишник курьер кондитер продавец агроном монтажник энергетик металлург".split()
)
_HELPERS = frozenset({"волонтёр", "доброволец", "активист", "поисковик"})


def bare_names(prose: Prose) -> Iterator[tuple[Quote, PartnerType]]:
    """Quotations that are the names of organisations by what is said of them."""
    for quote in prose.quotes:
        inner = prose.text[quote.inner : quote.stop]
        if quote.depth or not inner[:1].isupper() or len(inner.split()) > MAX_WORDS:
            continue
        if not re.search(r"[.!?,]", inner) and (kind := _kind(prose, quote, inner)) is not None:
            yield quote, kind


def _kind(prose: Prose, quote: Quote, inner: str) -> PartnerType | None:
    at = prose.index(quote.start) - 1
    before = prose.words[at] if at >= 0 and prose.same_block(prose.words[at].start, quote.start) else None
    if before is not None and before.forms[0].pos == "NOUN":
        if before.lemma in _HELPERS and "plur" in before.forms[0].grammemes:
            return "ngo"
        return "business" if before.lemma in _STAFF else None
    if inner.casefold() in _PARTIES:
        return "other"
    if inner.casefold().replace("ё", "е") in _brands() or _FIRM.search(inner):
        return "business"
    text = prose.text
    given = _BEFORE.search(text[max(0, quote.start - 40) : quote.start])
    return "business" if given or _AFTER.match(text[quote.end : quote.end + 60]) else None


@cache
def _brands() -> frozenset[str]:
    return frozenset(b.casefold().replace("ё", "е") for b in load("organisations")["brands"])
