"""A server process over SQLite or PostgreSQL that is killed, copied and restored."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from sync.server import devices, identity
from sync.server.__main__ import main
from sync.server.store import FILE, Store, database
from tests.faults.office import milliseconds
from tests.flows.processes import ROOT, command, environment
from tests.postgresql import Cluster


class Served:
    """`sync.server serve` over one database, which can be brought back to an older state."""

    def __init__(self, data: Path, cluster: Cluster | None) -> None:
        self.data, self._cluster, self.port = data, cluster, 0
        more = ["--database", cluster.database()] if cluster else []
        mask = os.umask(0o022)
        assert main(["init", "--data", str(data), *more]) == 0
        os.umask(mask)
        self._log = data.with_name("office.log").open("w", encoding="utf-8")
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """On the same port each time."""
        self._process = subprocess.Popen(
            command("sync.server", "serve", "--data", str(self.data), "--port", str(self.port)),
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            cwd=ROOT,
            env=environment(),
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline().strip().rpartition(":")[2])

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process
        return self._process.pid

    def kill(self) -> None:
        """As when the plug is pulled."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(20)
        assert self._process.stdout
        self._process.stdout.close()
        self._process = None

    def close(self) -> None:
        self.kill()
        self._log.close()

    def code(self) -> str:
        with contextlib.closing(self.store()) as store, store.write() as session:
            return devices.invite(session, identity.load(self.data).public_key, "Camion", milliseconds())[0]

    def copy(self) -> None:
        """Keeps the database of a server that does not run, in place of the copy before."""
        if self._cluster:
            self._recreate(f"{self._name()}_old", self._name())
            return
        shutil.rmtree(self.data / "copy", ignore_errors=True)
        (self.data / "copy").mkdir()
        for file in self.data.glob(f"{FILE}*"):
            shutil.copy(file, self.data / "copy")

    def restore(self) -> None:
        """The server that does not run gets its copy back."""
        if self._cluster:
            self._recreate(self._name(), f"{self._name()}_old")
            return
        for file in self.data.glob(f"{FILE}*"):
            file.unlink()
        for file in (self.data / "copy").iterdir():
            shutil.copy(file, self.data)

    def store(self) -> Store:
        return Store(database(self.data))

    def _name(self) -> str:
        return str(make_url(database(self.data)).database)

    def _recreate(self, name: str, template: str) -> None:
        assert self._cluster
        with psycopg.connect(
            host=str(self._cluster.folder), user="milo", dbname="postgres", autocommit=True
        ) as session:
            session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            session.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (template,))
            session.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
