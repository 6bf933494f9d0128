"""The wheel holds what the program needs when it is installed, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of a wheel that was built offline, without isolation."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=120)
    (wheel,) = out.glob("mailcrm-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def below(directory: str) -> set[str]:
    """The visible files below a directory of the checkout, by their path from there."""
    root = REPOSITORY / directory
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.parametrize("directory", ["templates", "config"])
def test_templates_and_config_travel_along(names: set[str], directory: str) -> None:
    files = below(directory)
    assert files, f"{directory}/ is empty"
    assert {f"mailcrm/_data/{directory}/{name}" for name in files} <= names


def test_every_file_of_the_package_is_inside(names: set[str]) -> None:
    assert {f"mailcrm/{name}" for name in below("mailcrm")} <= names
    assert "mailcrm/locale/zh/LC_MESSAGES/mailcrm.mo" in names


def test_nothing_else_is_inside(names: set[str]) -> None:
    strangers = {name for name in names if not name.startswith(("mailcrm/", "mailcrm-"))}
    assert strangers == set()
    assert not {name for name in names if "tests" in Path(name).parts or name.endswith(".pyc")}


def test_the_command_is_declared(names: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
