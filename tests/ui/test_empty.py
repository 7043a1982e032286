"""A profile with nothing in it: each page says what comes there, and what the next step is; the step is one press away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.ui.desk import Desk
from milomobile.ui.parts.rows import LINE
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD


@pytest.fixture
def fresh(window_on: Callable[[Path], Window], folder: Path) -> Desk:
    window = window_on(folder)
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    return desk


def said(page: QWidget) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def press(qtbot: QtBot, page: QWidget, words: str) -> None:
    def found() -> list[QPushButton]:
        return [one for one in page.findChildren(QPushButton) if one.text().strip() == words and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def test_today_says_what_comes_there_and_how(fresh: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Aucun arrêt en cours" in said(fresh.today))
    first = fresh.today.met.item(0)
    assert "«\u00a0Nouvelle inscription\u00a0»" in first.data(LINE).said if first else False
    assert "Pas encore d’arrêt aujourd’hui." in said(fresh.today)


def test_people_lead_to_the_first_one(fresh: Desk, qtbot: QtBot) -> None:
    fresh.show_place("people")
    qtbot.waitUntil(lambda: "Aucune fiche pour l’instant" in said(fresh.people.detail))
    press(qtbot, fresh.people.detail, "Nouvelle inscription")
    assert fresh.shows(fresh.registration)


def test_the_report_leads_to_the_project_then_to_today(fresh: Desk, qtbot: QtBot) -> None:
    fresh.show_place("report")
    qtbot.waitUntil(lambda: "Rien sur cette période" in said(fresh.report))
    press(qtbot, fresh.report, "Voir tout le projet")
    qtbot.waitUntil(lambda: "Pas encore de chiffres" in said(fresh.report))
    press(qtbot, fresh.report, "Aller à Aujourd’hui")
    assert fresh.shows(fresh.today)


def test_the_evening_leads_to_the_office(fresh: Desk, qtbot: QtBot) -> None:
    fresh.show_place("sync")
    qtbot.waitUntil(lambda: "Ce poste n’est pas encore relié" in said(fresh.sync))
    press(qtbot, fresh.sync, "Relier ce poste")
    assert fresh.shows(fresh.settings)


@pytest.mark.parametrize(
    ("section", "step"),
    [
        ("Serveur", "Aucun serveur relié\u00a0: tout reste sur ce poste."),
        ("Listes et annuaire", "Demandez au bureau le fichier de l’annuaire, puis importez-le."),
        ("Sauvegardes", "Aucune sauvegarde n’a encore été faite."),
    ],
)
def test_settings_say_the_next_step(section: str, step: str, fresh: Desk, qtbot: QtBot) -> None:
    fresh.show_place("settings")
    fresh.settings.show_section(section)
    qtbot.waitUntil(lambda: step in said(fresh.settings))
