"""The file of contacts as CSV and XLSX, against one raw SELECT of ready-made rows written by the same libraries."""

import csv
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from milomobile.actions import files
from milomobile.actions.open import Profile
from milomobile.domain.files import Asked
from milomobile.reports.wording import guard
from milomobile.store import engine
from tests.conftest import NOW

EVERYTHING = (date(2000, 1, 1), date(2100, 1, 1))
Timed = Callable[[Callable[[], object]], float]


def writing(profile: Profile, key: bytes, folder: Path, timed: Timed) -> dict[str, float]:
    """Seconds and ratios of both forms; and what memory grows to, of few rows and of all."""

    def ours(form: str, first: date = EVERYTHING[0], last: date = EVERYTHING[1]) -> int:
        place = folder / f"ours.{form}"
        place.unlink(missing_ok=True)
        return files.write(profile, Asked("contacts", first, last, form), place, NOW).rows

    peaks: dict[str, float] = {}
    for form in ("csv", "xlsx"):
        for name, first in (("few", NOW.date() - timedelta(days=3)), ("all", EVERYTHING[0])):
            tracemalloc.start()
            rows = ours(form, first)
            peaks[f"{form}_peak_mb_{name}_rows"] = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
    with _ready(profile, key, folder / "ours.csv") as raw:
        bounds = {"csv": _bare_csv, "xlsx": _bare_xlsx}
        bare = {
            form: min(timed(lambda act=act: act(raw, folder / f"bare.{form}")) for _ in range(3))  # noqa: B023
            for form, act in bounds.items()
        }
        mine = {form: min(timed(lambda form=form: ours(form)) for _ in range(3)) for form in bounds}
    return {
        "rows": rows,
        "ratio": bare["csv"] / mine["csv"],
        "target": 0.5,
        "seconds": mine["csv"],
        "xlsx_ratio": bare["xlsx"] / mine["xlsx"],
        "xlsx_target": 0.7,
        "xlsx_seconds": mine["xlsx"],
        **peaks,
    }


@contextmanager
def _ready(profile: Profile, key: bytes, written: Path) -> Iterator[Any]:
    """The same encrypted file with a table of the cells as they are written."""
    raw: Any = engine.open_keyed(profile.folder / engine.FILE, key)
    with written.open(encoding="utf-8-sig", newline="") as opened:
        ready = list(csv.reader(opened, delimiter=";"))[1:]
    columns = len(ready[0])
    raw.execute(f"CREATE TABLE bench_row ({', '.join(f'c{n} TEXT' for n in range(columns))})")
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO bench_row VALUES ({', '.join('?' * columns)})", ready)
    raw.execute("COMMIT")
    del ready
    yield raw
    raw.execute("DROP TABLE bench_row")
    raw.close()


def _bare_csv(raw: Any, file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerows([guard(cell) for cell in row] for row in raw.execute("SELECT * FROM bench_row"))


def _bare_xlsx(raw: Any, file: Path) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        write = book.add_worksheet().write_string
        for down, row in enumerate(raw.execute("SELECT * FROM bench_row")):
            for across, cell in enumerate(row):
                write(down, across, guard(cell))
