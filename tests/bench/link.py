"""Pushes over a slow link, a lossy one and one that is cut, against the time and the bytes that cannot be spared.

The link is a user-space one between two network namespaces (`slow_link.py`); it needs root and /dev/net/tun.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from milomobile.actions import demo, invent
from milomobile.actions.open import open_profile
from sync.server.certificate import self_made
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.flows.processes import ROOT, command, environment

NAME, ADDRESS = "milobench", "10.77.0.1"
UP, DOWN, ONE_WAY = 384, 1000, 150
"""kbit/s, kbit/s, milliseconds: a car park's 3G."""
CUT = ("5", "1.5", "drop")
"""Up for five seconds, down for one and a half; open connections get no answer any more."""
SYLLABLES = "ba ber cha dan do el fa gui ha ine jo ka li lou ma mer na no ou pa ri ro sa sou ti to va vi ya zo".split()


def possible() -> bool:
    """Whether this machine can make the link."""
    return os.geteuid() == 0 and Path("/dev/net/tun").exists() and shutil.which("ip") is not None


def sending(folder: Path, profile: Path) -> dict[str, object]:
    """Seconds and bytes of pushes; `ratio` is the median of three against compressed bytes over the bandwidth."""
    if not possible():
        return {"ratio": None, "why": "the slow link needs root, iproute2 and /dev/net/tun"}
    many, few, middling = (_waiting(folder, profile, count) for count in (10_000, 200, 2_000))
    clean = [_push(folder, many, 0) for _ in range(3)]
    lossy = [_push(folder, many, 2, seed) for seed in (1, 2, 3)]
    short = [_push(folder, few, 0) for _ in range(3)]
    broken = _push(folder, middling, 2, 1, *CUT)
    whole = _push(folder, middling, 0)
    return {
        "no_loss": {**_median(clean), "target": 1.25},
        "loss_2_percent": {**_median(lossy), "target": 1.4},
        "bytes_a_record": {"measured": clean[0]["packed"] / clean[0]["records"], "target": 140},
        "few": {"records": short[0]["records"], "round_trips": _round_trips(short), "target": 3},
        "cut_every_5_s": {
            **broken,
            "bytes_ratio": broken["up_bytes"] / whole["up_bytes"],
            "target": 2.0,
        },
    }


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    middle = sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]
    return {"ratio": middle["ratio"], "ratios": [round(run["ratio"], 3) for run in runs], **middle}


def _round_trips(runs: list[dict[str, Any]]) -> float:
    """After the connection: without TCP's and TLS's two, and without the time that the bytes take."""
    trip = 2 * ONE_WAY / 1000
    return statistics.median((run["seconds"] - run["bound_seconds"]) / trip - 2 for run in runs)


def _waiting(folder: Path, profile: Path, count: int) -> Path:
    """A copy of an empty profile with about `count` records that wait."""
    made = folder / f"waiting-{count}"
    shutil.copytree(profile, made)
    dice = random.Random(count)
    words = [_word(dice) for _ in range(3000)]
    opened = open_profile(made, ADVISER, PASSWORD, NOW)
    try:
        lines = invent.lines(count // 2, count // 2, 1, NOW)
        demo.fill(opened, (_varied(one, dice, words) for one in lines), NOW)
    finally:
        opened.close()
    return made


def _varied(one: dict[str, Any], dice: random.Random, words: list[str]) -> dict[str, Any]:
    """The demonstration's people have few names: real ones pack less well, and come with a remark of eleven words."""
    if one["kind"] != "named":
        return one
    given, name = _word(dice).title(), _word(dice).title()
    phone = f"06 {dice.randrange(10**8):08d}"
    email = f"{given}.{name}{dice.randrange(100)}@exemple.fr".lower() if dice.random() < 0.4 else None
    person = {"given_name": given, "birth_name": name, "phone": phone, "email": email}
    remark = " ".join(dice.choices(words, [1 / rank for rank in range(1, len(words) + 1)], k=11))
    return {**one, "person": {**one["person"], **person}, "comment": remark}


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randrange(2, 5)))


def _push(folder: Path, waiting: Path, loss: float, seed: int = 1, *cut: str) -> dict[str, Any]:
    """One push by a fresh copy of the laptop to a fresh server, both inside the link."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        laptop, data = Path(place) / "laptop", Path(place) / "server"
        shutil.copytree(waiting, laptop)
        _run("sync.server", "init", "--data", str(data))
        self_made(data, ADDRESS)
        with _link(0), _server(data) as url:
            code = json.loads(_run("sync.server", "invite", "--data", str(data), "--label", "banc", "--json"))["code"]
            certificate = str(data / "certificate.pem")
            _run("milomobile", "--profile", str(laptop), "enrol", url, code, "--ca", certificate, inside=True)
        with _link(loss, seed, *cut) as counters, _server(data):
            said = json.loads(_run("tests.bench.cubic", "--profile", str(laptop), "--json", "sync", inside=True))
            counted = counters()
    bound = said["bytes"] * 8 / (UP * 1000)
    return {
        "ratio": said["seconds"] / bound,
        "seconds": said["seconds"],
        "bound_seconds": bound,
        "records": said["taken"] + said["already"],
        "waiting": said["waiting"],
        "packed": said["bytes"],
        "up_bytes": counted["bytes_c"],
    }


def _run(module: str, *args: str, inside: bool = False) -> str:
    """What a call printed; one that could not send all has printed too."""
    call = ["ip", "netns", "exec", f"{NAME}c"] if inside else []
    done = subprocess.run(
        [*call, *command(module, *args)],
        env=environment(MILOMOBILE_PASSWORD=PASSWORD),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return done.stdout


@contextmanager
def _link(loss: float, seed: int = 1, *cut: str) -> Iterator[Callable[[], dict[str, int]]]:
    """The two namespaces; the function given ends the link and tells its counters."""
    words = [NAME, *map(str, (UP, DOWN, ONE_WAY, loss)), *cut]
    made = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "bench" / "slow_link.py"), *words],
        env={**os.environ, "SEED": str(seed)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdout
    assert made.stdout.readline() == "ready\n"

    def end() -> dict[str, int]:
        made.terminate()
        counted: dict[str, int] = json.loads(made.communicate()[0])
        return counted

    try:
        yield end
    finally:
        made.kill()
        made.wait()
        for side in "cs":
            subprocess.run(["ip", "netns", "del", f"{NAME}{side}"], check=False)


@contextmanager
def _server(data: Path) -> Iterator[str]:
    """The server at the slow link's other end; its address."""
    files = ["--tls-cert", str(data / "certificate.pem"), "--tls-key", str(data / "certificate.key")]
    serve = command("sync.server", "serve", "--data", str(data), "--host", ADDRESS, "--port", "8443", *files)
    with (data / "log").open("a") as log:
        made = subprocess.Popen(
            ["ip", "netns", "exec", f"{NAME}s", *serve], cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert made.stdout
            yield made.stdout.readline().strip()
        finally:
            made.kill()
            made.wait()
