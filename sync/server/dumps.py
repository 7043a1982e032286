"""PostgreSQL's own programs: dumping, reading a dump to its end, and putting it back in one transaction.

Passwords go through the environment, never the command line.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

from sync.server.tables import Table
from sync.server.wrong import Wrong

_MISSING = (
    "Le programme {} de PostgreSQL manque sur cette machine. Rien n’a été modifié. Installez le paquet "
    "postgresql-client, puis recommencez."
)
_FAILED = "PostgreSQL a refusé ({}). Rien n’a été modifié. Vérifiez la base, la version des programmes et la place."


def dump(url: str, snapshot: str, file: Path) -> None:
    """A dump in PostgreSQL's custom format of what an exported snapshot sees. Raises Wrong."""
    _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={file}")


def read_through(file: Path) -> None:
    """Unpacks a whole dump and throws it away; raises Wrong where it is damaged."""
    _run("pg_restore", None, f"--file={os.devnull}", str(file))


def receipts(file: Path) -> list[tuple[str, str, int, bytes]]:
    """(device, epoch, seq, digest) of every receipt in a dump, in that order. Raises Wrong."""
    with tempfile.TemporaryDirectory(prefix="milomobile-") as private:
        script = Path(private) / "receipts.sql"
        _run("pg_restore", None, "--data-only", "--table=receipt", f"--file={script}", str(file))
        with script.open(encoding="utf-8", newline="\n") as lines:
            head = next((line for line in lines if line.startswith("COPY ")), "()")
            names = head[head.index("(") + 1 : head.index(")")].replace('"', "").split(", ")
            rows = (dict(zip(names, line.rstrip("\n").split("\t"), strict=True)) for line in _until_end(lines))
            return sorted(
                (row["device"], row["epoch"], int(row["seq"]), bytes.fromhex(row["digest"].removeprefix("\\\\x")))
                for row in rows
            )


def _until_end(lines: Iterator[str]) -> Iterator[str]:
    return takewhile(lambda line: line != "\\.\n", lines)


def put_back(url: str, file: Path, history: str, folder: Path) -> None:
    """Replaces the server's tables by a dump's, under a new history: everything or nothing. Raises Wrong."""
    names = ", ".join(("alembic_version", *(f'"{name}"' for name in Table.metadata.tables)))
    with tempfile.TemporaryDirectory(dir=folder, prefix="restore-") as private:
        script = Path(private) / "dump.sql"
        _run("pg_restore", None, "--no-owner", "--no-privileges", f"--file={script}", str(file))
        before = f"DROP TABLE IF EXISTS {names} CASCADE"
        after = f"UPDATE public.server SET history = '{history}'"  # noqa: S608 - a UUID of ours
        steps = ("-c", before, "-f", str(script), "-c", after)
        _run("psql", url, "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", *steps)


def _run(name: str, url: str | None, *arguments: str) -> None:
    call, environment = [_program(name), *arguments], dict(os.environ)
    if url:
        parsed = make_url(url)
        told = {"host": parsed.host, "port": parsed.port, "user": parsed.username, "dbname": parsed.database}
        more = {name: value for name, value in parsed.query.items() if isinstance(value, str)}
        call.append(f"--dbname={make_conninfo('', **{**told, **more})}")
        if parsed.password:
            environment["PGPASSWORD"] = str(parsed.password)
    done = subprocess.run(call, capture_output=True, text=True, errors="replace", env=environment, check=False)  # noqa: S603 - no shell
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [name])[0]
        raise Wrong(_FAILED.format(said.rstrip(".")))


def _program(name: str) -> str:
    """The newest of Debian's, or the one on the path: an older pg_dump refuses a newer server."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version, reverse=True)
    program = str(found[0]) if found else shutil.which(name)
    if program is None:
        raise Wrong(_MISSING.format(name))
    return program


def _version(program: Path) -> float:
    text = program.parts[-3]
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0
