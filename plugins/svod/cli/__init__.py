"""The command line. Each command is a few lines: read the arguments, call one function, print the answer.

Heavy imports stay inside the commands, so that `./svod --help` and `./svod sql` answer at once.
Answers go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 failed with
a reason, 2 wrong arguments.
"""

from __future__ import annotations

import sys
from errno import EDQUOT, ENOSPC
from typing import Annotated

import typer

from svod import __version__
from svod.cli import backup, development, query, reading, reextract, sources, stack, warehouse
from svod.errors import SvodError

app = typer.Typer(
    name="svod",
    help="Regional social-programme reports in, a warehouse with a sentence behind every number out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        from svod.extract.version import EXTRACTOR_VERSION

        print(f"svod {__version__}, extractor {EXTRACTOR_VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_say_version,
            is_eager=True,
            help="Say which Svod and which extractor this is.",
        ),
    ] = False,
) -> None:
    """What holds for all commands: nothing but the version."""


stack.register(app)
reading.register(app)
query.register(app)
warehouse.register(app)
backup.register(app)
development.register(app)
app.add_typer(reextract.app, name="reextract")
app.add_typer(sources.app, name="sources")
app.add_typer(warehouse.quarantine, name="quarantine")


def main() -> None:
    """Run the command line; a named error is a line on standard error, anything else a traceback."""
    try:
        app(prog_name="./svod")
    except SvodError as error:
        print(f"svod: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone (`| head`): that is no failure
        raise SystemExit(0) from None
    except OSError as error:
        if error.errno not in {ENOSPC, EDQUOT}:
            raise
        print(f"svod: {error.strerror}", file=sys.stderr)
        raise SystemExit(1) from None
