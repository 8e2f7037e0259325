"""Are two analysed names the same thing? One small rule after another; the first that knows decides.

Prefers a missed merge to a wrong one: what no rule knows is a different thing, and what is merely alike is
left to people as `unsure`. Knows no table and no judgement of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from .lexicon import lexicon
from .names import Name, Word, squeeze

Answer = Literal["positive", "negative", "unsure"]
ALIKE = 88.0  # token_sort_ratio from which people are asked, 0-100
LONG_ENOUGH = 8  # letters from which a name written in one word or two is the same name
TYPO_FROM = 6  # letters from which one wrong letter is a slip


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is 0-1; `reason` names the rule."""

    answer: Answer
    score: float
    reason: str


def compare(left: Name, right: Name) -> Verdict:
    score = (
        fuzz.token_sort_ratio(" ".join(w.text for w in left.words), " ".join(w.text for w in right.words))
        / 100
    )
    for rule in RULES:
        answer = rule(left, right)
        if answer is not None:
            return Verdict(answer, 1.0 if answer == "positive" else score, rule.__name__)
    return Verdict(
        "unsure" if score * 100 >= ALIKE else "negative",
        score,
        "alike" if score * 100 >= ALIKE else "other_words",
    )


def different_place_or_kind(a: Name, b: Name) -> Answer | None:
    return "negative" if (a.scope, a.group) != (b.scope, b.group) else None


def branch_and_whole(a: Name, b: Name) -> Answer | None:
    return "negative" if a.is_branch != b.is_branch else None


def different_numbers(a: Name, b: Name) -> Answer | None:
    return "negative" if _numbers(a) != _numbers(b) else None


def different_initials(a: Name, b: Name) -> Answer | None:
    return "negative" if a.initials and b.initials and a.initials != b.initials else None


def same_words(a: Name, b: Name) -> Answer | None:
    return "positive" if _same(a.words, b.words) else None


def same_proper_name(a: Name, b: Name) -> Answer | None:
    """«Организация „X“» beside «АНО „X“» or «X»: the legal form is all that differs."""
    if a.is_loose_form and _same(a.core, b.core if b.is_loose_form else b.words):
        return "positive"
    return "positive" if b.is_loose_form and _same(b.core, a.words) else None


def missing_class_of_business(a: Name, b: Name) -> Answer | None:
    """«Банк „X“» beside «X»: one name is just the other's proper name."""
    if a.core and len(a.words) - len(a.core) == 1 and a.entity_kind == "partner" and _same(a.core, b.words):
        return "positive"
    if b.core and len(b.words) - len(b.core) == 1 and b.entity_kind == "partner" and _same(b.core, a.words):
        return "positive"
    return None


def written_together(a: Name, b: Name) -> Answer | None:
    """«Со-действие» and «Содействие», a hashtag and the words it is made of."""
    left, right = _differing(a.words, b.words)
    joined = squeeze(left)
    return "positive" if len(joined) >= LONG_ENOUGH and joined == squeeze(right) else None


def one_slip(a: Name, b: Name) -> Answer | None:
    """One wrong letter that makes a word no dictionary knows."""
    left, right = _differing(a.words, b.words)
    if len(left) != 1 or len(right) != 1 or (left[0].known and right[0].known):
        return None
    x, y = left[0].text, right[0].text
    near = min(len(x), len(y)) >= TYPO_FROM and DamerauLevenshtein.distance(x, y) == 1
    return "positive" if near and len(a.words) > 1 else None


def university_by_letters(a: Name, b: Name) -> Answer | None:
    return "positive" if _is_university_of(a, b) or _is_university_of(b, a) else None


def university_without_eponym(a: Name, b: Name) -> Answer | None:
    if not any(w.lemma in lexicon().universities for w in a.words):
        return None
    return "positive" if _same(_before_eponym(a.words), _before_eponym(b.words)) else None


def letters_spelled_out(a: Name, b: Name) -> Answer | None:
    """«ВЕРА» and «ВЕРА – Всегда Есть Речевая Альтернатива»."""
    for short, full in ((a, b), (b, a)):
        if short.short is None or len(short.words) != 1 or short.short != full.short:
            continue
        if "".join(w.text[0] for w in full.words[1:]) == short.short:
            return "positive"
    return None


RULES: tuple[Callable[[Name, Name], Answer | None], ...] = (
    different_place_or_kind,
    branch_and_whole,
    different_numbers,
    different_initials,
    same_words,
    same_proper_name,
    missing_class_of_business,
    written_together,
    one_slip,
    university_by_letters,
    university_without_eponym,
    letters_spelled_out,
)


def _same(left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    """The same words; only the head of the phrase may stand in another case, what depends on it may not."""
    if len(left) != len(right) or not left:
        return False
    in_head = True
    for a, b in zip(left, right, strict=True):
        if a.text != b.text and not (a.same(b) and (in_head or a.free or b.free)):
            return False
        in_head = in_head and a.modifier and b.modifier
    return True


def _numbers(name: Name) -> list[str]:
    return sorted(w.text for w in name.words if w.text.isdigit())


def _differing(left: tuple[Word, ...], right: tuple[Word, ...]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The middles that remain when the common beginning and the common end are taken away."""
    start = 0
    while start < min(len(left), len(right)) and left[start].same(right[start]):
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end].same(right[-1 - end]):
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def _before_eponym(words: tuple[Word, ...]) -> tuple[Word, ...]:
    at = next((i for i, w in enumerate(words) if w.lemma == "имя"), len(words))
    return words[:at]


def _is_university_of(short: Name, full: Name) -> bool:
    """«ОмГПУ» beside the university's full name: its first letters, or two letters of its first word."""
    head = _before_eponym(full.full)
    if short.short is None or not any(w.lemma in lexicon().universities for w in head):
        return False
    tail_agrees = _same(short.full[1:], full.full[len(head) :]) or len(short.words) == 1
    rest = "".join(w.text[0] for w in head[1:])
    return tail_agrees and short.short in (head[0].text[0] + rest, head[0].text[:2] + rest)
