"""Organisations that take part in the activity. (First form: see read_partners.)"""

from __future__ import annotations

from collections.abc import Sequence

from svod.language.document import Document
from svod.models import PartnerMention

from .projects import ProjectSpan
from .segments import Layout


def read_partners(
    doc: Document, layout: Layout, projects: Sequence[ProjectSpan], publisher: str | None
) -> tuple[PartnerMention, ...]:
    """Named organisations in the nominative, each once, with type and role."""
    return ()
