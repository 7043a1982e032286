"""`milomobile import`, as a process."""

from pathlib import Path

from tests.flows.processes import Laptop, one_sentence, somebody, write


def test_a_list_is_kept_and_its_lines_told(laptop: Laptop, tmp_path: Path) -> None:
    who = somebody(3)["person"]
    assert laptop("register", "--from", write(tmp_path / "met.jsonl", somebody(3)))[1]["taken"] == 1
    file = tmp_path / "psad.csv"
    known = f"{who['birth_name']};{who['given_name']};{who['birth_date']};{who['phone']}"
    rows = ("Nom;Prénom;Date de naissance;Tél.", "Boussole;Inès;39153;", known, "Lampion;Noé;31/02/2008;")
    file.write_bytes("\r\n".join(rows).encode("cp1252"))
    code, answer, said = laptop("import", str(file), "--purpose", "PSAD de novembre")
    assert (code, answer["taken"], answer["already"]) == (1, 2, 0)
    assert set(answer) == {"taken", "already", "warned", "refused"}
    assert [(one["line"], one["field"]) for one in answer["warned"]] == [(3, None)]
    assert [(one["line"], one["field"]) for one in answer["refused"]] == [(4, "person.birth_date")]
    assert "Ligne 4, refusée" in said and "Gardée jusqu’au" in said
    waiting = laptop("status")[1]
    assert (waiting["people"], laptop("find", "Boussole")[1]) == (1, [])
    code, answer, said = laptop("import", str(file), "--purpose", "PSAD de décembre")
    assert (code, answer["taken"], answer["already"]) == (1, 0, 2)
    assert laptop("status")[1]["waiting"] == waiting["waiting"], "a list is never sent"


def test_what_cannot_be_imported_is_told_in_one_sentence(laptop: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Nom;Prénom\nBoussole;Inès\n")
    code, _, said = laptop("import", str(file), "--purpose", " ")
    assert code == 2
    one_sentence(said, "Dites à quoi sert cette liste")
    assert laptop("import", str(file))[0] == 2
    file.write_bytes(b"PK\x03\x04" + b"\0" * 500)
    for name, words in (
        (str(file), "n’est pas une liste lisible"),
        (str(tmp_path / "rien.csv"), "n’a pas pu être lue"),
    ):
        code, answer, said = laptop("import", name, "--purpose", "PSAD")
        assert (code, answer) == (2, [])
        one_sentence(said, words, "Rien n’a été gardé")
