"""Keys at the command line: a technician without a password, the recovery code, waits after wrong passwords."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from milomobile.security import slots, tries
from tests.conftest import ADVISER, PASSWORD
from tests.flows.processes import Laptop, call, one_sentence


def test_status_without_a_password_says_what_is_known_locked(laptop: Laptop) -> None:
    done = call("milomobile", "--profile", str(laptop.folder), "--json", "status")
    assert done.returncode == 0, done.stderr
    answer, known = json.loads(done.stdout), laptop("status")[1]
    assert set(known) == set(answer) - {"locked", "advisers", "size"}
    assert (answer.pop("locked"), answer.pop("advisers")) == (True, 1)
    assert answer.pop("size") > 4096
    assert set(answer.values()) == {None}
    assert call("milomobile", "--profile", str(laptop.folder), "check").returncode == 0


def test_status_without_a_profile_is_no_profile(tmp_path: Path) -> None:
    done = call("milomobile", "--profile", str(tmp_path / "none"), "status")
    assert done.returncode == 2
    one_sentence(done.stderr.replace("\n", " ") + "\n")


def test_the_recovery_code_is_a_password(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "p")
    code = laptop("init", "--adviser", ADVISER)[1]["recovery_code"]
    file = tmp_path / "code"
    file.write_text(code.lower().replace("-", " ") + "\n")
    done = call("milomobile", "--profile", str(laptop.folder), "--password-file", str(file), "--json", "status")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == laptop("status")[1]


def test_a_try_before_its_time_exits_2_and_says_how_long(laptop: Laptop) -> None:
    status = ("--profile", str(laptop.folder), "status")
    wrong = call("milomobile", *status, MILOMOBILE_PASSWORD="faux")
    assert (wrong.returncode, wrong.stderr) == (2, "Ce mot de passe ne correspond pas.\n")
    [slot] = slots.advisers(laptop.folder)
    assert tries.read(laptop.folder).wrong == {slot.id: 1}
    for _ in range(9):
        tries.failed(laptop.folder, slot.id, datetime.now(UTC))
    soon = call("milomobile", *status, MILOMOBILE_PASSWORD=PASSWORD)
    assert soon.returncode == 2
    assert re.fullmatch(r"Nouvel essai dans \d+ secondes?\.\n", soon.stderr)
