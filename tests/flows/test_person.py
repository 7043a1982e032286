"""`milomobile person` as a process: what is kept of somebody, written for them."""

from pathlib import Path

import pyzipper

from tests.conftest import PASSWORD, line
from tests.flows.processes import Laptop, write


def test_everything_kept_of_somebody_is_written(laptop: Laptop, tmp_path: Path) -> None:
    laptop("register", "--from", write(tmp_path / "day.jsonl", line()))
    found = laptop("find", "boussole")[1]
    out = tmp_path / "dossier.pdf"
    code, answer, _ = laptop("person", "export", found["id"], "--out", str(out))
    assert (code, answer) == (0, {"file": str(out), "files": [str(out), str(out.with_suffix(".json"))]})
    assert out.read_bytes().startswith(b"%PDF")
    secret = tmp_path / "zip.txt"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    sealed = tmp_path / "dossier.zip"
    assert laptop("person", "export", found["id"], "--out", str(sealed))[0] == 2
    assert not sealed.exists()
    code, answer, _ = laptop("person", "export", found["id"], "--out", str(sealed), "--zip-password-file", str(secret))
    assert (code, answer["files"]) == (0, [str(sealed)])
    with pyzipper.AESZipFile(sealed) as archive:
        archive.setpassword(PASSWORD.encode())
        assert "Boussole" in archive.read("dossier.json").decode()
    code, answer, said = laptop("person", "export", "01890a5d-ac96-774b-bcce-b302099a8057", "--out", str(out))
    assert (code, answer) == (2, [])
    assert "n’est plus sur ce poste" in said
    assert [one["what"] for one in laptop("journal")[1]].count("export person") == 2
