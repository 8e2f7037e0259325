"""Data Docs as pages that need no network and no script: Great Expectations' own load both from elsewhere.

Its pages keep their text; a sheet of ours takes the place of the frameworks. The front page is ours, because
theirs is a table that a script fills. Knows nothing of the database.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from lxml import html

from .checks import Check

RUNS_KEPT = 10  # runs whose pages are kept
FOREIGN = (
    "//script | //link | //img | //footer | //nav[contains(@class, 'navbar-expand')]"
    " | //div[contains(@class, 'card-header')]/strong[.='Actions']/../.. | //a[@data-toggle='collapse']"
)
STYLE = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 68rem; margin: 0 auto; padding: 1.2rem 1.4rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h4 { font-size: 1.3rem; margin: 0; }
h5 { font-size: 1.05rem; margin: 1.6rem 0 .3rem; }
h6, .h6 { font-size: .9rem; font-weight: 600; margin: .8rem 0 0; }
table { border-collapse: collapse; margin: .4rem 0 1rem; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid #8884; }
th { font-weight: 500; font-size: .8rem; color: GrayText; }
.n { text-align: right; }
.n, th { white-space: nowrap; }
.fas { font-style: normal; } .fa-check-circle::before { content: "✓"; } .fa-times::before { content: "✗"; }
.text-success, .held { color: light-dark(#2f7d5b, #55b78b); }
.text-danger, .critical { color: light-dark(#b3372c, #ef8378); }
.warning { color: light-dark(#94610a, #e0ae55); }
a { color: light-dark(#1f4f96, #86b3f0); } code { font-size: .88em; } .sub { color: GrayText; }
"""
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>{style}</style><h1>{title}</h1>{body}</html>\n"
)


def settle(docs_dir: Path, folder: str, checks: Sequence[Check]) -> None:
    """Make the pages of the run in `folder` readable as they lie there; `index.html` is the latest run's.

    Pages of old runs are deleted.
    """
    for page in (docs_dir / folder / "validations").rglob("*.html"):
        _settle_page(page, docs_dir / folder)
    shutil.rmtree(docs_dir / folder / "static", ignore_errors=True)  # pictures and letters of the frameworks
    runs = sorted((p for p in docs_dir.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for old in runs[:-RUNS_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    earlier = [run.name for run in reversed(runs[-RUNS_KEPT:]) if run.name != folder]
    _write(docs_dir / folder / "index.html", folder, _suites(checks, f"{folder}/"))
    body = f"<p>{escape(folder)}</p>{_suites(checks)}{_earlier(earlier)}"
    _write(docs_dir / "index.html", "Data Docs", body)


def _settle_page(page: Path, home: Path) -> None:
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    for element in tree.xpath(FOREIGN):
        element.drop_tree()
    for link in tree.xpath("//a[contains(@href, '/expectations/')]"):  # pages that are not made
        link.drop_tag()
    for name in ("style", "class"):
        for element in tree.xpath(f"//body//*[@{name}]"):
            if name == "style" or "fa" not in element.get(name):
                del element.attrib[name]
    for style in tree.xpath("//style"):
        style.drop_tree()
    head = tree.find("head")
    sheet = html.Element("style")
    sheet.text = STYLE
    head.append(sheet)
    up = html.Element("a", href=f"{'../' * len(page.parent.relative_to(home).parts)}index.html")
    up.text = "← Data Docs"
    tree.find("body").insert(0, up)
    page.write_text(html.tostring(tree, doctype="<!doctype html>", encoding="unicode"), encoding="utf-8")


def _suites(checks: Sequence[Check], within: str = "") -> str:
    """A row a suite: how many of its rules held, and what those that did not hold found."""
    rows = []
    for name, made in groupby(sorted(checks, key=lambda c: c.suite.name), key=lambda c: c.suite.name):
        group = list(made)
        held = sum(check.success for check in group)
        link = (group[0].docs_url or "").removeprefix(within)
        title = f'<a href="{escape(link)}">{escape(name)}</a>' if link else escape(name)
        broken = "".join(_broken(check) for check in group if not check.success)
        rows.append(
            f'<tr><td>{title}</td><td class="n">{held} / {len(group)}</td>'
            f"<td>{broken or '<span class=held>✓</span>'}</td></tr>"
        )
    return f"<table><tr><th>Suite</th><th>Held</th><th>Not held</th></tr>{''.join(rows)}</table>"


def _broken(check: Check) -> str:
    loud = "critical" if check.is_critical else "warning"
    keys = "; ".join(_key(key) for key in check.failing_keys)
    return (
        f'<div><b class="{loud}">{loud}</b> {escape(check.rule.meta.rule)}'
        f'<div class="sub">{check.unexpected_count or ""} {escape(check.error or keys)}</div></div>'
    )


def _key(key: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in key.items())


def _earlier(runs: Sequence[str]) -> str:
    links = "".join(f'<li><a href="{escape(run)}/index.html">{escape(run)}</a></li>' for run in runs)
    return f"<h5>Earlier runs</h5><ul>{links}</ul>" if links else ""


def _write(page: Path, title: str, body: str) -> None:
    page.write_text(PAGE.format(title=escape(title), style=STYLE, body=body), encoding="utf-8")
