"""One way to write tables in a migration: every table and column carries a Russian and an English comment.

A migration states its tables as text: `TABLE schema.name`, then a line `column type` for each column and
lines `CONSTRAINT …`; the indented lines under a table or column are its comment, `Русский · English`, in the
form that dbt persists for the marts. A column or table without such a comment is an error.
"""

from __future__ import annotations

from alembic import op

SEPARATOR = " · "


def run(sql: str) -> None:
    """Run SQL as it stands: no bind parameters, so neither a colon nor a percent sign needs escaping."""
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))


def create_tables(text: str) -> None:
    for block in text.strip().split("\n\n"):
        _create_table(block)


def _create_table(block: str) -> None:
    entries = _entries(block)
    name = entries[0][0].removeprefix("TABLE ")
    body = [line.removeprefix("CONSTRAINT ") for line, _ in entries[1:]]
    run(f"CREATE TABLE {name} (\n  " + ",\n  ".join(body) + "\n)")
    for line, comment in entries:
        if line.startswith("CONSTRAINT "):
            continue
        if comment.count(SEPARATOR) != 1:
            raise ValueError(f"{name}: {line!r} needs a comment in two languages")
        target = f"TABLE {name}" if line.startswith("TABLE ") else f"COLUMN {name}.{line.split()[0]}"
        run(f"COMMENT ON {target} IS '{comment.replace(chr(39), 2 * chr(39))}'")


def _entries(block: str) -> list[tuple[str, str]]:
    """(line, the comment under it) in order."""
    entries: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith(" "):
            head, comment = entries[-1]
            entries[-1] = (head, f"{comment} {line.strip()}".strip())
        else:
            entries.append((line, ""))
    return entries
