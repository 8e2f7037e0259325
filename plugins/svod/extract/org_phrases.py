"""The noun phrase of an organisation's name: how far it reaches to the left and to the right of its head noun.

«в [Ипатовском комплексном центре социального обслуживания населения] накануне»: agreeing adjectives on the left,
complements, quoted names, «имени …», «№ …» and territories on the right. Whether it is named, who it is and what
it does is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from svod.language.document import Token

from .declension import CASES, adjective_forms, agree, noun_forms, phrase_reading, to_nominative
from .lexicon import load
from .org_words import is_legal_form, is_ministry, legal_type, org_type
from .places import keys
from .prose import Prose

MAX_LEFT, MAX_RIGHT = 6, 24
_INITIAL = re.compile(r"^[А-ЯЁ]\.?$")
_SETTLEMENTS = frozenset({"город", "село", "посёлок", "станица", "деревня", "пгт"})
_ORDINAL = re.compile(r"^\d{1,3}-?[а-яё]{1,3}$")
_SPACE = re.compile(r"\s+")
_LINK_MARK = re.compile(r"\[(?:club|public|event|id)-?\d+\||\]")


@dataclass(frozen=True, slots=True)
class OrgPhrase:
    """Words `first..last` (last excluded) of a prose, `head` among them; offsets `start..end` in the text."""

    first: int
    head: int
    last: int
    start: int
    end: int


def is_weak(word: Token) -> bool:
    """An adjective that is no part of a name («новый», «этот»)."""
    return word.lemma.replace("ё", "е") in _weak_adjectives()


def _weak_adjectives() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in load("organisations")["weak_adjectives"])


def near(prose: Prose, a: int, b: int) -> bool:
    """Words a and b are in one block with nothing but a space or a link's mark between them."""
    if b >= len(prose.words):
        return False
    left, right = prose.words[a], prose.words[b]
    between = prose.text[left.stop : right.start]
    if "\n" in between and not _flows(prose, right.start):
        return False
    return len(between) < 40 and not _LINK_MARK.sub("", between).strip()


def _flows(prose: Prose, offset: int) -> bool:
    """A line break inside a paragraph, not between the cells of a table."""
    block = prose.block(offset)
    return block is not None and block.kind in {"paragraph", "lead", "list_item", "list_head"}


def read_phrase(prose: Prose, head: int) -> OrgPhrase:
    """The phrase around a head noun or a legal form."""
    first = _left_forms(prose, head) if is_legal_form(prose.words[head].text) else _left(prose, head)
    last = _right(prose, head)
    return OrgPhrase(first, head, last, prose.words[first].start, prose.words[last - 1].stop)


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
    return first


def _left(prose: Prose, head: int) -> int:
    word = prose.words[head].text
    readings = noun_forms(word)
    first = head
    while first > 0 and head - first < MAX_LEFT and near(prose, first - 1, first):
        before = prose.words[first - 1]
        if _ORDINAL.match(before.text):
            first -= 1
            continue
        agreed = readings & agree(before.text, word)
        if not agreed or not adjective_forms(before.text) or _is_verbal(before):
            break
        readings = agreed
        first -= 1
    while first < head and is_weak(prose.words[first]):
        first += 1
    return first


def _is_verbal(word: Token) -> bool:
    """A participle in a sentence of its own («созданный»), unless it is written as a part of the name."""
    return word.forms[0].pos == "PRTF" and word.text.islower() and word.forms[0].score > 0.5


Step = Callable[[Prose, int, int], int]


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
    return last


def _territory_after(prose: Prose, head: int, last: int) -> int:
    """«муниципальное образование «Ярцевский район» Смоленской области»: a quoted name may have its subject after it."""
    if org_type(_lemma(prose.words[head])) != "authority" and prose.words[head].lemma != "образование":
        return last
    taken = take_complement(prose, head, last)
    return (
        taken
        if taken > last and prose.words[taken - 1].lemma in {"область", "край", "республика", "район"}
        else last
    )


def _lemma(word: Token) -> str:
    noun = next((f for f in word.forms if f.pos == "NOUN"), None)
    return noun.lemma if noun else word.text.casefold()


def take_quote(prose: Prose, head: int, at: int) -> int:
    quote = prose.quote_at(prose.words[at].start)
    return at if quote is None or not near(prose, at - 1, at) else prose.index(quote.end)


def take_number(prose: Prose, head: int, at: int) -> int:
    if prose.words[at].text == "№" and at + 1 < len(prose.words) and prose.words[at + 1].text[:1].isdigit():
        return at + 2
    return at


def take_eponym(prose: Prose, head: int, at: int) -> int:
    """«имени М. К. Аммосова», «им. Тенишевых»."""
    if prose.words[at].text.casefold() not in {"имени", "им"}:
        return at
    k = at + 1
    words = prose.words
    while k < len(words) and k < at + 10 and near(prose, k - 1, k):
        text = words[k].text
        dot = text == "." and (
            words[k - 1].text.casefold() == "им" or _INITIAL.match(words[k - 1].text) is not None
        )
        rank = k == at + 1 and text.islower() and words[k].has("NOUN", "anim", "gent")  # «имени адмирала …»
        if not (dot or rank or text[:1].isupper()) or prose.quote_at(words[k].start):
            break
        k += 1
    return k if k > at + 1 else at


def take_republic(prose: Prose, head: int, at: int) -> int:
    """«Республики Карелия»: the name after «республика» need not agree."""
    after = prose.words[at - 1].lemma == "республика" and prose.words[at].text[:1].isupper()
    return at + 1 if after and at > head + 1 and near(prose, at - 1, at) else at


def take_legal(prose: Prose, head: int, at: int) -> int:
    """A form of several words: «БУ СО ВО «…»», «СПб БОО «…»»; «Отделение СФР»."""
    word = prose.words[at].text
    if not (word.isupper() and 2 <= len(word) <= 8 and word.isalpha() and near(prose, at - 1, at)):
        return at
    return at + 1


def take_complement(prose: Prose, head: int, at: int) -> int:
    """A noun in the genitive (after «помощь», «содействие» in the dative) with the adjectives before it."""
    if not near(prose, at - 1, at):
        return at
    if prose.words[at - 1].lemma in _SETTLEMENTS and prose.words[at].text[:1].isupper() and at > head + 1:
        return at + 1
    return _noun_phrase(prose, at, _governed(prose, at - 1), stop_at_person=True)


def _governed(prose: Prose, before: int) -> tuple[str, ...]:
    if prose.words[before].lemma in {"помощь", "содействие", "поддержка", "служба", "услуга"}:
        return ("gent", "datv")
    return ("gent",)


def _noun_phrase(prose: Prose, at: int, cases: tuple[str, ...], *, stop_at_person: bool = False) -> int:
    """Index after «adjectives noun» in one of the cases, or `at`."""
    k = at
    words = prose.words
    while k < len(words) and k < at + 7 and (k == at or near(prose, k - 1, k)):
        word = words[k]
        if stop_at_person and word.text[:1].isupper() and _is_person(prose, word):
            return at
        if _is_noun_in(word, cases) and not (k > at and not _agrees(words[at:k], word, cases)):
            return k + 1
        if (
            k > at
            and word.text in {",", "и"}
            and k + 1 < len(words)
            and _is_adjective_in(words[k + 1], cases)
        ):
            k += 1  # «социальной и демографической политики»
            continue
        if not _is_adjective_in(word, cases) and not _ORDINAL.match(word.text):
            return at
        if word.has("ADJF", "plur") and k + 1 < len(words) and prose.quote_at(words[k + 1].start):
            return k + 1  # «сеть кондитерских «Сладко»»
        k += 1
    return at


def _is_adjective_in(word: Token, cases: tuple[str, ...]) -> bool:
    return any(case in cases for case, _, _ in adjective_forms(word.text))


def _is_noun_in(word: Token, cases: tuple[str, ...]) -> bool:
    if not word.text[:1].isalpha() or word.forms[0].pos in {
        "VERB",
        "PREP",
        "CONJ",
        "ADVB",
        "INFN",
        "PRCL",
        "NPRO",
    }:
        return word.text[:1].isupper() and word.text.casefold() in {"эл", "саха"}
    likeliest = word.forms[0].score
    if any(f.pos in {"PREP", "CONJ"} or (f.pos == "VERB" and f.score >= likeliest) for f in word.forms):
        return False
    if word.lemma in _substantives() and word.has("ADJF", "plur", "gent") and "gent" in cases:
        return True
    return any(case in cases for case, _, _ in noun_forms(word.text)) or word.text in {"РФ", "Эл", "Саха"}


def _substantives() -> frozenset[str]:
    """Adjectives that name people: «общество слепых»."""
    return frozenset(load("organisations")["substantives"])


def _agrees(adjectives: tuple[Token, ...], noun: Token, cases: tuple[str, ...]) -> bool:
    return any(
        phrase_reading([a.text for a in adjectives if adjective_forms(a.text)], noun.text, (c,))
        for c in cases
    )


def _is_person(prose: Prose, word: Token) -> bool:
    return any(
        n.type == "PER" and n.start <= word.start < n.stop for n in prose.doc.names_in(word.start, word.stop)
    )


def take_epithet(prose: Prose, head: int, at: int) -> int:
    """An adjective after its noun: «Вознесения Господня»."""
    word = prose.words[at]
    if (
        at == head + 1
        or not word.text[:1].isupper()
        or not near(prose, at - 1, at)
        or word.forms[0].pos == "NOUN"
    ):
        return at
    return (
        at + 1
        if _is_adjective_in(word, ("gent",)) and _agrees((word,), prose.words[at - 1], ("gent",))
        else at
    )


def take_coordination(prose: Prose, head: int, at: int) -> int:
    """«труда, занятости и социальной защиты»: complements of one kind, the last after «и»."""
    if at == head + 1 or prose.words[at].text not in {",", "и"}:
        return at
    cases = _case_of(prose.words[at - 1])
    k, closed = at, at
    while k < len(prose.words) and k < at + 16 and prose.words[k].text in {",", "и"}:
        taken = _noun_phrase(prose, k + 1, cases, stop_at_person=True)
        if taken == k + 1 or not _same_sort(prose, at - 1, k + 1, taken):
            return closed
        while (more := take_complement(prose, head, taken)) > taken:
            taken = more
        if prose.words[k].text == "и" or any(w.text == "и" for w in prose.words[k:taken]):
            closed = taken
        k = taken
    return closed


def _case_of(word: Token) -> tuple[str, ...]:
    found = tuple(
        c for c in ("gent", "datv", "loct", "ablt") if any(c == case for case, _, _ in noun_forms(word.text))
    )
    return found or ("gent",)


def _same_sort(prose: Prose, before: int, first: int, last: int) -> bool:
    """Things with things, people with people; no capital, no further organisation."""
    if any(w.text[:1].isupper() for w in prose.words[first:last]):
        return False
    noun, previous = prose.words[last - 1], prose.words[before]
    if org_type(_lemma(noun)) is not None and org_type(_lemma(previous)) is None:
        return False
    if all(any(case == "datv" for case, _, _ in noun_forms(w.text)) for w in (noun, previous)):
        return True  # «помощи семье и детям»
    return not _is_people(noun) or _is_people(previous) or previous.lemma in _substantives()


def _is_people(word: Token) -> bool:
    return bool(word.forms) and "anim" in word.forms[0].grammemes


def take_preposition(prose: Prose, head: int, at: int) -> int:
    """«по социальной защите», «для умственно отсталых детей», «с ограниченной ответственностью»."""
    word = prose.words[at].text.casefold()
    if at + 1 >= len(prose.words) or not near(prose, at - 1, at):
        return at
    after = prose.words[at + 1]
    if word == "по":
        taken = _noun_phrase(prose, at + 1, ("datv",))
        noun = prose.words[taken - 1].lemma if taken > at + 1 else ""
        return taken if noun and noun not in load("organisations")["not_after_po"] else at
    if word == "для":
        k = at + 1
        while k < len(prose.words) and prose.words[k].has("ADVB") and k < at + 3:
            k += 1
        taken = _noun_phrase(prose, k, ("gent",))
        named = taken > k and prose.words[taken - 1].lemma in load("organisations")["groups"]
        return taken if named else at
    if word == "с" and after.lemma.startswith("ограничен"):
        taken = _noun_phrase(prose, at + 1, ("ablt",))
        return taken if taken > at + 1 else at
    return at


def take_participle(prose: Prose, head: int, at: int) -> int:
    """«детей, находящихся в трудной жизненной ситуации», «оставшихся без попечения родителей»."""
    words = prose.words
    if words[at].text != "," or at + 3 >= len(words) or not words[at - 1].has("NOUN", "plur"):
        return at
    if (
        not any(f.pos == "PRTF" and "plur" in f.grammemes for f in words[at + 1].forms)
        or words[at + 2].forms[0].pos != "PREP"
    ):
        return at
    taken = _noun_phrase(prose, at + 3, CASES)
    if taken == at + 3:
        return at
    return max(taken, take_complement(prose, head, taken)) if taken < len(words) else taken


def take_person(prose: Prose, head: int, at: int) -> int:
    """«Фонд Елены и Геннадия Тимченко»: a fund may bear a person's name."""
    words = prose.words
    if prose.words[head].lemma != "фонд" or not near(prose, at - 1, at):
        return at
    k = at
    while k < len(words) and k < at + 6 and near(prose, k - 1, k):
        joins = words[k].text == "и" and k > at and k + 1 < len(words) and words[k + 1].text[:1].isupper()
        if not joins and not (
            words[k].text[:1].isupper() and words[k].has("NOUN", "gent") and _is_people(words[k])
        ):
            break
        k += 1
    return k


def take_attached(prose: Prose, head: int, at: int) -> int:
    """«центр при храме Рождества Христова»."""
    words = prose.words
    if words[at].text != "при" or at + 1 >= len(words) or org_type(_lemma(words[head])) != "institution":
        return at
    host = next((f.lemma for f in words[at + 1].forms if f.pos == "NOUN" and "loct" in f.grammemes), "")
    return at + 2 if org_type(host) in {"institution", "other"} else at


def take_territory_tail(prose: Prose, head: int, at: int) -> int:
    """«Саха (Якутия)», «округа – Югры»."""
    words = prose.words
    if at + 1 >= len(words):
        return at
    named = words[at + 1].text[:1].isupper()
    if (
        words[at].text == "("
        and named
        and at + 2 < len(words)
        and words[at + 2].text == ")"
        and words[at - 1].text == "Саха"
    ):
        return at + 3
    if (
        words[at].text in {"–", "—", "-"}
        and named
        and keys(words[at + 1].text) & {"югра", "кузбасс", "алания"}
    ):
        return at + 2
    return at


def take_latin(prose: Prose, head: int, at: int) -> int:
    """«Центр – SOS Мурманск»: a name in Latin letters, perhaps with a town, after a dash."""
    words = prose.words
    k = at + 1 if words[at].text in {"–", "—", "-"} else at
    if k >= len(words) or not re.match(r"^[A-Z][A-Za-z-]+$", words[k].text):
        return at
    k += 1
    while k < len(words) and k < at + 5 and words[k].text[:1].isupper() and near(prose, k - 1, k):
        k += 1
    return k


RIGHT_STEPS: tuple[Step, ...] = (
    take_quote,
    take_number,
    take_eponym,
    take_person,
    take_complement,
    take_attached,
    take_republic,
    take_epithet,
    take_legal,
    take_preposition,
    take_coordination,
    take_participle,
    take_territory_tail,
    take_latin,
)


def ministry_name(word: str) -> str:
    """«Минтрудом» → «Минтруд»; «Минсоцзащиты», «Минобрнауки» do not change."""
    if re.search(r"(?:ты|ки|ия|ры|ьи|ции|ды|сти|ны)$", word):
        return word
    return re.sub(r"(?<=[бвгджзклмнпрстфхц])(?:а|у|ом|е)$", "", word)


def phrase_name(prose: Prose, phrase: OrgPhrase) -> str | None:
    """The name in the nominative: head and adjectives declined, the rest as it stands. None for a plural."""
    words = prose.words
    head = words[phrase.head].text
    tail = plain(prose.text[words[phrase.head].stop : phrase.end])
    if legal_type(head) is not None:
        return plain(prose.text[phrase.start : phrase.end])
    if is_ministry(head):
        return f"{ministry_name(head)} {tail}".strip()
    left = [w.text for w in words[phrase.first : phrase.head]]
    adjectives = [w for w in left if not _ORDINAL.match(w)]
    made = to_nominative(adjectives, head)
    if made is None:
        return None
    reading = phrase_reading(adjectives, head)
    if reading is not None and reading[1] == "plur":
        return None
    declined = iter(made[0])
    front = [w if _ORDINAL.match(w) else next(declined) for w in left]
    name = " ".join([*front, made[1]]) + (" " if tail and not tail.startswith((",", ")")) else "") + tail
    return name[:1].upper() + name[1:]


def plain(text: str) -> str:
    """Without link marks, spaces made even."""
    return _SPACE.sub(" ", _LINK_MARK.sub("", text).replace("\u00a0", " ")).strip()
