"""`make run` killed and run again: its server did not stay behind, and comes up where it was."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.flows.processes import ROOT, environment

_SERVED = """
import sys
from pathlib import Path
from milomobile.demonstration import server
with server(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


def _start(folder: Path) -> tuple[subprocess.Popen[str], str]:
    call = [sys.executable, "-c", _SERVED, str(folder)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(call, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environment())
    assert process.stdout
    return process, process.stdout.readline().strip()


def test_killed_it_leaves_no_server_behind(tmp_path: Path) -> None:
    killed, first = _start(tmp_path / "server")
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=20)
    process, second = _start(tmp_path / "server")
    process.communicate(timeout=20)
    assert (process.returncode, second) == (0, first) and first.startswith("https://")
