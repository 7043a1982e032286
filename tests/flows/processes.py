"""The command line as processes: a laptop's profile, an office's server, and what they are asked."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sync.server.certificate import self_made
from tests.conftest import PASSWORD, line

ROOT = Path(__file__).parents[2]


def command(module: str, *args: str) -> list[str]:
    """What starts one call, with keys that cost little."""
    return [sys.executable, "-m", "tests.cheaply", module, *args]


def environment(**more: str) -> dict[str, str]:
    """No keyring is used, whatever the machine has."""
    return {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "PYTHONPATH": str(ROOT), **more}


def call(
    module: str, *args: str, before: Callable[[], None] | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Runs one call to its end; `before` is called in the child."""
    return subprocess.run(
        command(module, *args),
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=120,
        check=False,
        preexec_fn=before,
    )


class Laptop:
    """A profile and the calls on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *args: str, before: Callable[[], None] | None = None) -> tuple[int, Any, str]:
        common = ("--profile", str(self.folder), "--json")
        done = call("milomobile", *common, *args, before=before, MILOMOBILE_PASSWORD=PASSWORD)
        lines = [json.loads(one) for one in done.stdout.splitlines()]
        return done.returncode, lines[0] if len(lines) == 1 else lines, done.stderr

    def start(self, *args: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
        """A call that goes on while the test does something else."""
        return subprocess.Popen(
            command("milomobile", "--profile", str(self.folder), "--json", *args),
            env=environment(MILOMOBILE_PASSWORD=PASSWORD),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )


class Office:
    """A server process with its own certificate, and the calls beside it; `log` is all it said on stderr."""

    def __init__(self, data: Path) -> None:
        self.data, self.log = data, data.with_name(data.name + ".log")
        if not data.exists():
            assert call("sync.server", "init", "--data", str(data), "--json").returncode == 0
        self.certificate, self.key = self_made(data)
        self.port, self.url = "0", ""
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        files = ["--tls-cert", str(self.certificate), "--tls-key", str(self.key)]
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command("sync.server", "serve", "--data", str(self.data), "--port", self.port, *files),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
            )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        self.port = self.url.rpartition(":")[2]

    def stop(self, how: int = signal.SIGTERM) -> int | None:
        """The exit code, or None where none ran."""
        if self.process is None:
            return None
        process, self.process = self.process, None
        process.send_signal(how)
        code = process.wait(20)
        assert process.stdout
        process.stdout.close()
        return code

    def __call__(self, *args: str) -> Any:
        done = call("sync.server", args[0], "--data", str(self.data), "--json", *args[1:])
        assert done.returncode == 0, done.stderr
        lines = [json.loads(one) for one in done.stdout.splitlines()]
        return lines if args[0] in ("records", "devices", "matches", "conflicts") else lines[0]


def write(file: Path, *lines: object) -> str:
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    return str(file)


def somebody(number: int, **more: Any) -> dict[str, Any]:
    """A good line about somebody else for each number: alike to nobody of another number."""
    name = "".join(SYLLABLES[int(digit)] for digit in f"{number:04d}")
    phone = f"03 53 {number // 10000:02d} {number // 100 % 100:02d} {number % 100:02d}"
    born = date(1999, 1, 1) + timedelta(days=number * 7919 % 4000)
    given = GIVEN[number % len(GIVEN)]
    who = {"person__given_name": given, "person__birth_name": f"Nom {name}", "person__phone": phone}
    return line(**who, person__birth_date=born.isoformat(), **more)


SYLLABLES = "bak lou mir ven tos zig fed chu wal pry".split()
GIVEN = "Inès Yanis Chloé Mamadou Oksana Hüseyin Léa Bilal Camélia Théo Fatou".split()


def identified(number: int) -> dict[str, Any]:
    """The same person under the same id each time."""
    return somebody(number, id=str(uuid.UUID(int=number + 1)))


def enrol(laptop: Laptop, office: Office) -> None:
    invited = office("invite", "--label", "Camion 1")
    assert invited["url"] == office.url
    code, answer, said = laptop("enrol", office.url, invited["code"], "--ca", str(office.certificate))
    assert code == 0, said
    assert answer["server"] == office.url


def until(happened: Callable[[], object], seconds: float = 60) -> None:
    """Looks again and again; fails where it does not happen in time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.01)


def one_sentence(said: str, *words: str) -> None:
    """One plain French sentence or two on one line, that names each of the words; nothing of Python's."""
    lines = said.strip().splitlines()
    assert len(lines) == 1, said
    assert lines[0].endswith("."), said
    assert "Traceback" not in said and "Error" not in said
    assert [word for word in words if word not in lines[0]] == []
