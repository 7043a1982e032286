"""What is shipped of others: named, of the locked versions, under licences that let us; and what says so beside an installer."""

import json
import re
from pathlib import Path

import pytest

from installer import bill, needs

ROOT = Path(__file__).parents[1]
LISTED = json.loads(bill.LICENCES.read_text(encoding="utf-8"))


def locked(name: str) -> set[tuple[str, str]]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = {re.match(r"([a-z0-9.-]+)==(\S+)", line) for line in lines if "sys_platform == 'win32'" not in line}
    return {(one[1], one[2]) for one in found if one}


def test_a_propos_names_every_locked_part_with_its_licence() -> None:
    assert locked("requirements.lock") <= {(one["name"], one["version"]) for one in LISTED}, "make licences"
    assert {"CPython", "SQLCipher", "Tabler Icons"} <= {one["name"] for one in LISTED}


@pytest.mark.parametrize("one", LISTED, ids=lambda one: one["name"])
def test_no_licence_keeps_us_from_shipping(one: dict[str, str]) -> None:
    choices = one["licence"].split(" OR ")
    assert one["licence"] and "?" not in one["licence"]
    assert any("GPL" not in choice.replace("LGPL", "") for choice in choices), one


def test_a_bill_of_materials_is_valid_the_same_each_time_and_summed(tmp_path: Path) -> None:
    site = Path(pytest.__file__).parents[1]
    artifact = tmp_path / "milomobile_1.2.3.deb"
    artifact.write_bytes(b"package")
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + "  gone.exe\n", encoding="ascii")
    made = []
    for _ in range(2):
        bill.write(artifact, ROOT / "requirements.lock", site, "1.2.3", 1_700_000_000)
        made.append((tmp_path / "milomobile_1.2.3.deb.cdx.json").read_bytes())
    assert made[0] == made[1]
    told = json.loads(made[0])
    assert told["bomFormat"] == "CycloneDX" and told["metadata"]["component"]["version"] == "1.2.3"
    named = {one["name"] for one in told["components"]}
    assert {"CPython", "pyside6-essentials", "sqlcipher3"} <= named
    sums = (tmp_path / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    assert [line.split("  ")[1] for line in sums] == ["milomobile_1.2.3.deb", "milomobile_1.2.3.deb.cdx.json"]


def test_what_a_build_needs_and_lacks_is_said_with_the_line_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    needs.have(("sh", "dash"), ("/etc/passwd", "base-passwd"))
    with pytest.raises(SystemExit) as told:
        needs.have(("sh", "dash"), ("no-such-command", "no-such-package"))
    assert (
        "apt-get install" in str(told.value) and "no-such-package" in str(told.value) and "dash" not in str(told.value)
    )
