"""Reports that are no longer where they were: gone, unless so many went at once that the source looks broken.

A person who has looked at the source may believe it: the released record names the reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from .visit import Visit

CODE = "mass_withdrawal"


def withdraw(visit: Visit, gone: Sequence[str], known: int, where: str) -> None:
    """Take reports for gone; of more than half of `known` at once only those that somebody has released."""
    released = visit.state.released_withdrawals()
    doubted = [key for key in gone if key not in released]
    if len(doubted) > max(1, (known - len(gone) + len(doubted)) // 2):
        # another set of reports is another record: a decision about one must not hide the next
        name = hashlib.sha256("\n".join(sorted(doubted)).encode()).hexdigest()[:12]
        reason = f"{len(doubted)} of {known} reports gone at once: not believed"
        visit.reject(CODE, reason, f"{where} {name}", gone=sorted(doubted))
        gone = [key for key in gone if key in released]
    visit.withdrawn.update(dict.fromkeys(gone))
