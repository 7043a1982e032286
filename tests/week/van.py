"""The programs of the week as processes, with keys as costly as they are: laptops, one of an older version, and the office."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.server.certificate import self_made
from tests.week import clock
from tests.week.people import Contact

ROOT = Path(__file__).parents[2]
PASSWORD = "Un-mot-2-passe-de-semaine"
PREVIOUS = "5885689afe64f64ed474bdabf1f4664ec217b47b"
"""The program that wrote tests/old_stores/0.1.0."""


def previous(folder: Path) -> Path:
    """The program of the version before, as its sources were."""
    packed = subprocess.run(["git", "archive", PREVIOUS], cwd=ROOT, capture_output=True, check=False)
    assert packed.returncode == 0, "the version before is not in this copy of the history: fetch the whole history"
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def environment(program: Path) -> dict[str, str]:
    """No keyring, whatever the machine has."""
    backend = "keyring.backends.fail.Keyring"
    return {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": backend,
        "PYTHONPATH": str(program),
        "MILOMOBILE_PASSWORD": PASSWORD,
    }


@dataclass
class Laptop:
    """A profile and the calls on it; `program` is the folder of its program's sources."""

    name: str
    folder: Path
    program: Path = ROOT

    def call(
        self, *args: str, adviser: str | None = None, before: Callable[[], None] | None = None
    ) -> tuple[int, Any, str]:
        """(exit code, answer, stderr); several lines are a list."""
        who = ["--adviser", adviser] if adviser else []
        done = subprocess.run(
            [sys.executable, "-P", str(clock.AT), "milomobile", "--profile", str(self.folder), "--json", *args, *who],
            env=environment(self.program),
            cwd=self.program,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            preexec_fn=before,
        )
        lines = [json.loads(one) for one in done.stdout.splitlines()]
        return done.returncode, lines[0] if len(lines) == 1 else lines, done.stderr

    def do(self, *args: str, adviser: str | None = None) -> Any:
        """A call that has to end well."""
        code, answer, said = self.call(*args, adviser=adviser)
        assert code == 0, f"{self.name}: {args}: {code} {said}"
        return answer

    def register(self, contacts: Sequence[Contact], scratch: Path, adviser: str) -> Any:
        """What an adviser noted, all of which has to be taken."""
        file = scratch / "noted.jsonl"
        file.write_text("".join(json.dumps(one.said, ensure_ascii=False) + "\n" for one in contacts), encoding="utf-8")
        done = self.do("register", "--from", str(file), adviser=adviser)
        file.unlink()
        assert (done["taken"], done["already"], done["refused"]) == (len(contacts), 0, []), done
        return done

    def status(self, adviser: str) -> Any:
        return self.do("status", adviser=adviser)


class Office:
    """The server's folder, its process, and the calls beside it; `log` is all it said on stderr."""

    def __init__(self, data: Path, database: str) -> None:
        self.data, self.log, self.port = data, data.with_name("office.log"), "0"
        self.process: subprocess.Popen[str] | None = None
        self.run("init", "--database", database)
        self.certificate, self.key = self_made(data)
        self.url = ""

    def run(self, verb: str, *args: str) -> list[Any]:
        """A call that has to end well; its lines."""
        call = [sys.executable, "-P", str(clock.AT), "sync.server", verb, "--data", str(self.data), "--json", *args]
        done = subprocess.run(call, cwd=ROOT, env=environment(ROOT), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{verb}: {done.stderr}"
        return [json.loads(one) for one in done.stdout.splitlines()]

    def __call__(self, verb: str, *args: str) -> Any:
        """The one answer of a call."""
        return self.run(verb, *args)[0]

    def start(self) -> None:
        """On the same port each time."""
        call = [
            sys.executable,
            "-P",
            str(clock.AT),
            "sync.server",
            "serve",
            "--data",
            str(self.data),
            "--port",
            self.port,
        ]
        call += ["--tls-cert", str(self.certificate), "--tls-key", str(self.key)]
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                call, cwd=ROOT, env=environment(ROOT), stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        self.port = self.url.rpartition(":")[2]

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is None:
            return
        process, self.process = self.process, None
        process.send_signal(how)
        process.wait(20)
        assert process.stdout
        process.stdout.close()

    def enrol(self, laptop: Laptop, adviser: str) -> None:
        """By a code of the office."""
        code = self("invite", "--label", laptop.name)["code"]
        laptop.do("enrol", self.url, code, "--ca", str(self.certificate), adviser=adviser)
