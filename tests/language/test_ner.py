"""The quick tagger gives slovnet's own tags, whatever passages stand together."""

from __future__ import annotations

from pathlib import Path

from svod.language import cutting, ner
from svod.language._natasha import name_tagger, ner_model

REPORTS = sorted((Path(__file__).parents[1] / "eval" / "reports").glob("*.txt"))


def passages() -> list[list[str]]:
    """The reports' words, some paragraphs alone, some reports whole."""
    texts = [p.read_text(encoding="utf-8") for p in REPORTS[::3]]
    cut = [[t for _, _, t in cutting.tokens(text)][:500] for text in texts]
    lines = [line for text in texts[:8] for line in text.splitlines() if line.strip()]
    return cut + [[t for _, _, t in cutting.tokens(line)] for line in lines] + [["Вологда"], ["и"]]


def slovnet(words: list[str]) -> list[str]:
    infer = ner_model().infer
    return list(*infer.decoder(infer.process(infer.encoder([words]))))


def test_the_same_tags_as_slovnet() -> None:
    chosen = passages()
    assert name_tagger()(chosen) == [slovnet(words) for words in chosen]


def test_the_same_tags_alone_and_when_old_words_are_forgotten() -> None:
    chosen = passages()[-60:]
    together = name_tagger()(chosen)
    assert [name_tagger()([words])[0] for words in chosen] == together
    small = ner.Tagger(ner_model(), known_words=400)
    assert [small([words])[0] for words in chosen if len(set(words)) < 400] == [
        tags for words, tags in zip(chosen, together, strict=True) if len(set(words)) < 400
    ]


def test_nothing_to_tag() -> None:
    assert name_tagger()([]) == []
