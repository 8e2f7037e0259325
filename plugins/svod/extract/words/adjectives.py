"""Adjectives and full participles, as what stands before a noun."""

from __future__ import annotations

from svod.language.by_word import by_word
from svod.language.document import Token

ADJECTIVAL = ("ADJF", "PRTF")


@by_word
def is_adjectival(token: Token) -> bool:
    """The likeliest reading is an adjective or a full participle."""
    return bool(token.forms) and token.forms[0].pos in ADJECTIVAL


@by_word
def is_adjectival_or_quote(token: Token) -> bool:
    """«молодых «серебряных» волонтёров»: marks around a modifier do not part it from its noun."""
    return is_adjectival(token) or token.text in ("«", '"', "»")
