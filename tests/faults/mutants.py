"""`make torture`, second half: programs broken on purpose, each of which a test must catch; 1 where one survives."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (("tests/sync", "tests/faults/test_commits.py"), ("tests/server",), ("tests/faults",))
"""Quick tests first; a mutant is done with at its first failure."""


@dataclass(frozen=True)
class Mutant:
    """`old` is in `file` exactly once and becomes `new`."""

    name: str
    file: str
    old: str
    new: str


MUTANTS = (
    Mutant(
        "believes an unsigned answer",
        "sync/exchange.py",
        "        except signing.BadSignature:\n            continue\n        found = json.loads(content)\n",
        "        except signing.BadSignature:\n            pass\n        found = json.loads(content)\n",
    ),
    Mutant(
        "acknowledges before the commit",
        "sync/server/store.py",
        "                with self.write() as session:\n                    return act(session)\n            except",
        "                import threading\n"
        "                import time\n\n"
        "                session = self._engine.connect().execution_options(begin='BEGIN IMMEDIATE')\n"
        "                session.begin()\n"
        "                answer = act(session)\n"
        "                late = lambda: (time.sleep(0.2), session.commit(), session.close())\n"
        "                threading.Thread(target=late, daemon=True).start()\n"
        "                return answer\n"
        "            except",
    ),
    Mutant(
        "does not see that a server was restored",
        "milomobile/store/outbox.py",
        '        lost = (Row.seq > hwm) & (Row.state != "waiting")\n',
        '        lost = (Row.seq < 0) & (Row.state != "waiting")\n',
    ),
    Mutant(
        "knows no record again",
        "sync/server/ledger.py",
        "        if seq in held:\n",
        "        if False:\n",
    ),
    Mutant(
        "writes the outbox in a second transaction",
        "milomobile/actions/register.py",
        "    seqs = outbox.put(session, letters, now)\n    of = {",
        "    seqs = outbox.put(session, letters, now)\n"
        "    session.exec_driver_sql('COMMIT')\n"
        "    session.exec_driver_sql('BEGIN IMMEDIATE')\n"
        "    of = {",
    ),
    Mutant(
        "writes the lines anew",
        "milomobile/store/outbox.py",
        "            line = records.hollow(digest) if kept is None else kept\n",
        "            import json\n\n            line = records.hollow(digest) if kept is None else json.dumps(json.loads(kept)).encode()\n",
    ),
)


def main(names: Sequence[str]) -> int:
    """Tries every mutant, or those whose name holds one of the words; prints which test caught it."""
    survived = 0
    for mutant in MUTANTS:
        if names and not any(name in mutant.name for name in names):
            continue
        caught = try_out(mutant)
        survived += not caught
        print(f"{mutant.name}: {caught or 'SURVIVED'}", flush=True)
    return min(1, survived)


def try_out(mutant: Mutant) -> str:
    """The first test that fails for the mutant, or nothing."""
    with tempfile.TemporaryDirectory(prefix="milo-mutant-") as place:
        copy = Path(place)
        for room in ("milomobile", "sync", "tests", "resources"):
            shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        file = copy / mutant.file
        text = file.read_text(encoding="utf-8")
        if text.count(mutant.old) != 1:
            raise SystemExit(f"the mutant « {mutant.name} » no longer fits {mutant.file}")
        file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        for rooms in ROOMS:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *rooms],
                cwd=copy,
                env={**os.environ, "PYTHONPATH": place},
                capture_output=True,
                text=True,
                check=False,
            )
            if found := re.search(r"^FAILED (\S+)", done.stdout, re.MULTILINE):
                return found[1]
            if done.returncode:
                raise SystemExit(f"the tests did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return ""


if __name__ == "__main__":
    os.environ.pop("MILO_TORTURE", None)
    sys.exit(main(sys.argv[1:]))
