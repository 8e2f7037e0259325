"""What an organisation does in the activity: the role for which its signs weigh most.

The weights are the lexicon's (`roles.yml`), fitted on annotated reports; the signs are read in
`partner_signs` and `page_signs`.
"""

from __future__ import annotations

from collections.abc import Set

from svod.extract.lexicon import load
from svod.extract.partners.partner_turns import TELLING
from svod.extract.words.weighed import heaviest
from svod.models import PartnerRole

ROLES: tuple[PartnerRole | None, ...] = ("implementer", "participant", "coordinator", "funder", None)


_GIVEN = frozenset({"turn gets", "turn granted_to"})
_GIVES = frozenset({"turn pays", "turn grants"})
_FUNDER = ROLES.index("funder")


def weighed(signs: Set[str]) -> PartnerRole | None:
    """The role that these signs speak for; the earlier of `ROLES` where two weigh the same. Who is given
    money pays nothing, unless a turn of phrase says so elsewhere.
    """
    given = not _GIVEN.isdisjoint(signs) and _GIVES.isdisjoint(signs)
    barred = (_FUNDER,) if given else ()
    return ROLES[heaviest(signs, load("roles")["weights"], len(ROLES), barred)]


def told_by(signs: Set[str]) -> str:
    """What tells of a part of its own: a turn of phrase, its clause; «default» where nothing does."""
    turn = next((name for name in TELLING if f"turn {name}" in signs), None)
    if turn is not None:
        return turn
    return "clause" if any(s.startswith("clause subject ") for s in signs) else "default"
