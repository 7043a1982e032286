"""`milomobile report` as a process."""

from pathlib import Path

from tests.conftest import line
from tests.flows.processes import Laptop, write


def test_reports_are_written_where_they_are_wanted(laptop: Laptop, tmp_path: Path) -> None:
    laptop("register", "--from", write(tmp_path / "day.jsonl", line()))
    for asked in (("day", "2026-11-24"), ("month", "2026-11")):
        out = tmp_path / f"{asked[0]}.pdf"
        code, answer, error = laptop("report", *asked, "--out", str(out))
        assert (code, answer, error) == (0, {"file": str(out)}, "")
        assert out.read_bytes().startswith(b"%PDF")
    assert laptop("report", "day", "24/11/2026", "--out", str(tmp_path / "x.pdf"))[0] == 2
    assert laptop("report", "month", "2026-13", "--out", str(tmp_path / "x.pdf"))[0] == 2
    assert laptop("report", "day", "2026-11-24", "--out", str(laptop.folder / "x.pdf"))[0] == 2
    assert laptop("report", "day", "2026-11-24", "--out", str(tmp_path / "no" / "x.pdf"))[0] == 2
    told = [one["what"] for one in laptop("journal")[1]]
    assert told.count("export report day") == told.count("export report month") == 1
