"""Files, answers and stores that are not as they should be: each ends in a sentence, and nothing is lost."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import line
from tests.flows.processes import ROOT, Laptop, identified, one_sentence, somebody, write

GROUP = {"kind": "group", "at": "2026-11-24T15:30:00+01:00", "place": "Marché de Borny", "women": 1}
NIR = "1 85 03 57 463 123 45"


def test_a_file_that_is_missing_a_folder_or_empty(laptop: Laptop, tmp_path: Path) -> None:
    for name in (tmp_path / "absent.jsonl", tmp_path):
        code, answer, said = laptop("register", "--from", str(name))
        assert (code, answer) == (2, [])
        one_sentence(said, str(name), "intactes", "Vérifiez")
    code, answer, said = laptop("register", "--from", write(tmp_path / "empty.jsonl"))
    assert (code, answer) == (0, {"taken": 0, "already": 0, "warned": [], "refused": []})
    one_sentence(said, "vide")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_in_another_encoding_is_refused_line_by_line(laptop: Laptop, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text(json.dumps(line(), ensure_ascii=False) + "\n", encoding=encoding)
    code, answer, said = laptop("register", "--from", str(file))
    assert (code, answer["taken"], answer["refused"][0]["field"]) == (1, 0, None)
    assert "Enregistrez le fichier en UTF-8." in said
    assert "Traceback" not in said


def test_a_broken_line_costs_only_itself_and_a_known_id_is_not_doubled(laptop: Laptop, tmp_path: Path) -> None:
    good, other = (json.dumps(identified(number)) for number in (1, 2))
    far = [json.dumps({**GROUP, "at": at}) for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T00:00:00-14:00")]
    odd = ["{broken", '{"kind":[]}', '{"kind":"named","\\ud800":1}', "[" * 20_000, *far, '"' + "a" * 300_000]
    file = tmp_path / "mixed.jsonl"
    file.write_text("\n".join([good, *odd, "", other, good]), encoding="utf-8")
    code, answer, said = laptop("register", "--from", str(file))
    assert (code, answer["taken"], answer["already"], answer["warned"]) == (1, 2, 1, [])
    fields = [(one["line"], one["field"]) for one in answer["refused"]]
    assert fields == [(2, None), (3, "kind"), (4, "\ud800"), (5, None), (6, "at"), (7, "at"), (8, None)]
    assert len(said.splitlines()) == len(odd) and "Traceback" not in said
    code, answer, _ = laptop("register", "--from", str(file))
    assert (code, answer["taken"], answer["already"]) == (1, 0, 3)
    assert laptop("status")[1]["encounters"] == 2


ANSWERS: list[tuple[dict[str, Any], str, str]] = [
    ({"person__given_name": ""}, "refused", "person.given_name"),
    ({"person__birth_name": "Ab" * 100}, "refused", "person.birth_name"),
    ({"person__given_name": "Inès 😀"}, "refused", "person.given_name"),
    ({"person__given_name": "Jean-Loup", "person__birth_name": "D’Été-O'Neill"}, "kept", ""),
    ({"person__given_name": "فاطمة", "person__birth_name": "بن علي"}, "kept", ""),
    ({"person__given_name": "Ольга", "person__birth_name": "Ковальчук"}, "kept", ""),
    ({"person__given_name": "ნინო", "person__birth_name": "ბერიძე"}, "kept", ""),
    ({"person__birth_date": "2031-01-01"}, "refused", "person.birth_date"),
    ({"person__birth_date": "31/02/2007"}, "refused", "person.birth_date"),
    ({"person__birth_date": "2007-02-31"}, "refused", "person.birth_date"),
    ({"person__birth_date": "2012-03-12"}, "refused", "person.birth_date"),
    ({"person__birth_date": "1998-03-12", "person__given_name": "Maud"}, "warned", "person.birth_date"),
    ({"person__birth_date": "1990-03-12", "person__given_name": "Lise"}, "warned", "person.birth_date"),
    ({"person__phone": "+352 621 123 456", "person__given_name": "Luc"}, "kept", ""),
    ({"person__phone": "+49 1512 3456789", "person__given_name": "Jonas"}, "kept", ""),
    ({"person__phone": "0032 470 12 34 56", "person__given_name": "Bram"}, "kept", ""),
    ({"place": f"Chez {NIR}"}, "refused", "place"),
    ({"comment": f"son numéro : {NIR}"}, "refused", "comment"),
    ({"person__email": "185035746312345@exemple.org"}, "refused", "person.email"),
    ({"person__social": "@185035746312345"}, "refused", "person.social"),
    ({"person__address": NIR}, "refused", "person.address"),
    ({"person__phone": NIR}, "refused", "person.phone"),
    ({"person__postal_code": "185035746312345"}, "refused", "person.postal_code"),
    ({"person__usual_name": NIR}, "refused", "person.usual_name"),
    ({"person__birth_name": NIR}, "refused", "person.birth_name"),
    ({"notice__version": NIR}, "refused", "notice.version"),
    ({"appointment": {"at": "2026-11-26T10:00:00+01:00", "place": NIR}}, "refused", "appointment.place"),
    ({"comment": "١٨٥٠٣٥٧٤٦٣١٢٣٤٥"}, "refused", "comment"),
]


def test_each_odd_answer_is_kept_warned_or_refused_by_its_field(laptop: Laptop, tmp_path: Path) -> None:
    others = (
        {"person__phone": f"06 {10 + number} 00 {number * 7 % 100:02d} {99 - number}"} for number in range(len(ANSWERS))
    )
    file = write(
        tmp_path / "answers.jsonl", *(line(**{**other, **row[0]}) for other, row in zip(others, ANSWERS, strict=True))
    )
    code, answer, said = laptop("register", "--from", file)
    found = {one["line"]: ("refused", one["field"]) for one in answer["refused"]}
    doubts = [one for one in answer["warned"] if one["field"] != "person"]
    found |= {one["line"]: ("warned", one["field"]) for one in doubts}
    expected = {at: (what, field) for at, (_, what, field) in enumerate(ANSWERS, 1) if what != "kept"}
    assert found == expected
    assert (code, answer["taken"]) == (1, sum(what != "refused" for _, what, _ in ANSWERS))
    reasons = {one["line"]: one["reason"] for one in answer["refused"] + doubts}

    def reason(born: str) -> str:
        at = next(at for at, (changes, *_) in enumerate(ANSWERS, 1) if changes.get("person__birth_date") == born)
        return str(reasons[at])

    assert "14 ans" in reason("2012-03-12") and "anonyme" in reason("2012-03-12")
    assert "28 ans" in reason("1998-03-12") and "hors du périmètre" in reason("1998-03-12")
    assert "36 ans" in reason("1990-03-12") and "vérifier" in reason("1990-03-12")
    assert len(said.splitlines()) == len(answer["refused"]) + len(answer["warned"])
    assert not re.search(r"1 ?85 ?03", said + json.dumps(answer))
    assert "فاطمة بن علي" in [one["name"] for one in laptop("find", "")[1]]


def test_memory_stays_flat_over_a_long_file_and_a_line_without_end(laptop: Laptop, tmp_path: Path) -> None:
    def peak(*args: str) -> tuple[dict[str, Any], int]:
        process = laptop.start(*args)
        assert process.stdout and process.stderr
        with process.stdout, process.stderr:
            answer = json.loads(process.stdout.read())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return answer, used.ru_maxrss

    long = Path(write(tmp_path / "long.jsonl", *(somebody(number) for number in range(1500))))
    with long.open("ab") as file:
        file.writelines([b"x" * (1 << 20)] * 64 + [b"\n", json.dumps(somebody(1500)).encode()])
    _, before = peak("status")
    answer, after = peak("register", "--from", str(long))
    assert (answer["taken"], [one["line"] for one in answer["refused"]]) == (1501, [1501])
    assert after - before < 32 * 1024


def test_the_laptop_needs_none_of_the_servers_packages() -> None:
    names = re.findall(r"^([\w-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert "sqlcipher3" in names
    assert [name for name in names if re.match("fastapi|uvicorn|starlette|psycopg", name)] == []
