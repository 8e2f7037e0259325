"""The tasks that notice what is out of the ordinary and tell people; which channels, a setting says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.configuration import conf
from airflow.sdk import task

from svod.airflow.connections import dsn
from svod.config import Settings


@task
def warnings() -> int:
    """Judge the day that is over (UTC), source by source; what is out of the ordinary goes to ops.warning."""
    from svod.steps.warnings import raise_warnings

    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    return len(raise_warnings(dsn("transformer"), yesterday, Settings().sources_dir))


@task(trigger_rule="all_done")
def tell() -> dict[str, int]:
    """Tell people what they have not been told: one message a topic, channel and day."""
    from svod.airflow.channels import channels
    from svod.steps.digest import tell

    pages = conf.get("api", "base_url", fallback="").rstrip("/")
    names = [name.strip() for name in Settings().alert_channels.split(",") if name.strip()]
    return tell(dsn("transformer"), channels(names), pages=f"{pages}/plugin/svod" if pages else "")
