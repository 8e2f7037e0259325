"""Every mention of an organisation in a report: named ones in the nominative, and «the centre», «the
ministry».

Mentions are found in the running text, in wall links and in the publisher's name. Which of them are one
organisation is decided by those who join them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from svod.extract.layout.prose import Cover, Link, Prose
from svod.extract.layout.quotes import Quote
from svod.extract.lexicon import load
from svod.extract.partners.org_again import again, listed, quoted_names
from svod.extract.partners.org_bare import bare_name, bare_names, place_before
from svod.extract.partners.org_headers import Header, read_headers, read_owner
from svod.extract.partners.org_heads import MINISTERS, conditional, conditional_head, head_type, is_firm
from svod.extract.partners.org_levels import leveled, told_apart
from svod.extract.partners.org_parts import PARTS, is_of_many, is_part
from svod.extract.partners.org_phrases import OrgPhrase, is_no_body, is_short_form, phrase_name, read_phrase
from svod.extract.partners.org_walls import community
from svod.extract.partners.org_words import (
    abbreviated_type,
    is_ministry,
    is_nothing,
    is_university,
    legal_type,
    org_type,
    turned_type,
)
from svod.extract.publication.places import adjectives, keys
from svod.extract.words.declension import (
    adjective_forms,
    adjective_nominative,
    agree,
    noun_forms,
    to_nominative,
)
from svod.extract.words.kind_words import kind_of
from svod.extract.words.noun_phrases import ORDINAL, plain
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.models import PartnerType

FUNCTIONAL = frozenset({"министерство", "департамент", "комитет", "управление", "правительство", "инспекция"})
QUOTED_ONLY = frozenset(
    "отдел такси отряд дружина организация общество движение объединение сеть отделение "
    "станция оператор предприятие комплекс журнал магазин издание филиал комиссия штаб".split()
)
_ISSUED = frozenset("распоряжение указ приказ закон постановление книга сборник брошюра буклет".split())


@dataclass(frozen=True, slots=True)
class OrgMention:
    """`name` is None for a mere «the centre»; `alias` is the short name in brackets behind it."""

    start: int
    end: int
    name: str | None
    head: str
    type: PartnerType
    alias: str | None
    rule: str


def find_mentions(
    prose: Prose,
    taken: Sequence[tuple[int, int]],
    bare: Sequence[tuple[int, int]] = (),
    publisher: str | None = None,
) -> list[OrgMention]:
    """In text order; spans of projects (`taken`, and without quotation marks `bare`) are no organisations."""
    headers = list(read_headers(prose.text))
    owner = read_owner(prose.text, publisher)
    if owner is not None and not any(h.start < owner.end and owner.start < h.end for h in headers):
        headers.append(owner)
    found = [OrgMention(h.start, h.end, h.name, h.head, _type_of(h), None, "header") for h in headers]
    if not found and (wall := community(prose.text, publisher)) is not None:
        start, end, name = wall
        if not any(a < end and start < b for a, b in taken):
            found.append(OrgMention(start, end, name, "объединение", "ngo", None, "header"))
    heads = [(m.start, m.end) for m in found]
    found += [m for m in _in_text(prose, taken, bare) if not any(a <= m.start < b for a, b in heads)]
    found.extend(_in_quotes(prose, found, taken))
    covered = Cover([*taken, *bare, *((m.start, m.end) for m in found)])
    found += [_of_bare(prose, q, kind) for q, kind in bare_names(prose) if not covered.holds(q.start)]
    found.extend(_named_again(prose, found, [*taken, *bare]))
    covered = Cover([(m.start, m.end) for m in found if m.name is not None])
    for link in prose.links:
        if link.organisation and not any(covered.holds(w.start) for w in prose.slice(link.inner, link.stop)):
            mention = _of_link(prose, link)
            if mention is not None:
                found.append(mention)
    return sorted(found, key=lambda m: (m.start, -m.end))


def _named_again(
    prose: Prose, found: Sequence[OrgMention], taken: Sequence[tuple[int, int]]
) -> Iterator[OrgMention]:
    """Names in quotation marks that were told before, and those that one plural noun introduces."""
    covered = Cover([*taken, *((m.start, m.end) for m in found)])
    free = [q for q in prose.quotes if not covered.holds(q.start)]
    listings = list(listed(prose, free))
    told: set[int] = set()
    known = quoted_names((k, m.name) for k, m in enumerate(found) if m.name is not None)
    for quote, number in again(prose, known, free):
        yield replace(found[number], start=quote.start, end=quote.end, alias=None, rule="bare")
        told.add(quote.start)
    yield from (_of_bare(prose, q, kind, noun) for q, kind, noun in listings if q.start not in told)


def _of_bare(prose: Prose, quote: Quote, kind: PartnerType, noun: str = "") -> OrgMention:
    name = f"{noun[:1].upper()}{noun[1:]} «{bare_name(prose.text[quote.inner : quote.stop])}»".strip()
    place = place_before(prose, quote)
    if place is not None:
        name = f"{adjective_nominative(place.text) or place.text} {name}"
    return OrgMention(place.start if place else quote.start, quote.end, name, "", kind, None, "bare")


def _type_of(header: Header) -> PartnerType:
    kind = org_type(header.head) or legal_type(header.head) or "other"
    return turned_type(header.head, header.name.split(), kind)


def _in_text(
    prose: Prose, taken: Sequence[tuple[int, int]], bare: Sequence[tuple[int, int]]
) -> Iterator[OrgMention]:
    projects = frozenset(start for start, _ in taken)
    spans = Cover([*taken, *bare, *((q.start, q.end) for q in prose.quotes if _is_name(prose, q))])
    last = 0
    for at in prose.vocabulary.where(_may_name):
        if at < last or spans.holds(prose.words[at].start):
            continue
        mention, last = _mention_at(prose, at, projects)
        if mention is not None:
            yield mention


def _in_quotes(
    prose: Prose, found: Sequence[OrgMention], taken: Sequence[tuple[int, int]]
) -> Iterator[OrgMention]:
    """«Центр бесплатной правовой помощи»: an organisation whose whole name stands in quotation marks."""
    covered = Cover([*taken, *((m.start, m.end) for m in found)])
    for quote in prose.quotes:
        if (
            covered.holds(quote.start)
            or quote.depth
            or not _is_name(prose, quote)
            or _introduced(prose, quote)
            or prose.text[quote.inner].islower()
        ):
            continue
        words = prose.slice(quote.inner, quote.stop)
        if words and words[0].lemma in {"хороший", "лучший"}:
            continue  # «Лучший волонтёрский центр» is a nomination
        for k, word in enumerate(words[:4]):
            kind, head = head_type(word)
            if kind is not None and word.forms[0].pos == "NOUN" and (k or len(words) > 1):
                at = prose.index(quote.inner)
                phrase = OrgPhrase(at, at + k, at + len(words), words[0].start, words[-1].stop)
                name = phrase_name(prose, phrase)
                if name is not None:
                    yield OrgMention(quote.start, quote.end, f"«{name}»", head, kind, None, "quoted")
                break
            if not word.has("ADJF"):
                break


def _introduced(prose: Prose, quote: Quote) -> bool:
    """A noun in the nominative right before it says what it is: a book, a street, a headline."""
    at = prose.index(quote.start) - 1
    block = prose.block(quote.start)
    if at < 0 or block is None or block.kind in {"title", "heading"} or quote.start <= block.start + 1:
        return True
    before = prose.words[at]
    return before.forms[0].pos == "NOUN" and "inan" in before.forms[0].grammemes


def _is_name(prose: Prose, quote: Quote) -> bool:
    """A short quotation without sentences: a name, in which no further organisation is looked for."""
    text = prose.text[quote.inner : quote.stop]
    if text.endswith("!") and text[:1].isupper() and len(text.split()) <= _CALLED:
        text = text[:-1]  # «Центр поддержки СВОих!»
    return len(text) < 120 and not re.search(r"[.!?,]\s|[.!?,]$", text)


_CALLED = 5  # words of a name that ends with an exclamation mark


@by_word
def _may_name(word: Token) -> bool:
    """False for the many words that no organisation is named by, whatever stands beside them."""
    return (
        head_type(word)[0] is not None
        or bool(conditional_head(word)[1])
        or legal_type(word.text) is not None
        or abbreviated_type(word.text) is not None
    )


def _mention_at(prose: Prose, at: int, taken: frozenset[int]) -> tuple[OrgMention | None, int]:
    word = prose.words[at]
    kind, head = head_type(word)
    if kind is None:
        kind, head = conditional(prose, at)
    if kind is None and is_short_form(prose, at) and _calm(prose, at):
        kind, head = abbreviated_type(word.text), word.text
    if kind is None or (word.text == "дому" and at and prose.words[at - 1].text == "на"):
        return None, at + 1  # «обслуживание на дому»
    phrase = read_phrase(prose, at)
    if phrase.last < len(prose.words) and prose.words[phrase.last].text.casefold() in {"онлайн", "online"}:
        return None, phrase.last  # «через Сбербанк онлайн»
    if _SETTLEMENT.search(prose.text, max(0, phrase.start - 9), phrase.start):
        return None, phrase.last  # «в пос. Зональная Станция»
    if is_firm(word.text) and prose.text[phrase.end : phrase.end + 2].strip().isdigit():
        return None, phrase.last  # «тягач КАМАЗ 44108»
    if head == "ассамблея" and ORDINAL.match(prose.words[phrase.first].text):
        return None, phrase.last  # «12-я Никольская ассамблея» is a meeting
    if legal_type(word.text) is not None and not _has_own_name(prose, phrase):
        if not _stands_alone(prose, at):
            return _short(prose, at, kind), at + 1
    elif is_nothing(head, [w.lemma for w in prose.words[phrase.first : phrase.last]]):
        return None, phrase.last
    if is_no_body(prose, phrase):
        return None, at + 1
    if is_part(prose, phrase, head):
        return None, at + 1
    if _holds(prose, phrase, taken):
        cut = _before_project(prose, phrase, taken)
        if cut is None:
            return None, phrase.last
        phrase = cut
    kind = turned_type(head, [w.text for w in prose.words[phrase.first : phrase.last]], kind)
    alias = _alias(prose, phrase)
    if not _is_named(prose, phrase, head):
        return _generic(prose, phrase, head, kind), phrase.last
    name = None if is_of_many(prose, phrase) else phrase_name(prose, phrase)
    if name is None:  # «филиалов Приморского центра»: the one is named, not the many
        return None, at + 1
    return OrgMention(phrase.start, phrase.end, name, head, kind, alias, "phrase"), phrase.last


_SETTLEMENT = re.compile(r"(?<![а-яё])(?:[спд]\.|(?:пос|дер|мкр|пгт)\.?|посёлок|станица|деревня) ?$")


def _calm(prose: Prose, at: int) -> bool:
    """Neither the words around nor the quoted name are all in capitals."""
    beside = [
        w.text for w in (*prose.words[max(0, at - 1) : at], *prose.words[at + 2 : at + 4]) if len(w.text) > 3
    ]
    named = at + 2 < len(prose.words) and prose.words[at + 2].text[:1].isupper()
    return named and not any(w.isupper() for w in beside)


def _holds(prose: Prose, phrase: OrgPhrase, taken: frozenset[int]) -> bool:
    """The quoted name in it is a project's: «школа «Папа может»»."""
    return any(w.start in taken for w in prose.words[phrase.first : phrase.last])


def _before_project(prose: Prose, phrase: OrgPhrase, taken: frozenset[int]) -> OrgPhrase | None:
    """«фонда Лапшина «Родник»», the quotation being a contest's: the fund without it."""
    last = next(k for k in range(phrase.first, phrase.last) if prose.words[k].start in taken)
    if last < phrase.head + 2 or kind_of(prose.words[phrase.head]) is not None:
        return None
    return OrgPhrase(phrase.first, phrase.head, last, phrase.start, prose.words[last - 1].stop)


def _has_own_name(prose: Prose, phrase: OrgPhrase) -> bool:
    after = prose.words[phrase.head + 1 : phrase.last]
    if prose.words[phrase.head].text in {"НКО", "СОНКО", "ТОС", "МО"} and not any(
        w.text[:1] in '«"„“' for w in after
    ):
        return False  # «НКО Сургута»: all of them
    if (
        after
        and after[0].text in {"РФ", "России"}
        and legal_type(prose.words[phrase.head].text) in {"business", "media"}
    ):
        return False  # «УК РФ» is a law
    if phrase.first < phrase.head and not prose.words[phrase.first].text.isupper():
        return True  # «Каменский КЦСОН»
    return any(w.text[:1] in '«"„“№' or w.text[:1].isupper() for w in after)


_OF_EVERY_TOWN = frozenset({"КДН", "КДНиЗП"})


def _stands_alone(prose: Prose, at: int) -> bool:
    """A short name that is a name by itself: КЦСОН, МЧС, СФР."""
    kind = legal_type(prose.words[at].text)
    return (
        kind == "authority" and len(prose.words[at].text) >= 3 and prose.words[at].text not in _OF_EVERY_TOWN
    )


def _short(prose: Prose, at: int, kind: PartnerType) -> OrgMention:
    """«КЦСОН» by itself: the centre that is named in full elsewhere, perhaps."""
    word = prose.words[at]
    return OrgMention(word.start, word.stop, None, word.text, kind, None, "generic")


def _is_named(prose: Prose, phrase: OrgPhrase, head: str) -> bool:
    words = prose.words[phrase.first : phrase.last]
    quoted = any(w.text in {"«", '"', "“", "„"} for w in words)
    if (
        head == "федерация"
        and phrase.first < phrase.head
        and words[phrase.head - phrase.first - 1].lemma == "российский"
    ):
        return False  # «программы Российской Федерации «X»»
    if head == "образование" and not any(w.text[:1] in '«"„“' or w.text.istitle() for w in words[1:]):
        return False  # «МУНИЦИПАЛЬНОЕ ОБРАЗОВАНИЕ» in a heading
    if quoted or is_ministry(prose.words[phrase.head].text):
        return True
    if is_short_form(prose, phrase.head):
        return True
    numbered = any(w.text == "№" for w in words)
    own = [w for w in words if w.text[:1].isupper() and not _opens(prose, w)]
    opening = [w for w in words[:1] if _opens(prose, w) and w is not prose.words[phrase.head]]
    own += [
        w
        for w in opening
        if head in _OF_CHURCH or any(k in adjectives() for k in keys(w.text)) or _of_a_place(w, words[1:2])
    ]
    complemented = phrase.last > phrase.head + 1
    if org_type(head) == "authority" and head.startswith("рос"):
        return True
    if head == "федерация" and any(w.lemma == "российский" for w in words):
        return False
    if head == "фонд" and not complemented:
        return words[0].text[:1].isupper() and words[0].lemma in {"пенсионный", "социальный", "президентский"}
    if head in load("organisations")["firms"] or is_university(head) or is_firm(head):
        return words[-1].text[:1].isupper()
    if head == "совет" and len(words) == 2 and words[1].text.islower() and head_type(words[1])[0]:
        return False  # «Совет фонда»
    if prose.words[phrase.head].lemma in MINISTERS and not (
        len(words) > 1 and complemented and not _FEDERAL.search(prose.text[phrase.start : phrase.end])
    ):
        return False
    if head == "издание" and any(w.lemma in _ISSUED for w in words[1:4]):
        return False  # «после издания нового указа Президента»
    if head == "правительство" and (_LEVELLED.match(words[0].text) or words[-1].lemma in _SUBJECTS):
        return True
    if head == "оператор":
        return any(w.lemma in {"доброволец", "добровольчество", "волонтёрство"} for w in words)
    if told_apart(prose, phrase.first, phrase.head, phrase.last):
        return True
    opens = _opens(prose, prose.words[phrase.head])
    if opens and complemented and head in {"федерация", "ассоциация", "союз", "совет", "фонд", "лига"}:
        return True
    own += [w for w in opening if w.lemma in _OF_ALL]
    if not own and leveled(prose, phrase.first, phrase.head, phrase.last):
        return True
    if head in QUOTED_ONLY:
        if head in PARTS and own == [prose.words[phrase.head]]:
            return False  # «в Отделении по работе с семьёй»
        return bool(own) and (complemented or phrase.first < phrase.head)
    if (
        head in FUNCTIONAL
        and complemented
        and len(words) > 2
        and words[-1].lemma not in {"район", "город", "округ"}
    ):
        return True
    if head == "дом" and len(words) == phrase.last - phrase.head and words[1:2] and words[1].text == "№":
        return False
    if own == [prose.words[phrase.head]]:
        return complemented and head not in PARTS
    return bool(own) or (numbered and len(words) >= 3)


_OF_ALL = frozenset(
    "всероссийский международный межрегиональный российский общероссийский синодальный".split()
)
_SUBJECTS = frozenset({"регион", "область", "край", "республика", "округ"})  # «правительство региона»
_OF_CHURCH = frozenset({"епархия", "митрополия", "благочиние", "лавра"})
_FEDERAL = re.compile(r"\b(?:РФ|России|Российской)\b")
_LEVELLED = re.compile(r"^(?:областн|краев|республиканск|окружн|региональн)[а-яё]+$", re.IGNORECASE)


def _of_a_place(word: Token, after: Sequence[Token]) -> bool:
    """«Вершининский районный …», «… комплексный центр»: an adjective of a place that no list has, before one
    that says the level or belongs to an official name.
    """
    if not re.search(r"ск(?:ий|ая|ое|ого|ой|ому|ую|им)$", word.text) or not adjective_forms(word.text):
        return False
    return any(w.lemma in load("projects")["levels"] or w.lemma in _OFFICIAL for w in after)


_OFFICIAL = frozenset({"комплексный", "центральный", "детский", "социальный"})


def _opens(prose: Prose, word: Token) -> bool:
    """It begins a sentence or an item: its capital tells nothing."""
    if prose.is_sentence_start(word.start):
        return True
    return _NUMBERED.search(prose.text, max(0, word.start - 12), word.start) is not None


_NUMBERED = re.compile(r"(?:^|\n)[ \t]*\d{1,2}(?:\.\d{1,2})*[.)]\s+$")


def _generic(prose: Prose, phrase: OrgPhrase, head: str, kind: PartnerType) -> OrgMention | None:
    """«Центр», «фонд»: one of the organisations named elsewhere, perhaps."""
    if not any(number == "sing" for _, number, _ in noun_forms(prose.words[phrase.head].text)):
        return None
    return OrgMention(phrase.start, phrase.end, None, head, kind, None, "generic")


_ALIAS = re.compile(r"^\s*\((?:далее\s*[–—-]\s*)?[«\"]?([А-ЯЁ][\w-]{1,30}(?:\s[\w-]{1,20}){0,2})[»\"]?\)")


def _alias(prose: Prose, phrase: OrgPhrase) -> str | None:
    match = _ALIAS.match(prose.text[phrase.end : phrase.end + 60])
    return match[1] if match else None


def _of_link(prose: Prose, link: Link) -> OrgMention | None:
    """The whole text of a wall link is the organisation's name, whatever its words are."""
    words = prose.slice(link.inner, link.stop)
    if not words:
        return None
    text = plain(prose.text[link.inner : link.stop])
    for k, word in enumerate(words):
        kind, head = head_type(word)
        if kind is not None:
            at = prose.index(link.inner)
            phrase = OrgPhrase(at, at + k, at + len(words), link.inner, link.stop)
            kind = turned_type(head, [w.text for w in words], kind)
            name = phrase_name(prose, phrase) or text
            return OrgMention(link.inner, link.stop, name, head, kind, None, "link")
    kind = "ngo" if _VOLUNTEERS.match(text) else "business" if words[0].text.isupper() else "other"
    return OrgMention(link.inner, link.stop, _declined(words, text), words[0].lemma, kind, None, "link")


_VOLUNTEERS = re.compile(
    r"(?:волонт[её]р|доброволец|добровольц|поисковик|активист|матери |мамы |отцы )", re.IGNORECASE
)


def _declined(words: Sequence[Token], text: str) -> str:
    """The first adjectives and noun of a link's text in the nominative."""
    for k, word in enumerate(words[:4]):
        if noun_forms(word.text) and all(agree(w.text, word.text) for w in words[:k]):
            made = to_nominative([w.text for w in words[:k]], word.text)
            if made is None:
                return text
            rest = text[text.find(word.text) + len(word.text) :]
            name = " ".join([*made[0], made[1]]) + rest
            return name[:1].upper() + name[1:]
    return text
