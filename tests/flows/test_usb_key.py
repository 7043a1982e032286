"""The USB key, as processes: out of the laptop, into the server, and the receipt back."""

import os
from pathlib import Path

from tests.flows.processes import Laptop, Office, call, one_sentence, somebody, write


def test_a_key_carries_what_waits_and_brings_the_receipt_back(
    bound: tuple[Laptop, Office, int], tmp_path: Path
) -> None:
    laptop, office, waiting = bound
    key, receipt = tmp_path / "cle.milo", tmp_path / "recu.milo"
    code, written, said = laptop("bundle", "export", str(key))
    assert (code, written) == (0, {"records": waiting}), said
    assert b"given_name" not in key.read_bytes() and b"birth_date" not in key.read_bytes()
    assert laptop("status")[1]["waiting"] == waiting
    code, _, said = laptop("bundle", "export", str(key))
    assert (code, "existe déjà" in said) == (2, True)
    book, pipe = tmp_path / "classeur.xlsx", tmp_path / "pipe"
    book.write_bytes(b"PK")
    os.mkfifo(pipe)
    for taken_already, said in ((book, "existe déjà"), (key, "existe déjà"), (pipe, "fichier ordinaire")):
        before = taken_already.lstat().st_ino
        done = call("sync.server", "ingest", "--data", str(office.data), str(key), "--receipt", str(taken_already))
        one_sentence(done.stderr, said, "Rien n’est écrit")
        assert (done.returncode, taken_already.lstat().st_ino) == (2, before)
    assert office("stats")["records"] == 0 and book.read_bytes() == b"PK"
    taken = office("ingest", str(key), "--receipt", str(receipt))
    assert taken == {"taken": waiting, "already": 0, "refused": 0}
    nowhere = str(tmp_path / "nowhere" / "recu.milo")
    done = call("sync.server", "ingest", "--data", str(office.data), str(key), "--receipt", nowhere)
    assert done.returncode == 2
    one_sentence(done.stderr, nowhere, "rien n’est pris deux fois")
    assert office("ingest", str(key), "--receipt", str(receipt)) == {"taken": 0, "already": waiting, "refused": 0}
    assert laptop("bundle", "receipt", str(receipt))[1] == {"records": waiting}
    assert laptop("bundle", "receipt", str(receipt))[1] == {"records": 0}
    assert laptop("status")[1]["waiting"] == 0
    held = office("records", "--device", laptop("status")[1]["device"])
    assert [one["seq"] for one in held] == list(range(1, waiting + 1))
    assert laptop("register", "--from", write(tmp_path / "next.jsonl", somebody(9)))[1]["taken"] == 1
    office.start()
    assert laptop("sync")[1]["waiting"] == 0
    office.stop()


def test_odd_files_are_told_in_one_sentence(bound: tuple[Laptop, Office, int], tmp_path: Path) -> None:
    laptop, office, waiting = bound
    odd = tmp_path / "odd.milo"
    odd.write_bytes(b"\xff{}")
    code, _, said = laptop("bundle", "receipt", str(odd))
    assert code == 2
    one_sentence(said, "reçu", "gardé ici")
    done = call("sync.server", "ingest", "--data", str(office.data), str(odd))
    assert done.returncode == 2
    one_sentence(done.stderr, "Rien n’a été pris")
    done = call("sync.server", "ingest", "--data", str(office.data), str(tmp_path / "gone.milo"))
    one_sentence(done.stderr, "n’existe pas", "Rien n’a été pris")
    key, receipt = str(tmp_path / "key.milo"), str(tmp_path / "receipt.milo")
    assert laptop("bundle", "export", key)[0] == 0
    assert office("ingest", key, "--receipt", receipt)["taken"] == waiting
    done = call("sync.server", "ingest", "--data", str(office.data), receipt)
    one_sentence(done.stderr, "est un reçu", "Rien n’a été pris")
    (office.data / "referents.key").rename(tmp_path / "safe.key")
    done = call("sync.server", "ingest", "--data", str(office.data), key)
    one_sentence(done.stderr, "clé des référents n’est pas ici", "--key")
    assert laptop("status")[1]["waiting"] == waiting


def test_a_laptop_bound_to_no_server_has_nobody_to_seal_for(laptop: Laptop, tmp_path: Path) -> None:
    code, _, said = laptop("bundle", "export", str(tmp_path / "cle.milo"))
    assert code == 2
    one_sentence(said, "relié", "gardé ici")
