"""Houses that make samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from service.samplehouse import SampleHouse, empty_database, open_house


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at this release's schema."""
    return empty_database(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def house(tmp_path: Path, sample_database: Path) -> Iterator[SampleHouse]:
    """One house."""
    yield from open_house(tmp_path, sample_database)
