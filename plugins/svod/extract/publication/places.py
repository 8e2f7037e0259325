"""Names of federal subjects, their centres and towns in a text, with the subject they lie in.

Matches word forms against the lexicon of regions. Which of the subjects a report is about is not decided
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from svod.extract.lexicon import load
from svod.extract.publication.districts import names_district, stem, subjects_of, told_by
from svod.extract.words.declension import in_genitive
from svod.language.document import Document, Token
from svod.language.morph import forms

PlaceKind = Literal["subject", "adjective", "centre", "town", "district"]
SUBJECT_NOUNS = frozenset({"область", "край", "республика", "округ"})


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]` names a place in the subject `iso`, or in one of several: its `share` is 1 ÷ their
    number.
    """

    start: int
    end: int
    iso: str
    kind: PlaceKind
    share: float = 1.0


class _Entry(NamedTuple):
    words: tuple[frozenset[str], ...]  # for every word of the name: its lemmas and its stem
    subjects: tuple[str, ...]  # where it lies: there are three towns Советск
    kind: PlaceKind
    common: bool  # the name is a common word too («Остров»)


@lru_cache(maxsize=50_000)
def keys(word: str) -> frozenset[str]:
    """What a word form is recognised by: its lemmas, and its stem marked with «~»."""
    return frozenset({f.lemma.replace("ё", "е") for f in forms(word)} | {"~" + stem(word)})


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """Entries by every key of their first word, longest names first."""
    subjects: dict[tuple[str, PlaceKind], list[str]] = {}
    for iso, facts in load("regions").items():
        named: list[tuple[str, PlaceKind]] = [(facts["name"], "subject")]
        named += [(n, "subject") for n in facts["names"]]
        named += [(facts["centre"], "centre")] if facts["centre"] else []
        named += [(t, "town") for t in facts["towns"]]
        for name, kind in named:
            subjects.setdefault((re.sub(r"\s*[–(].*$", "", name), kind), []).append(iso)
    index: dict[str, list[_Entry]] = {}
    for (name, kind), isos in subjects.items():
        words = name.split()
        entry = _Entry(tuple(keys(w) for w in words), tuple(isos), kind, len(words) == 1 and _is_common(name))
        for key in entry.words[0]:
            index.setdefault(key, []).append(entry)
    return {k: tuple(sorted(v, key=lambda e: -len(e.words))) for k, v in index.items()}


@lru_cache(maxsize=50_000)
def _is_common(name: str) -> bool:
    return any(f.known and not f.grammemes & {"Geox", "Surn", "Name"} for f in forms(name))


_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "INTJ", "NPRO", "ADVB", "PRED"})


@lru_cache(maxsize=50_000)
def _is_function_word(word: str) -> bool:
    """«Кроме» is no case of «Кромы», however near the two are."""
    found = forms(word)
    named = any("Geox" in f.grammemes for f in found)
    return not named and any(f.known and f.pos in _FUNCTION for f in found)


@cache
def adjectives() -> dict[str, str]:
    """Adjectives of subjects, centres and towns, by lemma; a centre's goes before a town's."""
    found: dict[str, str] = {}
    for iso, facts in load("regions").items():
        for adjective in facts["adjectives"]:
            found.setdefault(adjective.replace("ё", "е"), iso)
    for iso, facts in load("regions").items():  # «московский» alone is of Moscow
        for adjective in _subject_adjective(facts["name"]):
            found.setdefault(adjective, iso)
    for iso, facts in load("regions").items():
        for town in [facts["centre"], *facts["towns"]]:
            for adjective in town_adjectives(town):
                found.setdefault(adjective, iso)
    return found


def _subject_adjective(name: str) -> list[str]:
    return [w.casefold().replace("ая", "ий") for w in name.split() if re.search(r"(?:ская|ский)$", w)]


def town_adjectives(town: str) -> set[str]:
    """«Кинешма» → кинешемский, «Шадринск» → шадринский, «Елабуга» → елабужский: as the language derives
    them."""
    low = town.casefold().replace("ё", "е")
    if not low or " " in low:
        return set()
    if low.endswith(("ск", "цк")):
        return {low + "ий"}
    if low.endswith("ец"):
        return {low + "кий"}
    stem = re.sub(r"(?:[аяоеыиьй])$", "", low)
    made = {stem + "ский", stem + "инский"}
    if stem.endswith("л"):
        made.add(stem + "ьский")
    if stem.endswith(("г", "ж")):
        made.add(stem[:-1] + "жский")
    if stem.endswith("с"):
        made.add(stem + "кий")
    if re.search(r"[^аеиоуыэюя]ь?[мнлрк]$", stem):
        made.add(re.sub(r"ь?([мнлрк])$", r"е\1ский", stem))
    return {m for m in made if len(m) > 7}


def find_places(doc: Document) -> Iterator[Place]:
    """Places in text order; where names overlap the longest counts. Streets and persons are left out."""
    index, adjective = _index(), adjectives()
    persons = [n for n in doc.names if n.type == "PER"]
    tokens = doc.tokens
    end = person = 0
    for at in [i for i, t in enumerate(tokens) if len(t.text) > 2 and t.text[0].isupper()]:
        if at < end:
            continue
        token = tokens[at]
        while person < len(persons) and persons[person].stop <= token.start:
            person += 1
        in_person = (
            person < len(persons)
            and persons[person].start <= token.start
            and not (_is_seat(doc, token) or _calls_a_body(tokens, at))
        )
        in_district = _in_districts(tokens, at)
        places, width = ([], 1) if in_person or in_district else _match(doc, at, index, adjective)
        if not _is_address(tokens, at):
            yield from places
        yield from in_district
        end = at + width


_SEAT = re.compile(r"[»\"”],[ \u00a0]$")
_SEAT_ENDS = re.compile(r"[ \u00a0]?(?:[,.;\n]|$)")


def _is_seat(doc: Document, token: Token) -> bool:
    """«Фонд «Луч», Иваново ⏎ Отчёт …»: where the body sits, whatever surname the town is like."""
    return (
        _SEAT.search(doc.text[max(0, token.start - 3) : token.start]) is not None
        and _SEAT_ENDS.match(doc.text, token.stop) is not None
    )


def _calls_a_body(tokens: Sequence[Token], at: int) -> bool:
    """«ведёт его Апатитский комплексный центр»: an adjective before another is nobody's surname."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].has("ADJF") and after is not None and after.text.islower() and after.has("ADJF")


def called_after(doc: Document) -> Iterator[Place]:
    """«омских школьников», «500 тюменцев»: adjectives in small letters of subjects and of their centres, and
    what their people are called, in text order.
    """
    known, people = _subject_adjectives(), _people()
    for token in doc.tokens:
        if len(token.text) < _LEAST_CALLED or not token.text[0].isalpha():
            continue
        iso = next((people[k] for k in sorted(keys(token.text)) if k in people), None)
        if iso is None and len(token.text) > 6 and token.text[0].islower() and token.has("ADJF"):
            iso = next((known[k] for k in sorted(keys(token.text)) if k in known), None)
        if iso is not None:
            yield Place(token.start, token.stop, iso, "adjective")


_LEAST_CALLED = 4  # letters: «омич»


@cache
def _people() -> dict[str, str]:
    """Lemma of «москвич» → RU-MOW."""
    return {name.replace("ё", "е"): iso for iso, names in load("demonyms").items() for name in names}


@cache
def _subject_adjectives() -> dict[str, str]:
    """Without those that say something else too: «советский», «столичный»."""
    return {
        a.replace("ё", "е"): iso
        for iso, facts in load("regions").items()
        for a in facts["adjectives"]
        if a.endswith(("ский", "цкий")) or a == "донской"
    }


def _match(
    doc: Document, at: int, index: dict[str, tuple[_Entry, ...]], adjective: dict[str, str]
) -> tuple[list[Place], int]:
    """The places that the words from token `at` name, and how many words do."""
    tokens = doc.tokens
    here = keys(tokens[at].text)
    subject = _adjective_subject(tokens, at, here, adjective)
    if subject is not None:
        return [Place(tokens[at].start, tokens[at].stop, subject, "subject")], 1
    if _is_function_word(tokens[at].text) or _is_newspaper(tokens, at) or _is_of_patriarch(tokens, at):
        return [], 1
    for entry in _candidates(here, index):
        width = len(entry.words)
        if _same(tokens, at, entry) and not (width == 1 and _is_doubtful(doc, tokens, at, entry)):
            return _lying(tokens[at : at + width], entry), width
    iso = None
    if tokens[at].has("ADJF"):
        iso = next((adjective[k] for k in sorted(here) if k in adjective), None) or told_by(tokens[at].text)
    return ([] if iso is None else [Place(tokens[at].start, tokens[at].stop, iso, "adjective")]), 1


_SHORT = 4  # letters of an abbreviation


def _is_doubtful(doc: Document, tokens: Sequence[Token], at: int, entry: _Entry) -> bool:
    """A common word that begins its sentence («Остров»), an abbreviation like a town («ТИМ «Бирюса»»)."""
    word = tokens[at].text
    if word.isupper():
        dateline = at + 1 < len(tokens) and tokens[at + 1].text in {".", ",", ":", "("}
        return entry.kind == "town" and len(word) <= _SHORT and not dateline
    if not (entry.common or (entry.kind == "town" and _is_common(word))):
        return False
    return _first_in_sentence(doc, tokens[at]) and not _heads_date(doc, tokens[at])


_DATE_AFTER = re.compile(r",[ \u00a0]\d{1,2}(?:\.\d{2}\.\d{2,4}|[ \u00a0][а-я]{3,8}[ \u00a0]\d{4})")


def _heads_date(doc: Document, token: Token) -> bool:
    """«Апатиты, 17.01.2020 г.»: where the report was written, though the word is a mineral too."""
    return _DATE_AFTER.match(doc.text, token.stop) is not None


def _is_newspaper(tokens: Sequence[Token], at: int) -> bool:
    """«Комсомольская правда» is read everywhere."""
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].lemma == "правда"
        and tokens[at].text.casefold().startswith("комсомольск")
    )


def _is_of_patriarch(tokens: Sequence[Token], at: int) -> bool:
    """«Патриарх Московский и всея Руси», «Московский Патриархат»: of the whole church."""
    after = [t.text.casefold() for t in tokens[at + 1 : at + 3]]
    return after == ["и", "всея"] or (bool(after) and after[0].startswith(("патриархат", "патриархи")))


_ADJECTIVAL = re.compile(r"(?:ск(?:ий|ого|ому|им|ом)|ый|ого|ому|ым|ом)$", re.IGNORECASE)


def _lying(words: Sequence[Token], entry: _Entry) -> list[Place]:
    """A place for each subject where the name lies; «Вяземский КЦСОН» may be of the town Вяземский or of a
    district of another subject.
    """
    subjects = set(entry.subjects)
    if entry.kind == "town" and len(words) == 1 and _ADJECTIVAL.search(words[0].text):
        subjects.update(subjects_of(words[0].text))
    start, stop, share = words[0].start, words[-1].stop, 1 / len(subjects)
    return [Place(start, stop, iso, entry.kind, share) for iso in sorted(subjects)]


def _in_districts(tokens: Sequence[Token], at: int) -> list[Place]:
    """«Ершовского района», «Сернурский и Моркинский районы», «МР «Прилузский»»: one place for each subject
    that has such a district."""
    subjects = subjects_of(tokens[at].text)
    if not subjects or not names_district(tokens, at):
        return []
    start, stop, share = tokens[at].start, tokens[at].stop, 1 / len(subjects)
    return [Place(start, stop, iso, "district", share) for iso in subjects]


def _candidates(here: frozenset[str], index: dict[str, tuple[_Entry, ...]]) -> list[_Entry]:
    """The longest names first; of those as long, the centre before a town of a like stem: «в Орле»."""
    found = [e for k in sorted(here) for e in index.get(k, ())]
    return sorted(found, key=lambda e: (-len(e.words), e.kind == "town"))


def _same(tokens: Sequence[Token], at: int, entry: _Entry) -> bool:
    if at + len(entry.words) > len(tokens):
        return False
    for k, wanted in enumerate(entry.words):
        token = tokens[at + k]
        if not keys(token.text) & wanted or (k and tokens[at + k - 1].stop + 2 < token.start):
            return False
        if (
            not token.text[0].isupper()
            and len(entry.words) > 1
            and not any(w in SUBJECT_NOUNS for w in wanted)
        ):
            return False
    return True


_LISTED = 24  # tokens of «Самарская, …, Тульская и Тверская области»


@cache
def _subjects() -> dict[str, str]:
    """«московская область»: the subject that has the adjective in its name."""
    return {a: iso for iso, facts in load("regions").items() for a in _subject_adjective(facts["name"])}


def _adjective_subject(
    tokens: Sequence[Token], at: int, here: frozenset[str], adjective: dict[str, str]
) -> str | None:
    """«Тульской области», «Брянской и Орловской областях»: an adjective that belongs to область, край,
    округ."""
    iso = next((_subjects()[k] for k in sorted(here) if k in _subjects()), None) or next(
        (adjective[k] for k in sorted(here) if k in adjective), None
    )
    if iso is None:
        return None
    for k in range(at + 1, min(at + _LISTED, len(tokens))):
        low = tokens[k].text.casefold()
        if tokens[k].lemma in SUBJECT_NOUNS:
            return iso if tokens[k].lemma != "край" or "край" in load("regions")[iso]["name"] else None
        if low not in {"и", ","} and not tokens[k].has("ADJF"):
            return None
    return None


def _first_in_sentence(doc: Document, token: Token) -> bool:
    return doc.sentence_at(token.start).start >= token.start - 1


_STREET = frozenset(
    {"ул", "улица", "проспект", "пр", "переулок", "площадь", "шоссе", "набережная", "бульвар", "пл", "наб"}
)


def _is_address(tokens: Sequence[Token], at: int) -> bool:
    before = [t for t in tokens[max(0, at - 2) : at] if t.text != "."]
    if any(t.text.casefold() in _STREET or t.lemma in _STREET for t in before[-1:]):
        return True
    return tokens[at].has("ADJF") and any(t.lemma in _VILLAGE for t in before[-1:])


_VILLAGE = frozenset("деревня село посёлок хутор станица аул".split())  # «в деревне Ивановское»


@cache
def genitive(iso: str) -> str:
    """«Тульской области», «Республики Саха (Якутия)»: the subject's name after «министерство …»."""
    facts = load("regions")[iso]
    if "genitive" in facts:
        return str(facts["genitive"])
    name = str(facts["name"])
    match = re.match(r"^[^–(]+", name)
    base = (match[0] if match else name).rstrip()
    words = base.split()
    head = next((k for k, w in enumerate(words) if w.casefold() in SUBJECT_NOUNS), 0)
    made = in_genitive(words[:head], words[head])
    declined = [*made, *words[head + 1 :]] if made else words
    return " ".join(declined) + name[len(base) :]


def same_place(word: str) -> bool:
    """The word is, or derives from, a place of the lexicon."""
    return any(k in _index() or k in adjectives() for k in keys(word))
