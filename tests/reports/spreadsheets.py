"""LibreOffice without a screen, in a French locale: opens a file as a double-click would, and gives back what it shows."""

import csv
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

_FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
</oor:items>
"""
OPEN_CSV = "CSV:59,34,76,1,,1036,false,true"
"""Semicolons, quotes, UTF-8, French; numbers and dates are looked for, as when Excel opens a file."""
_SHOWN = 'csv:"Text - txt - csv (StarCalc)":59,34,76,1,,1036,true,true,false,false,false,-1'


def shown(file: Path, folder: Path) -> dict[str, list[list[str]]]:
    """The sheets of a workbook by name, each cell as the screen shows it."""
    made = _converted(file, folder / "shown", _SHOWN.replace('"', ""))
    sheets = {}
    for one in made.glob("*.csv"):
        with one.open(encoding="utf-8", newline="") as opened:
            sheets[one.stem.removeprefix(f"{file.stem}-")] = list(csv.reader(opened, delimiter=";"))
    return sheets


def opened_csv(file: Path, folder: Path) -> list[list[Any]]:
    """The cells of a CSV file as LibreOffice understands them: texts, numbers, dates; a formula would begin with « = »."""
    made = _converted(file, folder / "opened", "xlsx", f"--infilter={OPEN_CSV}")
    book = openpyxl.load_workbook(made / f"{file.stem}.xlsx")
    return [[_plain(cell) for cell in row] for row in book.worksheets[0].iter_rows()]


def _plain(cell: Any) -> Any:
    assert cell.data_type != "f", f"{cell.coordinate} is a formula: {cell.value}"
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


def _converted(file: Path, folder: Path, to: str, *more: str) -> Path:
    home = folder.parent / "libreoffice"
    (home / "user").mkdir(parents=True, exist_ok=True)
    (home / "user" / "registrymodifications.xcu").write_text(_FRENCH, encoding="utf-8")
    call = ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", *more, "--convert-to", to]
    subprocess.run([*call, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=120)
    return folder
