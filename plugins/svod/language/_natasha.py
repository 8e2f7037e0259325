"""The one place that makes slovnet and navec importable and finds the models inside natasha's wheel.

natasha's own package imports pymorphy2, which needs pkg_resources; pymorphy3 has the same interface.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pymorphy3

from .ner import Tagger

sys.modules.setdefault("pymorphy2", pymorphy3)


def _data(*parts: str) -> str:
    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("natasha")
    return str(Path(spec.origin).parent.joinpath("data", *parts))


@cache
def ner_model() -> Any:
    """Slovnet's news NER (PER, LOC, ORG) over navec embeddings; called with texts, yields markups."""
    from navec import Navec
    from slovnet import NER

    ner = NER.load(_data("model", "slovnet_ner_news_v1.tar"), batch_size=16)
    ner.navec(Navec.load(_data("emb", "navec_news_v1_1B_250K_300d_100q.tar")))
    return ner


@cache
def name_tagger() -> Tagger:
    """The same model for many passages, cut into words already, at once."""
    return Tagger(ner_model())
