"""What stands after a quoted name and says what it is: «X» — проект центра; «X» (клуб); «A», «B» — в этих
проектах.
"""

from __future__ import annotations

import re

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.partners.org_words import org_type
from svod.extract.projects.project_hints import VERBS, Head
from svod.extract.words.declension import noun_forms
from svod.extract.words.kind_words import companions, kind_of, lemma, turned_kind
from svod.language.document import Token

_RIGHT = re.compile(r"^\s*(?:[–—-]\s+(?:это\s+)?|\(|,\s+)")


def right_head(prose: Prose, quote: Quote) -> Head | None:
    """«X» — проект нашего центра; «X», кризисная комната; «X» (клуб); «A», «B» — в этих проектах."""
    match = _RIGHT.match(prose.text[quote.end : quote.end + 12])
    if match is None:
        return None
    after_dash = not match[0].lstrip().startswith((",", "("))
    if not after_dash and _has_noun(prose, quote):
        return None
    at = prose.index(quote.end + match.end())
    if not after_dash and at < len(prose.words) and prose.words[at].lemma in _RELATIVE:
        return None  # «открыт «X», где курс прошли …»
    these = False
    for k in range(at, min(at + (9 if after_dash else 3), len(prose.words))):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start) or word.text in {".", "!", "?", "«", ";", ":"}:
            return None
        these = these or word.text.casefold() in {"этих", "эти", "этим", "таких", "такие"}
        kind = kind_of(word)
        if (
            kind is not None
            and (these or not after_dash or is_nominative(word))
            and word.forms[0].pos == "NOUN"
        ):
            if "(" in match[0] and any(w.text in {"«", '"', "“", "„"} for w in prose.words[k + 1 : k + 2]):
                return None  # «газета «X» (проект «Y»)»
            kind, _ = turned_kind(prose, k, kind)
            return Head("project", kind, quote.start, "right_apposition", word=lemma(word))
        if not after_dash and org_type(lemma(word)) is not None:
            return Head("organisation", None, quote.start, "right_organisation", word=lemma(word))
        if any(f.pos in VERBS for f in word.forms[:1]):
            return None
        if word.forms[0].pos == "NOUN" and not _contrasted(prose, k):
            return None
    return None


_RELATIVE = frozenset({"где", "куда", "откуда", "когда", "который", "чей"})


def _has_noun(prose: Prose, quote: Quote) -> bool:
    """A noun right before the name says what it is already: «сектора «Заря», группы …»."""
    at = prose.index(quote.start) - 1
    word = prose.words[at] if at >= 0 else None
    if word is None or not prose.same_block(word.start, quote.start) or not word.forms:
        return False
    return (
        word.forms[0].pos == "NOUN" and "inan" in word.forms[0].grammemes and lemma(word) not in companions()
    )


def _contrasted(prose: Prose, k: int) -> bool:
    """«это не посиделки, а проект»."""
    return any(w.text == "не" for w in prose.words[max(0, k - 3) : k])


def is_nominative(word: Token) -> bool:
    return any(case == "nomn" for case, _, _ in noun_forms(word.text))
