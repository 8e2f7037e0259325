"""A reading engine that really differs: the same code with other rules in force, under its own version."""

import pytest

from svod.extract.figures import links, metrics
from svod.extract.partners import partner_signs
from svod.extract.projects import project_heads
from svod.steps import ingest


def other_engine(patch: pytest.MonkeyPatch, version: str = "2", *, numbers: int = 2) -> None:
    """Fewer rules for a figure's project and a project's name, none for the turns around a partner.

    `numbers`: a sentence that holds more of them is not read.
    """
    patch.setattr(ingest, "EXTRACTOR_VERSION", version)
    patch.setattr(links, "_RULES", links._RULES[:1])
    patch.setattr(partner_signs, "TURNS", ())
    patch.setattr(project_heads, "HEAD_RULES", project_heads.HEAD_RULES[:2])
    patch.setattr(metrics, "MAX_NUMBERS", numbers)
