"""Bilan, from the choice of a period to the charts painted, over 20,000 contacts."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from milomobile import handed
from milomobile.actions import demo, invent
from milomobile.actions.open import Profile, create, open_profile
from milomobile.ui import look
from milomobile.ui.pages.report import ReportPage
from milomobile.ui.tasks import Tasks
from tests.conftest import ADVISER, NOW, PASSWORD

CONTACTS = 20_000
KINDS = ("week", "month", "quarter", "project")


def drawing(folder: Path) -> dict[str, object]:
    """Milliseconds from the choice of another period to the page painted, over contacts that end yesterday.

    `project_uncounted_ms`: the whole project chosen before the worker has counted it ahead.
    """
    create(folder, ADVISER, PASSWORD, NOW)
    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    demo.fill(profile, invent.lines(CONTACTS, CONTACTS, 1, NOW), NOW)
    qt = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(qt, QApplication)
    look.apply(qt)
    tasks = Tasks()
    page = ReportPage(replace(handed.verbs(profile.folder, profile), now=lambda: NOW), tasks)
    page.resize(1140, 760)
    page.show()
    page.refresh()
    qt.processEvents()

    def shown(act: Callable[[], object]) -> float:
        began, page.summary = time.perf_counter(), None
        act()
        while page.summary is None:
            qt.processEvents()
        page.repaint()
        took = 1000 * (time.perf_counter() - began)
        qt.processEvents()
        return took

    def project() -> float:
        page.picker.kind.choose(["project"])
        return shown(page.picker._chosen)

    found: dict[str, object] = {"contacts": _contacts(profile), "project_uncounted_ms": project()}
    for kind in KINDS:
        samples = []
        for _ in range(5):
            page.picker.kind.choose(["week" if kind != "week" else "month"])
            shown(page.picker._chosen)
            page.picker.kind.choose([kind])
            samples.append(shown(page.picker._chosen))
        found[f"{kind}_ms"] = min(samples)
    page.picker.kind.choose(["month"])
    shown(page.picker._chosen)
    found["month_before_ms"] = min(shown(page.picker.before.click) for _ in range(3))
    found["target_ms"] = 100
    page.close()
    tasks.finish()
    profile.close()
    return found


def _contacts(profile: Profile) -> int:
    with profile.store.read() as session:
        counted: int = session.exec_driver_sql("SELECT count(*) FROM encounter").scalar_one()
    return counted
