"""What every room's tests start from: a fast key recipe, an open profile, a line that is right."""

import copy
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from milomobile.actions.open import Profile, create, open_profile
from milomobile.domain.dates import LOCAL
from milomobile.security import slots
from tests import postgresql

slots.RECIPE = slots.Cost(1, 64, 1)
PASSWORD = "Un-mot-2-passe-long"
ADVISER = "Camille Lanterne"
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=LOCAL)
LINE: dict[str, Any] = {
    "kind": "named",
    "at": "2026-11-24T14:32:00+01:00",
    "place": "Marché de Borny",
    "setting": "ARRET_MILO_MOBILE",
    "person": {
        "given_name": "Inès",
        "birth_name": "Boussole",
        "birth_date": "2007-03-12",
        "sex": "F",
        "phone": "03 53 01 12 34",
        "postal_code": "57050",
        "commune": "57463",
        "qpv": "QN05720M",
        "qpv_status": "OUI",
    },
    "situation": {"category": "SANS_SITUATION", "level": "SQ"},
    "needs": ["EMPLOI"],
    "notice": {"version": "2026-1", "how": "ORAL_AFFICHE"},
}


def line(**changes: Any) -> dict[str, Any]:
    """The good line with some answers changed: `person__phone="…"` reaches inside; None takes an answer away."""
    made = copy.deepcopy(LINE)
    for name, value in changes.items():
        *parts, last = name.split("__")
        place = made
        for part in parts:
            place = place.setdefault(part, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return made


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """Tests never write into the keyring of whoever runs them."""
    kept = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(kept)


@pytest.fixture(scope="session")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile as it is when just made, to be copied: making one costs twenty migrations."""
    kept, folder = keyring.get_keyring(), tmp_path_factory.mktemp("unused") / "profile"
    keyring.set_keyring(NoKeyring())
    create(folder, ADVISER, PASSWORD, NOW)
    keyring.set_keyring(kept)
    return folder


@pytest.fixture
def new_profile(tmp_path: Path, unused: Path) -> Iterator[Callable[[], Profile]]:
    """Makes and opens profiles in real encrypted files; each is a laptop of its own."""
    opened: list[Profile] = []

    def make() -> Profile:
        folder = tmp_path / f"profile{len(opened)}"
        if opened or not isinstance(keyring.get_keyring(), NoKeyring):
            create(folder, ADVISER, PASSWORD, NOW)
        else:
            shutil.copytree(unused, folder)
        opened.append(open_profile(folder, ADVISER, PASSWORD, NOW))
        return opened[-1]

    yield make
    for profile in opened:
        profile.close()


@pytest.fixture
def profile(new_profile: Callable[[], Profile]) -> Profile:
    """One open profile."""
    return new_profile()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which databases the server was tested on: PostgreSQL where its programs are found."""
    found = "SQLite and PostgreSQL" if postgresql.programs() else "SQLite only: PostgreSQL was not found"
    terminalreporter.write_line(f"server tested on {found}")
