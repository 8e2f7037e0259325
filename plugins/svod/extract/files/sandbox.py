"""Reads PDF, docx, xlsx and zip in a process of its own, which is killed when it takes too long or too much.

The libraries for these formats were not written against hostile files: a few kilobytes can ask for
gigabytes or run for ever. The process gets the bytes, gives back JSON, and can do no more harm than end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import svod
from svod.errors import UnreadableReport
from svod.extract.files.anchored import Anchor, CleanText

SECONDS = 60
_PLUGINS = str(Path(svod.__file__).resolve().parents[1])


def convert(body: bytes, kind: str, seconds: float = SECONDS) -> CleanText:
    """The text of a `pdf`, `docx`, `xlsx` or one-member `zip`. Raises UnreadableReport with a stable code."""
    command = [sys.executable, "-I", "-c", _START, _PLUGINS, kind]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableReport("timeout", f"reading the {kind} took more than {seconds:g} s") from error
    if done.returncode != 0:
        raise UnreadableReport("damaged", f"the {kind} reader ended with code {done.returncode}")
    answer = json.loads(done.stdout)
    if "code" in answer:
        raise UnreadableReport(answer["code"], answer["reason"])
    anchors = tuple(Anchor(start, label) for start, label in answer["anchors"])
    return CleanText(text=answer["text"], title=answer["title"], anchors=anchors)


# -I keeps the environment and the working directory out; only the product's own folder is added
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from svod.extract.files.documents import main; main(sys.argv[2])"
)
