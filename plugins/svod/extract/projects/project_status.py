"""How far a project is on the day of publication: the status for which its signs weigh most.

The weights are the lexicon's (`status.yml`), fitted on annotated reports; the signs are read in
`status_signs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.projects.status_signs import Span, signs_of
from svod.extract.words.weighed import heaviest
from svod.models import ProjectKind, ProjectStatus

STATUSES: tuple[ProjectStatus | None, ...] = ("running", "completed", "planned", "started", None)


def read_status(
    prose: Prose,
    kind: ProjectKind,
    spans: Sequence[Span],
    published: date | None = None,
    *,
    unquoted: bool = False,
) -> ProjectStatus | None:
    """The status of a project named at `spans`; None where the text does not say."""
    return weighed(signs_of(prose, kind, spans, published, unquoted=unquoted))


def weighed(signs: Iterable[str]) -> ProjectStatus | None:
    """The status that these signs speak for; the earlier of `STATUSES` where two weigh the same."""
    return STATUSES[heaviest(signs, load("status")["weights"], len(STATUSES))]
