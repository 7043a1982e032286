"""Every command of every document works as it is written there."""

import argparse
import importlib.util
import re
import subprocess

import pytest

from milomobile import __main__ as laptop
from sync.server import __main__ as server
from tests.documents.reading import Command, commands, documents, spans, text
from tests.documents.stage import Stage
from tests.guided import ROOT

NEVER_TRIED = "Nobody has built or run this yet"
"""What a document says of its commands where there is no machine to run them on."""
ELSEWHERE = (
    (r"apt install \./milomobile-server_", "installer/linux/smoke.py", 'run("apt-get", "install", '),
    (
        r"(?:runuser|sudo) -u milomobile-server",
        "installer/linux/smoke.py",
        '"/usr/bin/milomobile-server", "init", "--data"',
    ),
    (r"(?:sudo )?systemctl enable --now milomobile-server", "installer/linux/smoke.py", 'run("systemctl", "enable"'),
    (r"pip install --require-hashes", "installer/linux/smoke.py", '"install", "--require-hashes", "-r"'),
    (r"pip install --no-deps", "installer/linux/smoke.py", '"install", "--no-deps"'),
    (r"uninstall\.exe /S", "installer/windows/smoke.py", 'place() / "uninstall.exe", "/S"'),
    (r"python -m milomobile\.ui\.gallery", "tests/ui/test_gallery.py", "milomobile.ui.gallery.__main__"),
    (r"pip-audit -r", "docs/security.md", "so `pip-audit` was not run there"),
)
"""Commands that need root, a system of their own or somebody to look: where they are run instead, and by what call."""
RUN = ("make run", "make server")
"""Targets that are run here; of the others only that make knows what to do, for tests of their own run what they run."""
pytestmark = pytest.mark.xdist_group("documents")


@pytest.mark.parametrize("document", [one for one in documents() if commands(one)])
def test_every_command_works(document: str, stage: Stage) -> None:
    wrong = []
    for command in commands(document):
        typed = command.text.partition("#")[0].strip()
        if typed not in stage.tried:
            stage.tried[typed] = _why_not(command, stage)
        if why := stage.tried[typed]:
            wrong.append(f"{document}:{command.line} {command.text}: {why}")
    assert not wrong, "\n".join(wrong)


def _why_not(command: Command, stage: Stage) -> str | None:
    """None where it works."""
    words = command.text.split()
    for pattern, file, call in ELSEWHERE:
        if re.match(pattern, command.text):
            return None if call in (ROOT / file).read_text(encoding="utf-8") else f"{file} has no {call}"
    if NEVER_TRIED in text(command.document):
        return None
    if words[0] == "make":
        return _why_not_made(command, stage)
    if words[:2] == ["milomobile-server", "serve"]:
        return _why_not_served(command, stage)
    return _ended(command, stage)


def _ended(command: Command, stage: Stage) -> str | None:
    """It ends with 0; within a sentence it may also lack what it needs, and only that."""
    running = stage.start(command.text)
    _, said = running.communicate(timeout=120)
    named = not command.whole and running.returncode == 2 and "il manque" in said
    return None if running.returncode == 0 or named else f"{running.returncode} {said[-800:]}"


def _why_not_served(command: Command, stage: Stage) -> str | None:
    running = stage.start(command.text)
    assert running.stdout is not None
    url = running.stdout.readline()
    running.terminate()
    _, said = running.communicate(timeout=30)
    return None if url.startswith("http") else said


def _why_not_made(command: Command, stage: Stage) -> str | None:
    """Make has the target, and the modules that it starts exist."""
    target = command.text.partition("#")[0].strip().removeprefix("make")
    how = "" if command.text.partition("#")[0].strip() in RUN else "-n"
    asked = f"env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM make {how} -o .venv/ready BIN=bin{target}"
    why = _ended(Command(command.document, command.line, asked, True), stage)
    if why or not how:
        return why
    shown = subprocess.run(
        ["make", "-n", "-o", ".venv/ready", *target.split()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = re.findall(r"python -m ([\w.]+)", shown.stdout)
    return next((f"no {one}" for one in modules if importlib.util.find_spec(one) is None), None)


def test_every_option_named_is_one() -> None:
    known = {**_options(laptop._parser()), **{f"server {k}": v for k, v in _options(server._parser()).items()}}
    every = set().union(*known.values()) | {"--old-stores", "--public", "--root", "--out"}
    wrong = []
    for document in documents():
        for line, words in spans(document) if NEVER_TRIED not in text(document) else ():
            first = words.removeprefix("milomobile-server ").removeprefix("milomobile ").split()[0]
            of_verb = known.get(first, set()) | known.get(f"server {first}", set())
            options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", words))
            if first.startswith("--") or of_verb:
                wrong += [f"{document}:{line} {one}" for one in sorted(options - (of_verb or every))]
    assert wrong == []


def _options(parser: argparse.ArgumentParser) -> dict[str, set[str]]:
    """Of each verb what begins with two dashes, its own verbs' too; under "" those before any verb."""
    found = {"": set(parser._option_string_actions)}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                found[name] = found[""] | set().union(*_options(verb).values())
    return found


def test_make_lists_every_target() -> None:
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make ([a-z-]+) ", shown, re.M)) == targets
    assert targets == set(" ".join(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)).split())
