"""A laptop bound to an office through the fault proxy."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from milomobile.actions.open import Profile
from tests.faults.office import Office, bind
from tests.faults.proxy import Proxy

TORTURE = bool(os.environ.get("MILO_TORTURE"))
"""The long form, which `make torture` runs."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy()
    yield made
    made.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def laptop(new_profile: Callable[[], Profile], office: Office, proxy: Proxy) -> Profile:
    """Bound to the office; nothing waits yet."""
    made = new_profile()
    bind(made, office, proxy)
    return made
