"""`milomobile journal` as a process: every line, and what is said of one that somebody changed."""

from pathlib import Path

from milomobile.actions.open import open_profile
from milomobile.errors import TAMPERED
from tests.conftest import NOW, PASSWORD, line
from tests.flows.processes import Laptop, write


def test_the_journal_is_told_and_a_changed_one_is_noticed(laptop: Laptop, tmp_path: Path) -> None:
    laptop("register", "--from", write(tmp_path / "day.jsonl", line()))
    code, lines, said = laptop("journal")
    assert (code, said) == (0, "")
    assert [one["what"] for one in lines] == ["init", "unlock", "create named", "unlock"]
    assert set(lines[0]) == {"seq", "at", "who", "what", "id", "chain"}
    assert {one["who"] for one in lines} == {"Camille Lanterne"}
    assert len(bytes.fromhex(lines[0]["chain"])) == 32
    assert laptop("find", "zzz")[0] == 0
    assert [one["what"] for one in laptop("journal")[1]][-2:] == ["read list", "unlock"]
    assert laptop("journal")[1][-2]["what"] == "read journal"
    profile = open_profile(laptop.folder, None, PASSWORD, NOW)
    with profile.store.write() as session:
        session.exec_driver_sql("DELETE FROM journal WHERE seq = 3")
    profile.close()
    code, lines, said = laptop("journal")
    assert (code, said.strip()) == (1, TAMPERED)
    assert [one["seq"] for one in lines][:4] == [1, 2, 4, 5]
    assert laptop("check")[0] == 2
