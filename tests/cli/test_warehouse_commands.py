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


def test_a_database_without_a_warehouse_is_told_from_a_wrong_question(
    make_database: Callable[[], str], tmp_path: Path
) -> None:
    empty = {f"SVOD_PASSWORD_{role.upper()}": password for role, password in PASSWORDS.items()}
    empty["SVOD_WAREHOUSE_DSN"] = make_database()

    asked = [["sql", "select 1"], ["quarantine", "list"], ["releases"]]
    refused = [svod(tmp_path, *arguments, settings=empty) for arguments in asked]
    made = svod(tmp_path, "migrate", settings=empty)
    answered = [svod(tmp_path, *arguments, settings=empty) for arguments in [*asked, ["replay"]]]

    told = "svod: the database holds no warehouse yet: `./svod migrate` makes one\n"
    assert [(done.stderr, done.returncode) for done in refused] == [(told, 1)] * 3
    assert made.returncode == 0, made.stderr
    assert [done.returncode for done in answered] == [0] * 4
    assert [done.stdout for done in answered[1:]] == [
        "nothing is in quarantine\n",
        "nothing was published yet\n",
        "nothing is archived\n",
    ]


def test_migrate_says_what_a_login_lacks(make_database: Callable[[], str], tmp_path: Path) -> None:
    dsn = make_database()
    migrate(dsn, PASSWORDS)
    weak = dsn.replace("//svod_owner:test-owner@", f"//svod_reader:{PASSWORDS['reader']}@")

    done = svod(tmp_path, "migrate", settings={"SVOD_WAREHOUSE_DSN": weak})

    assert "svod: svod_reader has to own the database and to be allowed to create roles" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
