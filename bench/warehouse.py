"""The warehouse against its peers on generated figures, in one run on one machine: read the ratios.

    ./svod bench warehouse [--rows 10000,100000] [--json]

Loading (COPY and merge) against pandas.to_sql and execute_values, on one and the same table; a nightly
increment of 1 % against a full rebuild; publish by delta against copying everything; the gate against one SQL
pass over the same rules. PostgreSQL is the embedded one with its usual durability.
"""

from __future__ import annotations

# ruff: noqa: S608 - every name in the SQL below is this file's own or the catalogue's
import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import psycopg2
import psycopg2.extras
from bench._reports import FIGURES, SOURCE, fetch, reports
from psycopg.conninfo import make_conninfo
from rich.console import Console
from rich.table import Table
from sqlalchemy import Numeric, create_engine

from svod import warehouse
from svod.models import ReadReport
from svod.quality.gate import run_gate
from svod.quality.suites import Rule, load_suites
from svod.resolve import resolve
from svod.runtime.postgres import Postgres
from svod.warehouse.copy import merge_rows
from svod.warehouse.dbt_runner import run_dbt
from svod.warehouse.rows import COLUMNS

ROOT = Path(__file__).parents[1]
ROLES = {role: f"bench-{role}" for role in ("loader", "transformer", "app", "reader")}
TABLE, NAMES = "metric_mention", COLUMNS["metric_mention"]
Results = dict[str, float]
ROUNDS, FEW = 3, 100_000  # rounds of the comparison of loads, up to so many rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", default="10000,100000", help="metric mentions, e.g. 10000,100000,1000000")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.rows.split(",")]
    say = Console(stderr=True, quiet=arguments.json)
    folder = Path(tempfile.mkdtemp(prefix="svod-bench-"))
    folder.chmod(0o755)
    server = Postgres(folder / "postgres")
    try:
        server.start()
        server.ensure_role("svod_owner", "o", create_roles=True)
        found = {size: _measure(server, folder, size, say) for size in sizes}
    finally:
        server.remove()
        shutil.rmtree(folder)
    if arguments.json:
        json.dump({str(size): results for size, results in found.items()}, sys.stdout, indent=1)
        print()
    else:
        _print(found)


def _measure(server: Postgres, folder: Path, size: int, say: Console) -> Results:
    database = f"bench_{size}"
    server.ensure_database(database, "svod_owner")
    owner = server.dsn(database, user="svod_owner", password="o")  # noqa: S106 - of this run alone
    warehouse.migrate(owner, ROLES)
    dsn = {role: make_conninfo(owner, user=warehouse.ROLES[role], password=p) for role, p in ROLES.items()}
    results: Results = {}
    say.print(f"{size} figures: loading")
    _loading(dsn["loader"], size, results)
    say.print(f"{size} figures: the same rows by others")
    _peers(owner, results)
    say.print(f"{size} figures: building, checking, publishing")
    _building(dsn, folder, size, results)
    return {name: round(value, 3) for name, value in results.items()}


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --- loading --------------------------------------------------------------------------------------------


def _load(dsn: str, run: int, made: Sequence[ReadReport]) -> warehouse.LoadCounts:
    extractor = warehouse.ExtractorRun(version="bench", config_hash="0", started_at=datetime.now(UTC))
    return warehouse.load(dsn, SOURCE, fetch(run), made, (), extractor, mask=list)


def _loading(dsn: str, size: int, results: Results) -> None:
    """The whole load with documents, versions, events and checks; masking left out (the NER model's time)."""
    made = list(reports(0, size // FIGURES))
    results["load: figures/s"] = size / _seconds(lambda: _load(dsn, 1, made))
    results["load: figures/s when nothing changed"] = size / _seconds(lambda: _load(dsn, 2, made))


def _peers(dsn: str, results: Results) -> None:
    """The same rows into the same empty table (keys and indexes as in raw), by each way."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("create schema bench")
        columns = ", ".join(f'"{n}"' for n in NAMES)
        rows = conn.execute(f"select {columns} from raw.{TABLE}").fetchall()  # type: ignore[arg-type]
        ways: dict[str, Callable[[Sequence[Any]], object]] = {
            "copy and merge": lambda r: _copy(dsn, r),
            "execute_values": lambda r: _execute_values(dsn, r),
            "pandas.to_sql": lambda r: _to_sql(dsn, r),
        }
        # in turns, and the best of several: what else the machine does then falls on all of them alike
        for _, (name, way) in product(range(ROUNDS if len(rows) <= FEW else 1), ways.items()):
            conn.execute("drop table if exists bench.metric_mention")
            conn.execute("create table bench.metric_mention (like raw.metric_mention including all)")
            _keep_best(results, f"{name}: rows/s", len(rows) / _seconds(lambda way=way: way(rows)))
            if name != "pandas.to_sql":  # it has no way to skip what is there
                again = len(rows) / _seconds(lambda way=way: way(rows))
                _keep_best(results, f"{name}: rows/s when nothing changed", again)
        conn.execute("drop schema bench cascade")
    ours, unchanged = (
        results["copy and merge: rows/s"],
        results["copy and merge: rows/s when nothing changed"],
    )
    results["× execute_values"] = ours / results["execute_values: rows/s"]
    results["× pandas.to_sql"] = ours / results["pandas.to_sql: rows/s"]
    results["× pandas.to_sql, nothing changed"] = unchanged / results["pandas.to_sql: rows/s"]
    results["× execute_values, nothing changed"] = (
        unchanged / results["execute_values: rows/s when nothing changed"]
    )


def _keep_best(results: Results, name: str, found: float) -> None:
    results[name] = max(found, results.get(name, 0.0))


def _copy(dsn: str, rows: Sequence[Sequence[object]]) -> None:
    with psycopg.connect(dsn) as conn:
        merge_rows(conn, "bench", TABLE, NAMES, rows)


def _execute_values(dsn: str, rows: Sequence[Sequence[object]]) -> None:
    names = ", ".join(f'"{n}"' for n in NAMES)
    with psycopg2.connect(dsn) as conn, conn.cursor() as cursor:
        psycopg2.extras.execute_values(
            cursor,
            f"insert into bench.{TABLE} ({names}) values %s on conflict do nothing",
            rows,
            page_size=1000,
        )


def _to_sql(dsn: str, rows: Sequence[Sequence[object]]) -> None:
    engine = create_engine(warehouse.sqlalchemy_url(dsn).replace("+psycopg:", "+psycopg2:"))
    frame = pd.DataFrame(rows, columns=list(NAMES))
    types = {"value": Numeric(), "value_max": Numeric()}
    frame.to_sql(
        TABLE, engine, schema="bench", if_exists="append", index=False, chunksize=10_000, dtype=types
    )
    engine.dispose()


# --- building, checking, publishing ----------------------------------------------------------------------


def _building(dsn: dict[str, str], folder: Path, size: int, results: Results) -> None:
    transformer, count = dsn["transformer"], size // FIGURES

    def build(*flags: str) -> None:
        results[f"{'rebuild' if flags else 'increment'}: resolving names, s"] = _seconds(
            lambda: resolve(transformer)
        )
        run_dbt(
            ["build", "--resource-type", "model", "--resource-type", "seed", "--quiet", *flags],
            project_dir=ROOT / "dbt_project",
            target_path=folder / "dbt",
            dsn=transformer,
            run_id="bench",
        )

    results["first resolving, with sketches of all texts: s"] = _seconds(lambda: resolve(transformer))
    build("--full-refresh")
    results["gate: s"] = _seconds(lambda: _gate(transformer, folder, "bench-1"))
    results["gate, one SQL pass: s"] = _seconds(lambda: _one_pass(transformer))
    results["first publish: s"] = _seconds(lambda: warehouse.publish(transformer, "bench-1"))
    # a night: one report in a hundred is edited
    _load(dsn["loader"], 3, list(reports(0, max(1, count // 100), edition=1)))
    increment = _seconds(build)
    results["increment of 1 %: s"] = increment
    _gate(transformer, folder, "bench-2")
    delta = _seconds(lambda: warehouse.publish(transformer, "bench-2"))
    copied = _seconds(lambda: _copy_everything(transformer))
    rebuild = _seconds(lambda: build("--full-refresh"))
    results["full rebuild: s"] = rebuild
    results["full rebuild ÷ increment"] = rebuild / increment
    results["publish by delta: s"] = delta
    results["publish by copying everything: s"] = copied
    results["copying ÷ delta"] = copied / delta
    results["gate ÷ one SQL pass"] = results["gate: s"] / results["gate, one SQL pass: s"]


def _gate(dsn: str, folder: Path, run_id: str) -> None:
    run_gate(dsn, ROOT / "expectations", run_id, folder / "docs", override="benchmark")


def _copy_everything(dsn: str) -> None:
    """Publishing without a delta, under the same readers: all rows anew in one transaction, keys checked."""
    with psycopg.connect(dsn) as conn:
        found = conn.execute("select tablename from pg_tables where schemaname = 'marts_next'").fetchall()
        conn.execute("set constraints all deferred")
        for (table,) in found:
            conn.execute(f"delete from marts.{table}")
        for (table,) in found:
            conn.execute(f"insert into marts.{table} select *, now(), 0 from marts_next.{table}")
        conn.execute("set constraints all immediate")
        conn.rollback()


def _one_pass(dsn: str) -> None:
    """The same rules as plain SQL: one query a table counts what breaks its column rules."""
    with psycopg.connect(dsn) as conn:
        for suite in load_suites(ROOT / "expectations"):
            suite = suite.for_run("bench", first_release=True)
            counts = [_counting(rule) for rule in suite.expectations if rule.query is None]
            if counts:
                conn.execute(f"select {', '.join(counts)} from marts_next.{suite.meta.table}")  # type: ignore[arg-type]
            for rule in suite.expectations:
                if rule.query is not None:
                    conn.execute(f"select count(*) from ({rule.query}) as failing")  # type: ignore[arg-type]


def _counting(rule: Rule) -> str:
    """A select item that counts the rows which break a column rule."""
    column, low, high = rule.column, rule.kwargs.get("min_value"), rule.kwargs.get("max_value")
    subject = f"length({column})" if "lengths" in rule.type else f"{column}"
    bounds = [f"{subject} {sign} '{bound}'" for sign, bound in (("<", low), (">", high)) if bound is not None]
    regex = str(rule.kwargs.get("regex", "")).replace("'", "''")
    broken = {
        "expect_table_row_count_to_be_between": "true",
        "expect_column_values_to_not_be_null": f"{column} is null",
        "expect_column_values_to_match_regex": f"{column} !~ '{regex}'",
        "expect_column_values_to_not_match_regex": f"{column} ~ '{regex}'",
        "expect_column_values_to_be_between": " or ".join(bounds),
        "expect_column_value_lengths_to_be_between": " or ".join(bounds),
    }[rule.type]
    return f"count(*) filter (where {broken})"


def _print(found: dict[int, Results]) -> None:
    table = Table("", *(f"{size:,}" for size in found))
    for name in next(iter(found.values())):
        table.add_row(name, *(f"{results[name]:,.2f}" for results in found.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
