"""Runs suites with Great Expectations over the candidate schema and builds their Data Docs.

The context is ephemeral: nothing is written but the pages. Failing rows are named by their key columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from svod.warehouse import sqlalchemy_url
from svod.warehouse.shape import NEXT

from .checks import SHOWN, Check
from .suites import Rule, Suite


def run_suites(dsn: str, suites: Sequence[Suite], pages: Path) -> list[Check]:
    """Check the candidate against the suites; one Check a rule, in order. `pages` is the site's folder."""
    context = _context(pages)
    datasource = context.data_sources.add_postgres("warehouse", connection_string=sqlalchemy_url(dsn))
    try:
        raw = [(suite, _validate(context, datasource, suite)) for suite in suites if suite.expectations]
        context.build_data_docs()
    finally:
        datasource.get_execution_engine().close()
    with psycopg.connect(dsn, row_factory=dict_row, autocommit=True) as conn:
        return [
            _check(conn, suite, rule, result)
            for suite, results in raw
            for rule, result in zip(suite.expectations, results, strict=True)
        ]


def _context(pages: Path) -> Any:
    """In memory, silent, and without a word to anybody else's server."""
    import great_expectations as gx  # seconds to import: only where the gate runs
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
            progress_bars=ProgressBarsConfig(globally=False),
            analytics_enabled=False,
        ),
    )
    context.add_data_docs_site(
        "quality",
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "site_section_builders": {"expectations": "None", "profiling": "None"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(pages),
            },
        },
    )
    return context


def _validate(context: Any, datasource: Any, suite: Suite) -> list[Mapping[str, Any]]:
    """Great Expectations' result of each rule, in the rules' own order (it returns them in another)."""
    import great_expectations as gx

    made = gx.ExpectationSuite(name=suite.name, expectations=[_configuration(r) for r in suite.expectations])
    made = context.suites.add(made)
    asset = datasource.add_table_asset(suite.name, table_name=suite.meta.table, schema_name=NEXT)
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(
            name=suite.name, data=asset.add_batch_definition_whole_table("candidate"), suite=made
        )
    )
    outcome = definition.run(
        result_format={
            "result_format": "SUMMARY",
            "unexpected_index_column_names": list(suite.meta.key),
            "partial_unexpected_count": SHOWN,
        }
    )
    by_id = {str(r.expectation_config.id): r.to_json_dict() for r in outcome.results}
    return [by_id[str(expectation.id)] for expectation in made.expectations]


def _configuration(rule: Rule) -> dict[str, Any]:
    """The rule as Great Expectations takes it: SQL is a template there, so its braces are doubled.

    Our SQL names its tables itself, because failing rows are looked up by the same text; the comment at its
    end keeps the library from printing a warning about that.
    """
    kwargs = dict(rule.kwargs)
    if rule.query is not None:
        kwargs["unexpected_rows_query"] = rule.query.replace("{", "{{").replace("}", "}}") + " /* {batch} */"
    return {
        "type": rule.type,
        "kwargs": kwargs,
        "severity": rule.severity,
        "description": rule.meta.rule,
        "meta": rule.meta.model_dump(exclude_none=True),
    }


def _check(
    conn: psycopg.Connection[dict[str, Any]], suite: Suite, rule: Rule, result: Mapping[str, Any]
) -> Check:
    found: Mapping[str, Any] = result.get("result") or {}
    error = _exception(result.get("exception_info") or {})
    key = rule.meta.key or suite.meta.key
    rows = found.get("partial_unexpected_index_list") or []
    count = int(found.get("unexpected_count") or 0)
    if rule.query is not None and not result["success"] and error is None:
        count = int(found.get("observed_value") or 0)
        rows = _failing_rows(conn, rule.query)
    return Check(
        suite=suite,
        rule=rule,
        success=bool(result["success"]),
        observed=found.get("observed_value", found.get("unexpected_percent")),
        unexpected_count=count,
        failing_keys=[{k: v for k, v in row.items() if k in key} or dict(row) for row in rows],
        error=error,
    )


def _failing_rows(
    conn: psycopg.Connection[dict[str, Any]], query: str, limit: int | None = SHOWN
) -> list[dict[str, Any]]:
    """The rows that an SQL rule lists; Great Expectations only counts them."""
    text = f"select * from ({query}) as failing"  # noqa: S608 - the query comes from expectations/
    return conn.execute(text if limit is None else f"{text} limit {limit}").fetchall()


def all_failing_rows(dsn: str, query: str) -> list[dict[str, Any]]:
    """Every row that an SQL rule lists."""
    with psycopg.connect(dsn, row_factory=dict_row) as conn:
        return _failing_rows(conn, query, None)


def _exception(info: Mapping[str, Any]) -> str | None:
    """The message of what went wrong while checking, if anything did."""
    entries = [info] if "raised_exception" in info else [v for v in info.values() if isinstance(v, Mapping)]
    for entry in entries:
        if entry.get("raised_exception"):
            return str(entry.get("exception_message") or "unknown error").strip().splitlines()[0]
    return None
