"""What the repository may hold, and what it promises about itself."""

import re
import subprocess
from pathlib import Path

import yaml

from svod.runtime.recovery import RECOVERY

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_lock_names_no_host_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+", lock, flags=re.M | re.I)
    assert len(pinned) > 200
    for block in re.split(r"\n(?=[a-z0-9])", lock, flags=re.I):
        if "==" in block.partition("\n")[0]:
            assert "--hash=sha256:" in block, block.partition("\n")[0]


def test_no_file_is_large_or_holds_a_secret_or_a_path_of_one_machine() -> None:
    suspicious = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|/root/|/home/[a-z]+/(?!svod)")
    checked = 0
    for path in tracked():
        body = path.read_bytes()
        assert len(body) < 2_000_000, path
        if path != Path(__file__):
            assert not suspicious.search(body), f"{path}: {suspicious.search(body)}"
        checked += 1
    assert checked > 100


def test_hand_written_files_stay_small() -> None:
    """A file much past 400 lines has more than one job."""
    code = [p for p in tracked() if p.suffix == ".py" and "versions" not in p.parts]
    long = {str(p.relative_to(ROOT)): n for p in code if (n := len(p.read_text().splitlines())) > 460}
    assert len(code) > 50
    assert not long


def test_nothing_is_called_utils() -> None:
    names = {p.name for p in tracked()}
    assert not names & {"utils.py", "util.py", "common.py", "helpers.py", "misc.py"}


def test_compose_recovers_as_soon_as_the_embedded_stack() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    environment = compose["services"]["scheduler"]["environment"]
    for section, options in RECOVERY.items():
        for name, value in options.items():
            assert environment[f"AIRFLOW__{section.upper()}__{name.upper()}"] == str(value)


def test_compose_takes_every_secret_from_the_environment() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / ".env.example").read_text()
    wanted = set(re.findall(r"(?<!\$)\$\{(\w+)", compose))
    offered = set(re.findall(r"^(\w+)=", example, flags=re.M))
    assert wanted <= offered, wanted - offered
    filled = {
        k: v for k, v in re.findall(r"^(\w*(?:PASSWORD|SECRET|KEY)\w*)=(.*)$", example, flags=re.M) if v
    }
    assert not filled
    services = yaml.safe_load(compose)["services"]
    assert all("healthcheck" in service for name, service in services.items() if name != "init")


def test_every_command_in_the_documents_exists() -> None:
    from typer.main import get_command

    from svod.cli import app

    root = get_command(app)
    named: set[tuple[str, str]] = set()
    for document in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/runbook.md", "docs/operations.md"):
        named.update(re.findall(r"\./svod ([a-z]+)(?: ([a-z]+))?", (ROOT / document).read_text()))
    assert len(named) > 10
    for command, word in sorted(named):
        assert command in root.commands, f"./svod {command}"
        below = getattr(root.commands[command], "commands", None)
        assert not below or word in below, f"./svod {command} {word}"
