"""The launcher and the environment it makes: silent when it stands, anew when it was left half made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from svod.config import CHECKOUT
from svod.runtime import environment


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout as a fresh clone would be, in a path with a space."""
    target = tmp_path / "a clone"
    (target / "plugins").mkdir(parents=True)
    for name in ("svod", "requirements.lock", "requirements.uv.lock", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, target / name)
    shutil.copytree(CHECKOUT / "plugins" / "svod", target / "plugins" / "svod")
    return target


def launch(clone: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SVOD_")}
    return subprocess.run(
        [str(clone / "svod"), *arguments],
        cwd="/",
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend_environment(clone: Path) -> Path:
    """An environment that counts as complete but only tells how it was called."""
    key = subprocess.run(
        [
            "bash",
            "-c",
            'cat "$1" "$2" | sha256sum',
            "-",
            clone / "requirements.lock",
            clone / "requirements.uv.lock",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout[:12]
    folder = clone / ".svod" / f"env-{key}"
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text(
        '#!/bin/sh\nprintf "%s|" "$@" "$PYTHONPATH" "$SVOD_HOME" "${PYTHONDONTWRITEBYTECODE-unset}"\n'
    )
    python.chmod(0o755)
    (folder / "stamp").write_text(str(folder))
    return folder


def test_a_complete_environment_is_used_in_silence(clone: Path) -> None:
    pretend_environment(clone)
    result = launch(clone, "sql", "select 1", PYTHONDONTWRITEBYTECODE="1")
    assert result.stderr == ""
    assert result.stdout == f"-P|-m|svod|sql|select 1|{clone}/plugins|{clone}/.svod|unset|"


def test_the_launcher_may_be_called_through_a_link(clone: Path, tmp_path: Path) -> None:
    pretend_environment(clone)
    (tmp_path / "link").symlink_to(clone / "svod")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("SVOD_")}
    result = subprocess.run([tmp_path / "link"], env=surroundings, capture_output=True, text=True, check=True)
    assert f"{clone}/plugins" in result.stdout


def test_a_half_made_or_moved_environment_does_not_count(clone: Path) -> None:
    folder = pretend_environment(clone)
    assert environment.is_complete(folder)
    (folder / "stamp").write_text("/another/place")
    assert not environment.is_complete(folder)
    (folder / "stamp").unlink()
    assert not environment.is_complete(folder)


def test_without_a_fitting_python_it_says_what_is_needed(clone: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "env", "cat", "dirname", "readlink", "sha256sum"):
        (tools / name).symlink_to(shutil.which(name) or "")
    result = launch(clone, PATH=str(tools))
    assert result.returncode == 1
    assert result.stdout == ""
    assert "needs Python 3.11 or 3.12" in result.stderr


def test_a_failed_build_says_so_and_leaves_no_stamp(clone: Path) -> None:
    (clone / "requirements.lock").write_text("no-such-package-anywhere==1 --hash=sha256:" + "0" * 64 + "\n")
    (clone / "requirements.uv.lock").write_text("")
    result = launch(clone, SVOD_PYTHON=sys.executable, PIP_NO_INDEX="1", UV_OFFLINE="1", PIP_FIND_LINKS="")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "the environment could not be made" in result.stderr
    assert not list((clone / ".svod").glob("env-*/stamp"))


def test_pips_settings_are_told_to_uv() -> None:
    pip = {
        "index-url": "https://mirror.example/simple",
        "extra-index-url": "file:///a\nfile:///b",
        "find-links": "/wheels /more",
        "timeout": "60",
    }
    assert environment.uv_settings(pip, {"UV_INDEX": "kept"}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
    }


def test_pips_variables_win_over_its_files(tmp_path: Path) -> None:
    config = tmp_path / "pip.conf"
    config.write_text(
        "[global]\nindex-url = https://file.example/simple\nfind-links = /file\n"
        "[install]\nfind-links = /install\n"
    )
    found = environment.pip_settings(
        sys.executable,
        {
            "PATH": os.environ["PATH"],
            "PIP_CONFIG_FILE": str(config),
            "PIP_INDEX_URL": "https://env.example/simple",
        },
    )
    assert found["index-url"] == "https://env.example/simple"
    assert found["find-links"] == "/install"


def test_two_environments_are_kept_and_the_link_follows(tmp_path: Path) -> None:
    folders = [tmp_path / f"env-{letter}" for letter in "abc"]
    for age, folder in enumerate(reversed(folders)):
        folder.mkdir()
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    for _ in range(2):
        environment.point_to(folders[2])
    environment.remove_old(folders[2])
    assert (tmp_path / "env").resolve() == folders[2]
    assert [folder.exists() for folder in folders] == [False, True, True]


def test_no_lock_names_a_registry() -> None:
    for name in ("requirements.lock", "requirements.uv.lock"):
        text = (CHECKOUT / name).read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text


@pytest.mark.slow
def test_from_nothing_then_interrupted_then_silent(clone: Path) -> None:
    first = launch(clone, "--help")
    assert first.returncode == 0, first.stderr
    assert "environment ready" in first.stderr
    assert "Usage" in first.stdout
    (folder,) = (clone / ".svod").glob("env-*")
    (folder / "stamp").unlink()
    shutil.rmtree(next((folder / "lib").glob("python3*")) / "site-packages" / "typer")
    second = launch(clone, "--help")
    assert second.returncode == 0, second.stderr
    assert "environment ready" in second.stderr
    third = launch(clone, "--help")
    assert third.stderr == ""
    assert third.stdout == first.stdout
