"""The shape of the house: short files, a core without Qt, an unlock page that loads little."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_file_passes_400_lines() -> None:
    long = [
        file
        for room in ("milomobile", "sync", "tests", "installer")
        for file in (ROOT / room).rglob("*.py")
        if len(file.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []


def test_the_core_imports_without_qt() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import milomobile.__main__, milomobile.actions.send, milomobile.actions.lines, milomobile.actions.report"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_no_file_names_a_registry() -> None:
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8")


def test_the_unlock_page_loads_nothing_that_only_an_open_profile_needs() -> None:
    code = (
        "import sys, tempfile\nfrom pathlib import Path\nfrom PySide6.QtWidgets import QApplication\n"
        "from milomobile import app\na = QApplication([]); w = app.build(Path(tempfile.mkdtemp()))\n"
        "late = ('sqlalchemy', 'alembic', 'phonenumbers', 'requests', 'rapidfuzz', 'zxcvbn', 'typst', 'openpyxl', "
        "'milomobile.ui.verbs')\n"
        "found = [name for name in late if name in sys.modules]\n"
        "import os; print(found, flush=True); os._exit(bool(found))"
    )
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
