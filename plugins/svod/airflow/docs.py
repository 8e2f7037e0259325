"""The page that Airflow shows for a source's DAG, made from the source's YAML."""

from __future__ import annotations

from svod.sources import Source


def source_page(source: Source) -> str:
    """Markdown: what is pulled, from whom, how often, what is normal, whom to ask."""
    expected = source.expected
    rows = {
        "Publisher": source.publisher.name,
        "Territory": " ".join(filter(None, [source.territory.iso, source.territory.name])) or "—",
        "Kind": source.kind,
        "Addresses": ", ".join(f"`{url}`" for url in source.urls) or "—",
        "Schedule": f"`{source.schedule.cron}` {source.schedule.timezone}",
        "Politeness": f"{source.politeness.delay:g} s between requests, "
        f"{source.politeness.daily_cap} requests a day at most",
        "Expected": f"{expected.min_items} to {expected.max_items} reports a {expected.period}; "
        f"silent after {expected.silence_days} days",
        "Owner": source.owner,
        "Licence": source.licence,
        "Verified": str(source.verified),
        "Evidence": "; ".join(source.citation) or "—",
    }
    table = "\n".join("| {} | {} |".format(key, value.replace("|", "\\|")) for key, value in rows.items())
    steps = (
        "`fetch` puts what is new into the archive, `extract` reads it in batches, `load` writes documents, "
        "facts and fetch events in one transaction. A red `fetch` says why the source gave nothing."
    )
    return f"### {source.title}\n\n| | |\n|---|---|\n{table}\n\n{steps}\n"
