"""Pages for people: sources, reports with their evidence, releases, corrections.

A FastAPI app that somebody else mounts, signs people in for, and gives the warehouse and the archive to.
It must not know Airflow, and nothing below it may import it. Everything scraped is text here, never markup.
"""

from __future__ import annotations

from .access import User
from .app import create_app
from .site import Links, Site

__all__ = ["Links", "Site", "User", "create_app"]
