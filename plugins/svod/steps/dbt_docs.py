"""dbt's own pages about models, columns and lineage: one file, made when what it shows has changed.

What it shows is the project's files and the columns that the warehouse has; a digest of both stands beside
the page. Must not know when it is asked for, nor who reads it.
"""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version
from pathlib import Path

from svod import warehouse
from svod.config import DBT_PROJECT, Settings
from svod.warehouse.dbt_runner import project_checksum, run_dbt
from svod.warehouse.roles import SCHEMAS

EVERY_FILE = ("",)
PAGE, DIGEST = "static_index.html", "static_index.sha256"
_CATALOGUE = """
select n.nspname, c.relname, c.relkind, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod),
    obj_description(c.oid, 'pg_class'), col_description(c.oid, a.attnum)
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname = any(%s) and c.relkind in ('r', 'v')
order by 1, 2, 5
"""


def dbt_docs(*, run_id: str, dsn: str) -> Path:
    """The page, one file that needs no network; made anew only if it is missing or would show another."""
    settings = Settings()
    page = dbt_docs_page(settings)
    digest, kept = _digest(dsn), page.with_name(DIGEST)
    if page.exists() and kept.exists() and kept.read_text(encoding="ascii") == digest:
        return page
    target = settings.home / "dbt"
    run_dbt(
        ["docs", "generate", "--static"],
        project_dir=DBT_PROJECT,
        target_path=target,
        dsn=dsn,
        run_id=run_id,
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)  # a page without its digest is made anew
    fresh = page.with_suffix(".new")
    fresh.write_text(_quiet((target / PAGE).read_text(encoding="utf-8")), encoding="utf-8")
    fresh.replace(page)
    kept.write_text(digest, encoding="ascii")
    return page


def dbt_docs_page(settings: Settings) -> Path:
    """Where `dbt_docs` puts its page."""
    return settings.home / "docs" / "dbt" / PAGE


def _quiet(page: str) -> str:
    """dbt's page without what a browser complains of: addresses that are still templates."""
    page = re.sub(r'<link rel="shortcut icon"[^>]*>', "", page, count=1)
    return page.replace('xlink:href="{{', 'ng-attr-href="{{')


def _digest(dsn: str) -> str:
    """Of everything that the page is made from."""
    digest = hashlib.sha256(version("dbt-core").encode() + Path(__file__).read_bytes())
    digest.update(project_checksum(DBT_PROJECT, endings=EVERY_FILE).encode())
    with warehouse.connect(dsn, name="svod docs") as conn:
        for row in conn.execute(_CATALOGUE, (list(SCHEMAS),)):
            digest.update(repr(row).encode())
    return digest.hexdigest()
