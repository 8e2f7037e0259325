"""Where the embedded PostgreSQL's files may lie, and as whom it runs.

PostgreSQL refuses to run as root, so under root it runs as `nobody`; then its programs and its data must
lie where that user can go. A checkout in a closed folder (/root, `mktemp -d`) is no such place: then both
move to a folder of their own under /var/lib or /var/tmp. Knows nothing of running a server.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from svod.errors import RuntimeStartError
from svod.warehouse.programs import WHEEL, wheel_folder

OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - a folder of our own is made in it and checked


@dataclass(frozen=True, slots=True)
class Account:
    """The user that PostgreSQL's processes run as; None means: the user who asks."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """`data` is PostgreSQL's own folder (may not exist yet), `programs` holds initdb, postgres, pg_dump …"""

    data: Path
    programs: Path
    account: Account | None
    moved: bool  # data or programs lie outside the folder that was asked for

    def run(self, arguments: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        """Run one of the programs to its end as the place's account; output captured as text."""
        return _run_as(self.account, arguments, **options)


def choose_place(folder: Path) -> Place:
    """The place for the cluster of `folder`. Makes the folders that are missing; raises RuntimeStartError."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = _wheel_folder()
    if os.geteuid() != 0:
        return Place(folder / "data", wheel / "pginstall" / "bin", None, moved=False)
    account = _nobody()
    holder = folder / "cluster"
    _make_owned(holder, account)
    outside: Path | None = None
    if not _may_use(account, "-w", holder):
        holder.rmdir()
        outside = _outside_folder(folder)
        holder = outside / "cluster"
        _make_owned(holder, account)
    programs = wheel / "pginstall" / "bin"
    if not _may_run(account, programs):
        outside = outside or _outside_folder(folder)
        programs = _copy_programs(wheel, outside)
    return Place(holder / "data", programs, account, moved=outside is not None)


def outside_folders(folder: Path) -> list[Path]:
    """The folders outside the checkout that were made for the cluster of `folder`."""
    name = _outside_name(folder)
    return [base / name for base in OUTSIDE if (base / name).is_dir()]


def _wheel_folder() -> Path:
    folder = wheel_folder()
    if folder is None:
        raise RuntimeStartError(
            "the embedded PostgreSQL is not installed: set SVOD_WAREHOUSE_DSN to a server"
        )
    return folder


def _nobody() -> Account:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534)
    return Account(entry.pw_uid, entry.pw_gid)


def _run_as(
    account: Account | None, arguments: list[str], **options: object
) -> subprocess.CompletedProcess[str]:
    identity: dict[str, object] = {}
    if account is not None:
        identity = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        arguments, check=False, capture_output=True, text=True, cwd="/", **identity, **options
    )


def _may_use(account: Account, how: str, path: Path) -> bool:
    return _run_as(account, ["/bin/sh", "-c", f'test {how} "$1"', "sh", str(path)]).returncode == 0


def _may_run(account: Account, programs: Path) -> bool:
    """Whether the account can load the programs, their libraries and the server's own files."""
    try:
        loads = _run_as(account, [str(programs / "initdb"), "--version"]).returncode == 0
    except PermissionError:
        return False
    return loads and all(
        _may_use(account, "-r", path) for path in programs.parent.glob("share/**/postgres.bki")
    )


def _make_owned(folder: Path, account: Account) -> None:
    folder.mkdir(exist_ok=True)
    os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def _outside_name(folder: Path) -> str:
    """Kept in `folder` with its path: a copied checkout, or a new one in an old path, gets its own name."""
    note = folder / "outside"
    place = str(folder.resolve())
    if note.is_file():
        name, _, known_place = note.read_text().partition("\n")
        if known_place == place:
            return name
    name = f"svod-{uuid4().hex[:12]}"
    note.write_text(f"{name}\n{place}")
    return name


def _outside_folder(folder: Path) -> Path:
    """A folder that others may enter and only root may change; one that somebody else made is refused."""
    for base in OUTSIDE:
        candidate = base / _outside_name(folder)
        try:
            candidate.mkdir(mode=0o711, exist_ok=True)
        except OSError:
            continue
        found = candidate.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
            candidate.chmod(0o711)
            return candidate
    raise RuntimeStartError(
        f"PostgreSQL cannot run as root; no folder under {' or '.join(map(str, OUTSIDE))} can be made for it"
    )


def _copy_programs(wheel: Path, outside: Path) -> Path:
    """Copy the wheel's programs and their libraries (its sibling folder) out of the closed checkout, once."""
    target = outside / "programs" / _version_of(wheel)
    if not target.is_dir():
        fresh = target.with_name(f"{target.name}.{uuid4().hex}")
        shutil.copytree(wheel, fresh / WHEEL, ignore=shutil.ignore_patterns("include", "__pycache__"))
        shutil.copytree(wheel.with_name(f"{WHEEL}.libs"), fresh / f"{WHEEL}.libs")
        _open_for_others(fresh)
        fresh.rename(target)
    return target / WHEEL / "pginstall" / "bin"


def _version_of(wheel: Path) -> str:
    """A word that changes whenever the wheel's programs do."""
    server = (wheel / "pginstall" / "bin" / "postgres").stat()
    return f"{server.st_size:x}-{server.st_mtime_ns:x}"


def _open_for_others(folder: Path) -> None:
    for path in (folder, folder.parent, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
