"""A PostgreSQL of the tests' own: a throw-away cluster on a socket of its own, where the program is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def programs() -> Path | None:
    """Where PostgreSQL's programs are: where Debian puts them, or on the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


DATABASES = ["sqlite", *(["postgresql"] if programs() else [])]
"""What the server is tested on."""


class Cluster:
    """A running cluster; `database()` makes an empty database in it."""

    def __init__(self, folder: Path, owner: pwd.struct_passwd | None, durable: bool) -> None:
        self.folder, self._owner, self._durable, found = folder, owner, durable, programs()
        assert found
        self._bin = found

    def run(self, name: str, *arguments: str) -> None:
        """Runs one of PostgreSQL's programs as the cluster's owner."""
        who = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []} if self._owner else {}
        call = [str(self._bin / name), *arguments]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, env={"LC_ALL": "C.UTF-8"}, **who)  # type: ignore[call-overload]

    def start(self) -> None:
        """Returns once it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=200"
        if not self._durable:
            options += " -c fsync=off -c full_page_writes=off"
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-D", str(self.folder / "data"), "-o", options, "-w", "-s", "-l", log)

    def stop(self, mode: str = "fast") -> None:
        """Ends every connection."""
        self.run("pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", mode, "-s")

    def url(self, name: str) -> str:
        """The address of a database, on the cluster's socket."""
        return f"postgresql+psycopg://milo@/{name}?host={self.folder}"

    def database(self, template: str = "template1") -> str:
        """The address of a new database, empty or as a template that nobody uses."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(host=str(self.folder), user="milo", dbname="postgres", autocommit=True) as session:
            session.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


@contextmanager
def cluster(durable: bool = True) -> Iterator[Cluster]:
    """Starts a cluster; `durable` is one that keeps what it took when the power fails.

    As root it belongs to `postgres` or `nobody`, for PostgreSQL refuses root.
    """
    folder = Path(tempfile.mkdtemp(prefix="milo-pg-"))
    owner = None
    if os.getuid() == 0:
        owner = next(pwd.getpwnam(name) for name in ("postgres", "nobody") if _known(name))
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    made = Cluster(folder, owner, durable)
    try:
        made.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "milo", "-E", "UTF8", "--no-sync")
        made.start()
        yield made
    finally:
        made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
