"""A laptop bound to an office through the fault proxy."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from milomobile.actions.open import Profile, create, open_profile
from tests.conftest import ADVISER, NOW, PASSWORD
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


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Profile, Office, Proxy]]:
    """The three together for all of a module's tests, each of which leaves nothing waiting."""
    keyring.set_keyring(NoKeyring())
    folder = tmp_path_factory.mktemp("road")
    proxy, office = Proxy(), Office(folder / "office")
    create(folder / "profile", ADVISER, PASSWORD, NOW)
    laptop = open_profile(folder / "profile", ADVISER, PASSWORD, NOW)
    bind(laptop, office, proxy)
    yield laptop, office, proxy
    laptop.close()
    office.close()
    proxy.close()
