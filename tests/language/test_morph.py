"""Word forms and inflection."""

from __future__ import annotations

from svod.language.morph import forms, inflect

NOMINATIVE = frozenset({"nomn", "sing", "masc"})


def test_forms_in_any_case_of_letters() -> None:
    assert forms("СЕМЕЙ")[0].lemma == "семья"
    assert forms("семей") == forms("СЕМЕЙ")
    assert len(forms("а" * 10_000)) >= 1


def test_inflect_starts_from_the_reading() -> None:
    reading = next(f for f in forms("обученных") if f.pos == "PRTF" and "gent" in f.grammemes)
    assert inflect("обученных", reading, NOMINATIVE) == "обученный"
    assert inflect("семей", forms("семей")[0], frozenset({"3per"})) is None
