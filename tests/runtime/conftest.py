"""What a test of the running parts has measured, told while it runs."""

from __future__ import annotations

import pytest

from .lab import Report


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    def tell(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return tell
