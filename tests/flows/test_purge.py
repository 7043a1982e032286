"""`milomobile purge` as a process."""

from pathlib import Path

from milomobile.actions.open import open_profile
from tests.conftest import NOW, PASSWORD, line
from tests.flows.processes import Laptop, write
from tests.store.retained import age


def test_it_is_counted_first_and_done_then(laptop: Laptop, tmp_path: Path) -> None:
    laptop("register", "--from", write(tmp_path / "day.jsonl", line(), line(at="2026-11-20T10:00:00+01:00")))
    nothing = {"people": 0, "encounters": 0, "lines": 0}
    assert laptop("purge") == (0, nothing | {"dry_run": False}, "")
    profile = open_profile(laptop.folder, None, PASSWORD, NOW)
    age(profile, NOW)
    profile.close()
    found = {"people": 1, "encounters": 1, "lines": 0}
    assert laptop("purge", "--dry-run")[1] == found | {"dry_run": True}
    assert laptop("purge")[1] == found | {"dry_run": False}
    assert laptop("purge", "--dry-run")[1] == nothing | {"dry_run": True}
    assert laptop("check")[0] == 0
