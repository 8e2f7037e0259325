"""`sql` as an analyst meets it: what is asked for, what is refused, and what to do then."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Ask
from tests.cli.running import svod


def test_sql_answers_every_statement_and_says_when_there_is_nothing(ask: Ask) -> None:
    many = ask(
        "sql", "-- what a comment begins\nset timezone to 'UTC'; select 11 as a; select 22 as b where false"
    )
    given = ask("sql", "-", given="select 33 as c")
    table = ask("sql", "--csv", "select '+20 %' as up, '=1+1' as sum; set timezone to 'UTC'")

    assert many.stdout.startswith("SET\n")
    assert "11" in many.stdout
    assert many.stdout.endswith("no rows (b)\n")
    assert "33" in given.stdout
    assert list(csv.reader(table.stdout.splitlines())) == [["up", "sum"], ["+20 %", "'=1+1"]]
    assert [done.returncode for done in (many, given, table)] == [0, 0, 0]


def test_sql_lists_tables_and_columns_with_what_they_mean(ask: Ask) -> None:
    tables, columns, other = ask("sql", r"\dt"), ask("sql", r"\d marts.fct_outcome"), ask("sql", r"\df")

    assert "fct_outcome" in tables.stdout
    assert "Calendar" in tables.stdout
    assert "beneficiary" in columns.stdout
    assert r"only \d and \d TABLE work here" in other.stderr
    assert [done.returncode for done in (tables, columns, other)] == [0, 0, 1]


def test_what_sql_refuses_comes_with_the_way_out(ask: Ask) -> None:
    ways_out = {
        "select * from raw.document": "logs in as svod_reader, who reads the schema marts and nothing else",
        r"\d ops.release": "logs in as svod_reader",
        "delete from marts.dim_report": "this command only reads",
        "select * from marts.nothing": r"./svod sql '\d' lists the tables",
        "select nothing from marts.dim_report": r"./svod sql '\d TABLE' lists",
        "copy marts.dim_report to stdout": "--csv prints",
        " ; ": "there is no statement in the query",
    }
    for query, way_out in ways_out.items():
        done = ask("sql", query)
        assert way_out in done.stderr, query
        assert done.stderr.startswith("svod: "), query
        assert (done.stdout, done.returncode) == ("", 1), query
    two = ask("sql", "--csv", "select 1; select 2")
    assert ("one statement with rows at a time" in two.stderr, two.stdout, two.returncode) == (True, "", 1)


def test_a_server_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    nowhere = {"SVOD_WAREHOUSE_DSN": "postgresql://owner:word@127.0.0.1:1/svod"}

    done = svod(tmp_path, "sql", "select 1", settings=nowhere)

    assert done.stderr.startswith("svod: the warehouse cannot be reached")
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
