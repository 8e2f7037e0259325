"""Reports are found by words of their titles."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import run

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run(
        "create index document_version_title_words on raw.document_version"
        " using gin (to_tsvector('russian', coalesce(title, '')))"
    )
