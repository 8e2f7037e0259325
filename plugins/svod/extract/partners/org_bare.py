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
from svod.extract.words.declension import noun_forms, to_nominative
from svod.extract.words.noun_phrases import near
from svod.extract.words.screened import any_case
from svod.language.document import Token
from svod.models import PartnerType

MAX_WORDS = 4
_HELPED = (
    r"(?:поставля[ею]т|поставил|снабжа[ею]т|приютил|одолжил|сшил|испекл?|подвоз[ия]т|привоз[ия]т|да[её]т|дарит"
    r"|корм[ия]т|выделя[ею]т|предоставля[ею]т|помога[ею]т|оплачива[ею]т|печ[её]т|возит"
    r"|помог|спас|выручил|подключил|предоставил|передал|подарил|прив[её]з|отдал|выделил|оплатил|поддержал"
    r"|доставил|напечатал|пожертвовал|профинансировал|закупил|накормил|угостил|отремонтировал|безвозмездно|бесплатно"
    r"[ \u00a0]дал)"
)
_BEFORE = any_case(rf"(?<![а-яё]){_HELPED}(?:[аои]|ла|ло|ли)?\s+$")
_AFTER = any_case(rf"^\s+(?:[^\s,.;:]+\s+){{0,1}}?{_HELPED}(?:[аои]|ла|ло|ли)?(?![а-яё])")
_MARKETS = frozenset({"авито", "озон", "ozon", "wildberries", "вконтакте", "циан", "юла"})
_PARTIES = frozenset({"единая россия", "справедливая россия", "новые люди"})
_SURE = {
    name.casefold(): name
    for name in ("Народный фронт", "Опора России", "Деловая Россия", "Красный Крест", "Движение первых")
}
_MOVEMENTS = _SURE.keys() | {
    "боевое братство",
    "мы вместе",
    "#мывместе",
    "молодая гвардия",
    "волонтёры победы",
    "волонтёры-медики",
    "лизаалерт",
    "юнармия",
    "союз женщин россии",
}
_FIRM = any_case(  # «Тверьавтотранс», «Сахалин-Карго»
    r"[а-яё-]{3}(?:транс|маркет|карго|банк|строй|сервис|телеком|нефть|энерго|агро|инвест|торг|снаб|водоканал|металл"
    r"|промлес|молпром|хлебпром|лес|трактор|чермет|цветмет|маш|авиа|газ|уголь|хлеб|рыба|автодор|цемент|сталь|химпром"
    r"|судоремонт|гидромаш|птица|молоко|мясо|связь|флот)(?:а|у|ом|е|ы|и|я|ю|ем)?$"
)
_STAFF = frozenset(
    "предприниматель юрист сотрудник работник специалист менеджер логист водитель повар инженер "
    "представитель технолог строитель "
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


def place_before(prose: Prose, quote: Quote) -> Token | None:
    """«Чебоксарский «Промтрактор»»: the adjective of a place, with a capital, right before."""
    at = prose.index(quote.start) - 1
    word = prose.words[at] if at >= 0 else None
    if word is None or not word.text[:1].isupper() or prose.is_sentence_start(word.start):
        return None
    return word if near(prose, at, at + 1) and re.search(r"[сц]к(?:ий|ого|ому|им|ом)$", word.text) else None


def bare_name(inner: str) -> str:
    """«Ростелекому» → «Ростелеком», «Опоры России» → «Опора России»; a name that does not decline stays."""
    sure = _sure_name(inner)
    if sure is not None:
        return sure
    low = inner.casefold().replace("ё", "е")
    if low in _known():
        return inner
    first, _, rest = inner.partition(" ")
    if not rest:
        own = _ENDED.sub("", inner)
        brand = _brands().get(own.casefold().replace("ё", "е"))
        return brand or _declined(inner) or (own if _FIRM.search(inner) else inner)
    made = to_nominative([], first)
    named = f"{made[1]} {rest}" if made is not None else inner
    return named if named.casefold() in _MOVEMENTS else inner


def _declined(word: str) -> str | None:
    """«Уралкалию» → «Уралкалий»: a word that stands in no nominative, and is one noun only."""
    readings = noun_forms(word)
    if not readings or any(case == "nomn" or number == "plur" for case, number, _ in readings):
        return None
    made = to_nominative([], word)
    return made[1] if made is not None else None


_ENDED = re.compile(r"(?<=[бвгджзклмнпрстфхц])(?:а|у|ом|е)$")


@cache
def _known() -> frozenset[str]:
    return frozenset(_brands()) | _PARTIES | _MOVEMENTS


def _sure_name(inner: str) -> str | None:
    """«Народным фронтом» → «Народный фронт»: a name known in every case."""
    words = inner.casefold().split()
    for low, name in _SURE.items():
        own = low.split()
        if len(words) == len(own) and all(
            w.startswith(o[: max(3, len(o) - 2)]) for w, o in zip(words, own, strict=True)
        ):
            return name
    return None


_IS_ONE: dict[str, PartnerType] = {
    "приют": "institution",
    "фонд": "foundation",
    "организация": "ngo",
    "движение": "ngo",
    "объединение": "ngo",
    "ассоциация": "ngo",
    "союз": "ngo",
    "компания": "business",
    "предприятие": "business",
    "фирма": "business",
}
_BETWEEN = frozenset({"один", "одна", "одно", "из"})
_SEEN = 6  # words after the dash


def says_organisation(prose: Prose, quote: Quote) -> PartnerType | None:
    """«Верность» — один из старейших приютов области, «Опора России»: what a name is by itself or is told to
    be right behind it.
    """
    inner = prose.text[quote.inner : quote.stop]
    if _sure_name(inner) is not None:
        return "ngo"
    at = prose.index(quote.end)
    if at >= len(prose.words) or prose.words[at].text not in "–—" or not near(prose, at - 1, at):
        return None
    block = prose.block(quote.start)
    if block is None or block.kind == "list_item":
        return None  # «1. «Слово» — организация инвалидов, 120 тысяч»: a project and who wins with it
    for word in prose.words[at + 1 : at + 1 + _SEEN]:
        if word.text[:1].isupper():
            return None
        if word.lemma in _IS_ONE:
            return _IS_ONE[word.lemma]
        if word.forms[:1] and word.forms[0].pos != "ADJF" and word.lemma not in _BETWEEN:
            return None
    return None


def _kind(prose: Prose, quote: Quote, inner: str) -> PartnerType | None:
    told = says_organisation(prose, quote)
    if told is not None:
        return told
    at = prose.index(quote.start) - 1
    before = prose.words[at] if at >= 0 and prose.same_block(prose.words[at].start, quote.start) else None
    name = bare_name(inner).casefold()
    if before is not None and before.forms[0].pos == "NOUN":
        if before.lemma in _HELPERS and "plur" in before.forms[0].grammemes:
            return "ngo"
        if before.lemma not in _STAFF:
            return None
        return "ngo" if name in _MOVEMENTS else "business"
    if _from_helpers(prose, at):
        return "ngo"
    if name.replace("ё", "е") in _MARKETS and before is not None and before.forms[0].pos == "PREP":
        return None  # «купили на «Авито»»
    if name in _PARTIES:
        return "other"
    if name in _MOVEMENTS:
        return "ngo"
    if name.replace("ё", "е") in _brands() or _FIRM.search(inner):
        return "business"
    text = prose.text
    given = _BEFORE.search(text[max(0, quote.start - 40) : quote.start])
    return "business" if given or _AFTER.match(text[quote.end : quote.end + 60]) else None


def _from_helpers(prose: Prose, at: int) -> bool:
    """«врачи-волонтёры из «Помощи на ходу»»: whose people help."""
    if at < 1 or prose.words[at].text not in {"из", "от"} or not near(prose, at - 1, at):
        return False
    return prose.words[at - 1].lemma.rpartition("-")[2] in _HELPERS


def is_brand(name: str) -> bool:
    """A firm's name known by itself."""
    return name.casefold().replace("ё", "е") in _brands()


@cache
def _brands() -> dict[str, str]:
    """Names of firms by their lower case."""
    return {b.casefold().replace("ё", "е"): b for b in load("organisations")["brands"]}
