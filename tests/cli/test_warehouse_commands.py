"""Commands that look at the warehouse, also when there is nothing to see."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ask
from tests.cli.running import svod
from tests.warehouse.conftest import PASSWORDS

from svod.warehouse import migrate


def test_what_has_nothing_to_tell_says_so(ask: Ask) -> None:
    again = ask("migrate")
    quarantine = ask("quarantine", "list", "--source", "atlantis")
    table = ask("quarantine", "list", "--source", "atlantis", "--csv")

    assert re.fullmatch(r"up to date: migration \d{4}\n", again.stdout), again.stderr
    assert quarantine.stdout == "nothing is in quarantine that was asked for\n"
    ((head, *_),) = csv.reader(table.stdout.splitlines())
    assert head == "quarantine_id"
    assert [done.returncode for done in (again, quarantine, table)] == [0, 0, 0]


def test_a_list_that_was_cut_says_so(ask: Ask) -> None:
    cut, whole = ask("releases", "--limit", "1", "--csv"), ask("releases", "--csv")

    assert len(cut.stdout.splitlines()) == 2
    assert "the newest 1, there may be more: --limit" in cut.stderr
    assert whole.stderr == ""
    assert [done.returncode for done in (cut, whole)] == [0, 0]


def test_migrate_says_what_a_login_lacks(make_database: Callable[[], str], tmp_path: Path) -> None:
    dsn = make_database()
    migrate(dsn, PASSWORDS)
    weak = dsn.replace("//svod_owner:test-owner@", f"//svod_reader:{PASSWORDS['reader']}@")

    done = svod(tmp_path, "migrate", settings={"SVOD_WAREHOUSE_DSN": weak})

    assert "svod: svod_reader has to own the database and to be allowed to create roles" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
