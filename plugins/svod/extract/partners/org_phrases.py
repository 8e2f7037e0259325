"""The noun phrase of an organisation's name: how far it reaches to the left and to the right of its head
noun.

«в [Шатровском комплексном центре социального обслуживания населения] накануне»: agreeing adjectives on the
left,
complements, quoted names, «имени …», «№ …» and territories on the right. Whether it is named, who it is and
what
it does is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_bare import bare_name
from svod.extract.partners.org_heads import MINISTERS
from svod.extract.partners.org_levels import LEVELS
from svod.extract.partners.org_seats import take_seat
from svod.extract.partners.org_steps import (
    RIGHT_STEPS,
    take_complement,
    take_preposition,
    take_quote,
    take_republic,
    take_territory_tail,
)
from svod.extract.partners.org_words import (
    abbreviated_type,
    is_legal_form,
    is_university,
    legal_type,
    names_ministry,
    org_type,
)
from svod.extract.publication.places import adjectives, keys, same_place
from svod.extract.words.declension import (
    adjective_forms,
    adjective_nominative,
    agree,
    noun_forms,
    phrase_reading,
    surname_nominative,
    to_nominative,
)
from svod.extract.words.noun_phrases import ORDINAL, is_people, near, noun_lemma, noun_phrase, plain
from svod.language.by_word import by_word
from svod.language.document import Token

MAX_LEFT, MAX_RIGHT = 6, 24


@dataclass(frozen=True, slots=True)
class OrgPhrase:
    """Words `first..last` (last excluded) of a prose, `head` among them; offsets `start..end` in the text."""

    first: int
    head: int
    last: int
    start: int
    end: int


def is_short_form(prose: Prose, at: int) -> bool:
    """A legal form, or an abbreviation right before a quoted name: neither declines."""
    text = prose.words[at].text
    return legal_type(text) is not None or (
        abbreviated_type(text) is not None
        and at + 1 < len(prose.words)
        and near(prose, at, at + 1)
        and prose.quote_at(prose.words[at + 1].start) is not None
    )


@by_word
def is_weak(word: Token) -> bool:
    """An adjective that is no part of a name («новый», «этот»)."""
    return word.lemma.replace("ё", "е") in _weak_adjectives()


@cache
def _weak_adjectives() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in load("organisations")["weak_adjectives"])


def read_phrase(prose: Prose, head: int) -> OrgPhrase:
    """The phrase around a head noun or a legal form."""
    if is_university(prose.words[head].text):
        first = head
    else:
        first = _left_forms(prose, head) if is_legal_form(prose.words[head].text) else _left(prose, head)
    last = _right(prose, head)
    first = _without_town(prose, first, head)
    return OrgPhrase(first, head, last, prose.words[first].start, prose.words[last - 1].stop)


_MEMBERS = frozenset({"организация", "общество", "отделение", "союз", "епархия", "филиал"})


def _without_town(prose: Prose, first: int, head: int) -> int:
    """«псковский фонд «Возвращение»»: the town of a body that has a name of its own is no part of it, unless
    it is written with a capital.
    """
    words = prose.words
    if first == head or head + 1 >= len(words) or prose.quote_at(words[head + 1].start) is None:
        return first
    town = words[first]
    official = words[first + 1].lemma in load("projects")["levels"] or words[head].lemma in _MEMBERS
    if official or not any(k in adjectives() for k in keys(town.text)):
        return first  # «Пермская краевая организация «X»» is its name in full
    return first + 1 if town.text.islower() else first


def _left_forms(prose: Prose, head: int) -> int:
    """«СПб БОО», «НО БФ»: short forms before the legal form."""
    first = head
    while first > 0 and head - first < 2 and near(prose, first - 1, first):
        text = prose.words[first - 1].text
        if text != "СПб" and not (
            text.isupper() and text.isalpha() and 2 <= len(text) <= 4 and is_legal_form(text)
        ):
            break
        first -= 1
    if legal_type(prose.words[head].text) in {"institution", "authority"} or prose.words[head].text in _WORKS:
        while first > 0 and head - first < 3 and near(prose, first - 1, first) and _placed(prose, first - 1):
            first -= 1
    return first


_WORKS = frozenset("ЛПК ЦБК ГОК АЭС ГРЭС ТЭЦ НПЗ РМЗ ЛДК ДОК ПЧ НК РЭС ДРСУ ЖБИ КХП ГЭС".split())


_PLACED = re.compile(r"^[А-ЯЁ].*[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое)$")


def _placed(prose: Prose, at: int) -> bool:
    """«Каменский» before «КЦСОН», «Бежецкой» before «ЦРБ»: where it is, or of what level."""
    word = prose.words[at]
    placed = word.text[:1].isupper() and _PLACED.search(word.text)
    leveled = word.lemma in load("projects")["levels"] and at > 0 and _PLACED.search(prose.words[at - 1].text)
    return bool(placed or leveled) and adjective_nominative(word.text) is not None


def _left(prose: Prose, head: int) -> int:
    word = prose.words[head].text
    readings = noun_forms(word)
    first = head
    while first > 0 and head - first < MAX_LEFT and near(prose, first - 1, first):
        before = prose.words[first - 1]
        if ORDINAL.match(before.text):
            first -= 1
            continue
        if before.text == "и" and first < head and _two_places(prose, first, word):
            first -= 2
            continue
        agreed = readings & agree(before.text, word)
        if not agreed or not adjective_forms(before.text) or _is_verbal(before) or before.lemma == "глава":
            break
        readings = agreed
        first -= 1
    while first < head and is_weak(prose.words[first]):
        first += 1
    return first


def _two_places(prose: Prose, at: int, noun: str) -> bool:
    """«Пятигорская и Черкесская епархия»: both adjectives are of places and agree."""
    pair = prose.words[at - 2 : at + 1 : 2] if at >= 2 and near(prose, at - 2, at - 1) else ()
    return len(pair) == 2 and all(
        w.text[:1].isupper() and re.search(r"[сц]к[а-яё]{2,3}$", w.text) and agree(w.text, noun) for w in pair
    )


def _is_verbal(word: Token) -> bool:
    """A participle in a sentence of its own («созданный»), unless it is written as a part of the name."""
    if word.forms[0].pos != "PRTF" or not word.text.islower():
        return False
    return word.forms[0].score > 0.5 or all(f.pos == "PRTF" and "pssv" in f.grammemes for f in word.forms)


def _right(prose: Prose, head: int) -> int:
    """Index after the last word: every step may take some more words; the first that does, goes on."""
    last = head + 1
    while last < len(prose.words) and last - head < MAX_RIGHT:
        if not prose.same_block(prose.words[last].start, prose.words[head].start):
            break
        taken = next((n for step in RIGHT_STEPS if (n := step(prose, head, last)) > last), last)
        if taken == last:
            break
        closed = prose.words[taken - 1].text in {"»", "”", '"', "“"}
        last = taken
        if closed:
            return _territory_after(prose, head, last)
    return _owner_below(prose, head, last)


_OWNERS = frozenset({"администрация", "мэрия", "министерство", "правительство", "департамент", "исполком"})


def _owner_below(prose: Prose, head: int, last: int) -> int:
    """A letterhead of two lines: «Комитет по делам молодёжи / администрации города Костромы»."""
    words = prose.words
    if last >= len(words) or words[last].lemma not in _OWNERS or not words[last].text.islower():
        return last
    between = prose.text[words[last - 1].stop : words[last].start]
    if between.strip() or between.count("\n") != 1 or not words[last].has("NOUN", "gent", "sing"):
        return last
    taken = last + 1
    while taken < len(words) and prose.same_block(words[taken].start, words[last].start):
        more = next((n for step in RIGHT_STEPS if (n := step(prose, head, taken)) > taken), taken)
        if more == taken:
            break
        taken = more
    return taken


_BRANCHES = frozenset({"филиал", "отделение", "представительство"})
_SEATS = frozenset({"район", "округ", "область", "край", "республика"})


_SUBJECTS = frozenset({"область", "край", "республика"})


def _shows_no_other_case(town: str) -> bool:
    """A genitive, or a town's name that does not decline: no «Семья» Москва»."""
    return any(case == "gent" for case, _, _ in noun_forms(town))


def _territory_after(prose: Prose, head: int, last: int) -> int:
    """«муниципальное образование «Кезский район» Удмуртской Республики»: a quoted name may have its subject
    after it."""
    if prose.words[head].lemma in _BRANCHES and last < len(prose.words):
        named_after = last + 1 < len(prose.words) and near(prose, last - 1, last)
        if named_after and is_legal_form(prose.words[last].text):
            named = take_quote(prose, head, last + 1)  # «филиал «Северный» АО «Рыбпром»»
            return named if named > last + 1 else last
        return _of_subject(prose, head, last)
    kind = org_type(noun_lemma(prose.words[head]))
    if kind in {"institution", "ngo"} and (seat := _seat_after(prose, last)) > last:
        return seat
    if kind == "institution" and last < len(prose.words) and (seat := take_seat(prose, head, last)) > last:
        if prose.words[seat - 1].lemma in _SUBJECTS:
            return last  # «центр «Парус» в Тульской области»: where, no part of the name
        return seat
    if kind != "authority" and prose.words[head].lemma != "образование":
        return last
    taken = take_complement(prose, head, last)
    return (
        taken
        if taken > last and prose.words[taken - 1].lemma in {"область", "край", "республика", "район"}
        else last
    )


def _of_subject(prose: Prose, head: int, last: int) -> int:
    """«филиал фонда «X» по Республике Дагестан», «… по РСО-Алания», «… в Амурской области»: which branch."""
    words = prose.words
    if not near(prose, last - 1, last) or words[last].text not in {"по", "в"} or last + 1 >= len(words):
        return last
    if words[last].text == "по":
        taken = take_preposition(prose, head, last)
        if taken == last and _IN_LETTERS.match(words[last + 1].text):
            return last + 2
    else:
        taken = noun_phrase(prose, last + 1, ("loct",))
        if taken == last + 1 or words[taken - 1].lemma not in _SUBJECTS | {"округ"}:
            return last
    for step in (take_republic, take_territory_tail):
        taken = step(prose, head, taken) if taken < len(words) else taken
    return taken


_IN_LETTERS = re.compile(r"^[А-ЯЁ]{2,4}(?:-[А-ЯЁ][а-яё]+)?$")  # «РТ», «ЯНАО», «РСО-Алания»


def _seat_after(prose: Prose, last: int) -> int:
    """«центр «Смена» Медвежьегорского района», «центр «Семья» Тольятти»: whose it is, right behind."""
    words = prose.words
    if last >= len(words) or not near(prose, last - 1, last) or not words[last].text[:1].isupper():
        return last
    if last + 1 < len(words) and near(prose, last, last + 1) and words[last + 1].lemma in _SEATS:
        return (
            last + 2
            if words[last + 1].text.islower() and agree(words[last].text, words[last + 1].text)
            else last
        )
    return last + 1 if same_place(words[last].text) and _shows_no_other_case(words[last].text) else last


def ministry_name(word: str) -> str:
    """«Минтрудом» → «Минтруд»; «Минсоцзащиты», «Минобрнауки» do not change."""
    if re.search(r"(?:ты|ки|ия|ры|ьи|ции|ды|сти|ны)$", word):
        return word
    if re.search(r"стро(?:я|ю|ем|е)$", word):
        return re.sub(r"(?:я|ю|ем|е)$", "й", word)
    return re.sub(r"(?<=[бвгджзклмнпрстфхц])(?:а|у|ом|е)$", "", word)


def is_no_body(prose: Prose, phrase: OrgPhrase) -> bool:
    """«организация досуга населения», «для организации Чемпионата»: what is done, no body; «центр района» is
    a place. A body has an adjective before it, a name, or those who make it up behind it.
    """
    words = prose.words
    if phrase.first < phrase.head:
        return False
    if words[phrase.head].lemma == "центр":  # «Центром Пыщугского района является село»
        return words[phrase.last - 1].lemma in {"район", "округ"} and all(
            w.has("ADJF", "gent") for w in words[phrase.head + 1 : phrase.last - 1]
        )
    if words[phrase.head].lemma != "организация":
        return False
    k = phrase.head + 1
    while k < phrase.last and words[k].forms[0].pos == "ADJF" and words[k].text.islower():
        k += 1
    if k >= phrase.last or words[k].forms[0].pos != "NOUN" or words[k].text.isupper():
        return False
    return not (is_people(words[k]) or same_place(words[k].text) or org_type(noun_lemma(words[k])))


_ORDINALS = {"masc": "-й", "femn": "-я", "neut": "-е"}  # «22-й гимназии» → «22-я гимназия»
_ORDINAL_END = re.compile(r"-[а-яё]{1,3}$")
_SHORT_FORM = re.compile(r"\s*\([А-ЯЁ]{2,8}\)\s+(?=[«\"„“])")


def _whole_in_quotes(head: str, tail: str) -> str | None:
    """«фонда «Фонд продовольствия «Русь»»: the quoted name has the head noun itself."""
    inner = tail[1:].removesuffix("»") if tail.startswith("«") and tail.endswith("»") else ""
    first = inner.partition(" ")[0]
    if (
        len(first) < _SHORTEST
        or not head.casefold().startswith(first.casefold()[:-1])
        or not first[0].isupper()
    ):
        return None
    return inner + "»" * (inner.count("«") - inner.count("»"))


_SHORTEST = 4  # letters of «Фонд»


def phrase_name(prose: Prose, phrase: OrgPhrase) -> str | None:
    """The name in the nominative: head and adjectives declined, the rest as it stands. None for a plural."""
    words = prose.words
    head = words[phrase.head].text
    tail = _SHORT_FORM.sub(" ", plain(prose.text[words[phrase.head].stop : phrase.end])).strip().rstrip(",")
    if (whole := _whole_in_quotes(head, tail)) is not None:
        return whole
    if head == "ИП" and phrase.last > phrase.head + 1:
        surname = words[phrase.head + 1]
        return f"ИП {surname_nominative(surname.text)} {plain(prose.text[surname.stop : phrase.end])}".strip()
    if is_short_form(prose, phrase.head) or is_university(head):
        before = [w.text for w in words[phrase.first : phrase.head]]
        placed = " ".join(w if w.isupper() else adjective_nominative(w) or w for w in before)
        return f"{placed} {plain(prose.text[words[phrase.head].start : phrase.end])}".strip()
    if words[phrase.head].lemma in MINISTERS:
        return f"Министерство {tail}"
    if names_ministry(head):
        level = words[phrase.first]
        level_name = adjective_nominative(level.text) if level.lemma in LEVELS else None
        name = f"{level_name or ''} {ministry_name(head)} {tail}".strip()
        return name[:1].upper() + name[1:]
    brand = bare_name(head) if phrase.first == phrase.head and phrase.last == phrase.head + 1 else head
    if brand != head:  # «Сбером»
        return brand
    spelt = re.match(r"^([А-ЯЁ]{2,}|[А-ЯЁ][а-яё]?[А-ЯЁ]{2,})(?:[а-яё]{1,2})?$", head)
    if spelt and phrase.first == phrase.head:  # «ТЮЗом»
        return f"{spelt[1]} {tail}".strip()
    left = [w.text for w in words[phrase.first : phrase.head]]
    adjectives = [w for w in left if w != "и" and not ORDINAL.match(w)]
    made = to_nominative(adjectives, head)
    if made is not None and org_type(made[1].casefold()) is None:  # «банка «X»»: not a jar
        oblique = to_nominative(adjectives, head, ("gent",))
        made = oblique if oblique is not None and org_type(oblique[1].casefold()) is not None else made
    if made is None:
        return None
    reading = phrase_reading(adjectives, head)
    quoted = phrase.head + 1 < phrase.last and prose.quote_at(words[phrase.head + 1].start) is not None
    if (
        reading is not None
        and reading[1] == "plur"
        and not (quoted and org_type(noun_lemma(words[phrase.head])) == "business")
    ):
        return None
    declined = iter(made[0])
    ending = _ORDINALS.get(reading[2] if reading is not None else "", "")
    front = [
        _ORDINAL_END.sub(ending, w) if ORDINAL.match(w) else w if w == "и" else next(declined) for w in left
    ]
    name = " ".join([*front, made[1]]) + (" " if tail and not tail.startswith((",", ")")) else "") + tail
    return name[:1].upper() + name[1:]
