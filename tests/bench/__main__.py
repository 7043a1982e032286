"""`make bench`: speed as ratios to bounds measured in the same run, printed as JSON; it never fails a build."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from milomobile import reference
from milomobile.actions import demo, find, invent, likely
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import register
from milomobile.domain import likeness
from milomobile.domain.reading import read
from milomobile.domain.searching import CHIPS
from milomobile.store import engine
from milomobile.ui.models.people import PAGE
from tests.bench.bilan import drawing
from tests.bench.figures import counting
from tests.bench.files import writing
from tests.bench.grown import growing
from tests.bench.hands import freezing
from tests.bench.ingest import ingesting
from tests.bench.installed import starting
from tests.bench.link import sending
from tests.bench.load import loading
from tests.conftest import ADVISER, NOW, PASSWORD, line
from tests.domain.spellings import people

MANY = 100_000
TABLES = ("person", "person_key", "person_search", "encounter", "outbox", "journal")


def percentiles(samples: list[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    cuts = statistics.quantiles(samples, n=100)
    return statistics.median(samples), cuts[98]


def timed(act: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def start(folder: Path) -> dict[str, float]:
    """Process start to the unlock page painted, against a bare window painted."""
    paint = "w.show(); w.repaint(); a.processEvents(); w.grab()"
    bare = f"from PySide6.QtWidgets import QApplication, QMainWindow\na = QApplication([]); w = QMainWindow(); {paint}"
    ours = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtWidgets import QApplication\nfrom milomobile import app\n"
        "from milomobile.ui import look\n"
        f"a = QApplication(['bench', *look.STYLE]); look.apply(a); w = app.build(Path(sys.argv[1])); {paint}"
    )
    end = "\nimport os; os._exit(0)"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(6):
        for name, code in (("bare", bare), ("ours", ours)):
            call = [sys.executable, "-c", code + end, str(folder)]
            times[name].append(timed(lambda call=call: subprocess.run(call, env=env, check=True)))
    bound, measured = (statistics.median(times[name][1:]) for name in ("bare", "ours"))
    return {"ratio": measured / bound, "target": 2.0, "seconds": measured, "bare_seconds": bound}


def saving(profile: Profile, count: int = 400) -> dict[str, float]:
    """Saving a registration, against the same rows inserted raw, in the same file; and one write with fdatasync."""
    raw = engine.open_keyed(profile.folder / engine.FILE, _key(profile))
    marks = {table: raw.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0] for table in _ROWID}
    ours, bare, sync = [], [], []
    wal = profile.folder / (engine.FILE + "-wal")
    raw.execute(
        "CREATE TABLE IF NOT EXISTS bench_key (key TEXT, person_id TEXT, PRIMARY KEY (key, person_id)) WITHOUT ROWID"
    )
    for number in range(count):
        made = line(person__birth_name=_name(number), person__phone=f"+336{20_000_000 + number}")
        record, _ = read(made, reference.lists(), NOW)
        assert record
        before = wal.stat().st_size
        ours.append(timed(lambda record=record: register(profile, record, NOW)))
        frames = max(4096, wal.stat().st_size - before)
        bare.append(_raw_copy(raw, marks))
        sync.append(_write_synced(profile.folder / "bench.bin", frames))
    raw.execute("DROP TABLE bench_key")
    raw.close()
    (p50, p99), (b50, b99), (s50, _) = percentiles(ours), percentiles(bare), percentiles(sync)
    return {
        "p50_ratio": p50 / b50,
        "p50_target": 3.0,
        "p99_ratio": p99 / b99,
        "p99_target": 4.0,
        "p50_ms": p50 * 1000,
        "bare_p50_ms": b50 * 1000,
        "ratio_to_fdatasync": p50 / s50,
    }


_ROWID = ("person", "encounter", "outbox", "journal")


def _raw_copy(raw: object, marks: dict[str, int]) -> float:
    """The rows of the last act taken out and inserted again by the bare driver, in one FULL transaction."""
    execute = raw.execute  # type: ignore[attr-defined]
    rows: list[tuple[str, tuple[object, ...]]] = []
    person = execute("SELECT id, rank FROM person ORDER BY rowid DESC LIMIT 1").fetchone()
    wanted = {
        "outbox": "seq > (SELECT max(seq) - 2 FROM outbox)",
        "journal": "seq = (SELECT max(seq) FROM journal)",
        "encounter": "rowid = (SELECT max(rowid) FROM encounter)",
        "person": "rowid = (SELECT max(rowid) FROM person)",
    }
    for table, where in wanted.items():
        rows += [(table, row) for row in execute(f"SELECT * FROM {table} WHERE {where}")]
    words = execute("SELECT words FROM person_search WHERE rowid = ?", (person[1],)).fetchone()
    keys = execute("SELECT key, person_id FROM person_key WHERE person_id = ?", (person[0],)).fetchall()
    execute("BEGIN IMMEDIATE")
    execute("PRAGMA defer_foreign_keys = ON")
    execute("DELETE FROM person_search WHERE rowid = ?", (person[1],))
    execute("DELETE FROM person_key WHERE person_id = ?", (person[0],))
    for table, where in wanted.items():
        execute(f"DELETE FROM {table} WHERE {where}")
    execute("COMMIT")
    began = time.perf_counter()
    execute("BEGIN IMMEDIATE")
    execute("PRAGMA defer_foreign_keys = ON")
    for table, row in reversed(rows):
        execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    for key in keys:
        execute("INSERT INTO person_key VALUES (?, ?)", key)
    execute("INSERT INTO person_search(rowid, words) VALUES (?, ?)", (person[1], words[0]))
    execute("COMMIT")
    return time.perf_counter() - began


def _write_synced(file: Path, size: int) -> float:
    block = os.urandom(size)
    with file.open("ab", buffering=0) as out:
        return timed(lambda: (out.write(block), os.fdatasync(out.fileno())))


def searching(profile: Profile) -> dict[str, float]:
    """Each key of typed names, from key to all ranks and the first rows, among 100,000 people already listed once."""
    _first_page(profile, "", "all")
    samples = []
    for name in [*invent.NAMES[:12], "N'Guessan", "zoe mou", "metz", "12 34 56"]:
        for end in range(1, len(name) + 1):
            samples.append(timed(lambda typed=name[:end]: _first_page(profile, typed, "all")) * 1000)
    p50, p99 = percentiles(samples)
    return {"people": find.count_people(profile), "p50_ms": p50, "p99_ms": p99, "p99_target_ms": 16.0}


def _first_page(profile: Profile, typed: str, chip: str) -> None:
    find.people_at(profile, find.listed(profile, typed, chip, NOW)[:PAGE], NOW)


def listing(profile: Profile, count: int = 1000) -> dict[str, float]:
    """Jeunes among 100,000: opened (counts, ranks, first rows), and one page of it at any position.

    The bound of a page is the same rows, with their lines, selected by their ranks through the bare driver.
    """
    raw = engine.open_keyed(profile.folder / engine.FILE, _key(profile))
    ranks, dice = find.listed(profile, "", "all", NOW), random.Random(1)
    joined = "SELECT * FROM person LEFT JOIN outbox ON outbox.seq = person.seq"
    bare_page = f"{joined} WHERE rank IN ({', '.join('?' * PAGE)})"
    ours, bare = [], []
    for _ in range(count):
        first = dice.randrange(len(ranks) - PAGE)
        page = ranks[first : first + PAGE]
        ours.append(timed(lambda page=page: find.people_at(profile, page, NOW)))
        bare.append(timed(lambda page=page: raw.execute(bare_page, page).fetchall()))
    raw.close()
    opened = [
        timed(lambda chip=chip: (find.count_chips(profile, NOW), _first_page(profile, "", chip)))
        for _ in range(20)
        for chip, _ in CHIPS
    ]
    (p50, p99), (b50, b99), (o50, o99) = percentiles(ours), percentiles(bare), percentiles(opened)
    return {
        "page_p50_ratio": p50 / b50,
        "page_p99_ratio": p99 / b99,
        "page_p99_target": 4.0,
        "page_p99_ms": p99 * 1000,
        "open_p50_ms": o50 * 1000,
        "open_p99_ms": o99 * 1000,
        "open_p99_target_ms": 32.0,
    }


def knowing(profile: Profile) -> dict[str, float]:
    """Who is likely the same, for people half of whom are known, misheard, among 100,000: from the name to the list."""
    samples = []
    for number, (_, second) in enumerate(people(300, 2)):
        name = second["birth_name"] if number % 2 else invent.NAMES[number % len(invent.NAMES)].upper()
        given = invent.GIVEN[number % len(invent.GIVEN)]
        one = likeness.identity(given, name, second["birth_date"] if number % 3 else "", second["phone"], NOW.date())
        samples.append(timed(lambda one=one: likely.in_store(profile, one)) * 1000)
    p50, p99 = percentiles(samples)
    return {"p50_ms": p50, "p99_ms": p99, "p99_target_ms": 10.0}


def _name(number: int) -> str:
    return "Banc " + "".join("abcdefghij"[int(digit)] for digit in str(number))


def _key(profile: Profile) -> bytes:
    from milomobile.security import vault

    return vault.unlock(profile.folder, ADVISER, PASSWORD, lambda _: None).key


def main() -> None:
    """Measures and prints. Files lie beside the demonstration: a system's temporary folder may be memory."""
    keyring.set_keyring(NoKeyring())
    place = Path(__file__).parents[2] / ".demo"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as temporary:
        folder = Path(temporary)
        create(folder / "profile", ADVISER, PASSWORD, NOW)
        figures: dict[str, object] = {"start": start(folder / "profile")}
        figures["installed"] = starting(folder / "profile")
        profile = open_profile(folder / "profile", ADVISER, PASSWORD, NOW)
        figures["saving"] = saving(profile)
        print(f"filling with {MANY} people…", file=sys.stderr)
        demo.fill(profile, invent.lines(MANY, MANY, 1, NOW), NOW)
        figures["searching"] = searching(profile)
        figures["listing"] = listing(profile)
        figures["knowing"] = knowing(profile)
        figures["exporting"] = writing(profile, _key(profile), folder, timed)
        figures["counting"] = counting(profile)
        profile.close()
        figures["drawing"] = drawing(folder / "drawn")
        figures["freezing"] = freezing(folder / "drawn")
        print("growing to a year, some minutes…", file=sys.stderr)
        figures["grown"] = growing(folder / "grown")
        figures["ingesting"] = ingesting()
        print("one minute of 500 laptops, twice…", file=sys.stderr)
        figures["loading"] = loading(folder)
        print("pushing over a slow link, some minutes…", file=sys.stderr)
        create(folder / "empty", ADVISER, PASSWORD, NOW)
        figures["sending"] = sending(folder, folder / "empty")
    print(json.dumps(figures, indent=1, default=lambda value: round(value, 3)))


if __name__ == "__main__":
    main()
