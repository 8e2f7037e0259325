"""Makes the environment that everything else runs in. Run by the launcher with any Python ≥ 3.11.

Standard library only, and nothing of Svod: there is no environment yet. It therefore reads pip's settings
from the process environment itself. Each lock has a folder of its own, so a running stack never loses the
ground under its feet; the folder counts only when its stamp has been written, which is done last.
"""

from __future__ import annotations

import ast
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

STAMP = "stamp"
# pip's setting → the variable by which uv, which reads no pip.conf, learns the same
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
}


def main(checkout: Path, environment: Path) -> int:
    """Make `environment` from the checkout's lock unless somebody else has just done so. 0 when it stands."""
    environment.parent.mkdir(parents=True, exist_ok=True)
    with (environment.parent / "env.lock").open("a") as lock:
        _wait_for(lock.fileno())
        if not is_complete(environment):
            say(f"making the environment in {environment} (once; a minute or two)")
            began = time.monotonic()
            try:
                build(checkout, environment)
            except (subprocess.CalledProcessError, OSError) as error:
                say(f"the environment could not be made: {error}")
                return 1
            say(f"environment ready in {time.monotonic() - began:.0f} s")
        point_to(environment)
        remove_old(environment)
    return 0


def say(text: str) -> None:
    print(f"svod: {text}", file=sys.stderr, flush=True)


def is_complete(environment: Path) -> bool:
    stamp = environment / STAMP
    return stamp.is_file() and stamp.read_text() == str(environment) and (environment / "bin/python").exists()


def build(checkout: Path, environment: Path) -> None:
    """Anew, from whatever state. Raises CalledProcessError after the failed tool has said why."""
    shutil.rmtree(environment, ignore_errors=True)
    base = clean(os.environ)
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, env=base)
    python = str(environment / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes", "--no-deps"]
    lock = str(checkout / "requirements.lock")
    uv = [str(environment / "bin" / "uv"), "pip", "sync", "--python", python, "--require-hashes"]
    uv += ["--compile-bytecode", "--index-strategy", "unsafe-first-match", lock]  # the hashes keep it safe
    if not sys.stderr.isatty():
        uv.append("--quiet")  # three hundred lines of names help nobody in a log
    try:
        subprocess.run([*pip, "--quiet", "-r", str(checkout / "requirements.uv.lock")], check=True, env=base)
        subprocess.run(uv, check=True, env=base | uv_settings(pip_settings(python, base), base))
    except subprocess.CalledProcessError:
        say("the quick installer failed; trying pip itself, which takes minutes")
        subprocess.run([*pip, "--progress-bar", "off", "-r", lock], check=True, env=base)
    (environment / STAMP).write_text(str(environment))


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Without what would make pip install elsewhere or import somebody else's modules."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV"}
    foreign |= {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_NO_COMPILE"}
    return {name: value for name, value in environment.items() if name not in foreign}


def pip_settings(python: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What pip's files and variables say; a variable wins over [install], and that over [global]."""
    listed = subprocess.run(
        [python, "-m", "pip", "config", "list"], check=True, env=environment, capture_output=True, text=True
    ).stdout
    found: dict[tuple[int, str], str] = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        rank = {"global": 0, "install": 1, ":env:": 2}.get(section)
        if rank is not None:
            found[rank, name] = str(ast.literal_eval(value))
    return {name: value for (_rank, name), value in sorted(found.items())}


def uv_settings(pip: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The same as uv's variables; those that are set already stay."""
    settings = {}
    for name, variable in UV_NAMES.items():
        value = " ".join(pip.get(name, "").split())
        if value and variable not in environment:
            settings[variable] = value.replace(" ", ",") if name == "find-links" else value
    return settings


def point_to(environment: Path) -> None:
    """`env` beside it is the current one, for people and editors."""
    link = environment.parent / "env"
    fresh = environment.parent / "env.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(environment.name)
    fresh.replace(link)


def remove_old(environment: Path) -> None:
    """Keep this one and the one before, from which a stack may still be running."""
    others = [p for p in environment.parent.glob("env-*") if p.is_dir() and p != environment]
    for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[1:]:
        shutil.rmtree(old, ignore_errors=True)


def _wait_for(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another start is making the environment: waiting for it")
        fcntl.flock(lock, fcntl.LOCK_EX)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
