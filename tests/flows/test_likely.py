"""`milomobile likely`, as a process: among the people of a profile, or of a file without any profile."""

import json
from pathlib import Path

from tests.flows.processes import Laptop, call, one_sentence, somebody, write

INES = {"id": "a", "given_name": "Inès", "birth_name": "Boussole", "birth_date": "2007-03-12", "phone": "0612345678"}
LINA = {"id": "b", "given_name": "Lina", "birth_name": "Lampion", "birth_date": "12/07/2004", "phone": None}


def test_in_a_file_without_a_profile(tmp_path: Path) -> None:
    """Texts as typed: missing, malformed, of another type; the answer has a line for each, best first."""
    among = write(tmp_path / "among.jsonl", INES, LINA, {"id": "c", "birth_name": "Boussole"})
    asked = write(
        tmp_path / "asked.jsonl",
        {"id": 1, "given_name": "BOUSSOLE", "birth_name": "ines", "birth_date": "2007-03-12", "phone": "+33 612345678"},
        {"id": "2", "given_name": "Lina", "birth_name": "Lanpion", "birth_date": "2004-07-12"},
        {"id": "3", "birth_date": "31/02/2007", "phone": "??"},
        {"id": "4"},
    )
    done = call(
        "milomobile", "likely", "--from", asked, "--among", among, "--json", "--profile", str(tmp_path / "none")
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["1", "2", "3", "4"]
    best = found[0]["candidates"][0]
    assert set(best) == {"id", "name", "score", "level", "why"}
    assert (best["id"], best["name"], best["level"]) == ("a", "Inès Boussole", "sure")
    assert 0.9 < best["score"] <= 1
    assert [one["id"] for one in found[0]["candidates"]] == ["a"]
    assert [(one["id"], one["level"]) for one in found[1]["candidates"]] == [("b", "probable")]
    assert found[2]["candidates"] == found[3]["candidates"] == []
    assert not (tmp_path / "none").exists()


def test_in_the_store(laptop: Laptop, tmp_path: Path) -> None:
    assert laptop("register", "--from", write(tmp_path / "people.jsonl", *map(somebody, range(8))))[1]["taken"] == 8
    made = somebody(3)["person"]
    asked = {"id": "x", **{name: made[name] for name in ("given_name", "birth_name", "birth_date", "phone")}}
    code, found, said = laptop("likely", "--from", write(tmp_path / "asked.jsonl", asked))
    assert (code, said, found["id"]) == (0, "", "x")
    assert len(found["candidates"]) <= 5
    best = found["candidates"][0]
    assert (best["level"], best["name"]) == ("sure", f"{made['given_name']} {made['birth_name']}")
    listed = laptop("find", f"{made['given_name']} {made['birth_name']}")[1]
    assert best["id"] == listed["id"]


def test_a_file_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    good = write(tmp_path / "good.jsonl", INES)
    for text in ("pas du JSON", '["liste"]', '{"given_name": "sans id"}'):
        (tmp_path / "odd.jsonl").write_text(text + "\n", encoding="utf-8")
        for files in ((str(tmp_path / "odd.jsonl"), good), (good, str(tmp_path / "odd.jsonl"))):
            done = call("milomobile", "likely", "--from", files[0], "--among", files[1], "--json")
            assert (done.returncode, done.stdout) == (2, "")
            one_sentence(done.stderr, "ligne 1", "Rien n’a été modifié")
    done = call("milomobile", "likely", "--from", str(tmp_path / "none"), "--among", good)
    assert done.returncode == 2
    one_sentence(done.stderr, "ne peut pas être lu")
