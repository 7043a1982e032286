"""Each page in the states that matter, one after the other, as `name, what shows it`: what the approved pictures are of."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from milomobile import app
from milomobile.actions import demo, sentences
from milomobile.actions.open import Profile, create
from milomobile.domain.sending import Progress, Sent
from milomobile.store import settings
from milomobile.store.engine import Store
from milomobile.store.outbox import Outbox
from milomobile.ui.desk import Desk
from milomobile.ui.gallery.__main__ import PAGES, Gallery
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.pages.turned import TurnedPage
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.toast import Toast
from milomobile.ui.person.erase import EraseSheet
from milomobile.ui.questions import SECTIONS
from milomobile.ui.window import Window
from sync import errors
from sync.records import Ack, Result
from tests.pictures.invented import live, opened, profile
from tests.pictures.still import NOW, settle

Scene = tuple[str, QWidget]
Size = tuple[int, int]
_SECTIONS = {
    "Serveur": "serveur",
    "Équipe": "equipe",
    "Données et confidentialité": "donnees",
    "Affichage": "affichage",
}


def scenes(folder: Path, size: Size) -> Iterator[Scene]:
    """Real pages over real profiles in `folder`, in windows of that size in logical pixels."""
    yield from _gallery(size)
    yield from _assistant(_shown(app.build(folder / "none"), size), folder / "begun")
    yield from _beginning(folder / "new", size)
    kept = profile(folder / "profile")
    window = _shown(app.build(kept), size)
    yield from _unlock(window)
    desk = opened(window, kept)
    live(desk)
    yield from _today(window, desk)
    yield from _form(desk, window)
    yield from _turned(desk, size)
    yield from _people(window, desk)
    yield from _other_places(window, desk)
    yield from _sending(window, desk)
    window.lock()
    yield "verrouille", window
    window.close()


def _shown(window: Window, size: Size) -> Window:
    window.resize(*size)
    window.show()
    window.activateWindow()
    return window


def _gallery(size: Size) -> Iterator[Scene]:
    gallery = Gallery()
    gallery.resize(*size)
    gallery.show()
    for name in PAGES:
        gallery.show_page(name)
        settle()
        yield f"parts-{PAGES[name].__name__}", gallery.area.widget()
    gallery.close()


def _assistant(window: Window, folder: Path) -> Iterator[Scene]:
    page = window.centralWidget()
    assert isinstance(page, FirstStartPage)
    yield "premier-1-bienvenue", window
    page.show_step(1)
    page.link.invitation.value()
    yield "premier-2-bureau-faux", window
    page.show_step(2)
    page.person.name.edit.setText("Camille Lanterne")
    page.person.first.edit.setText("soleil")
    page.person.value()
    yield "premier-3-mot-de-passe-faible", window
    page.code.show_code("K7QF-3XWM-9TRB-V2HD-8NPC-4GJY")
    page.show_step(3)
    yield "premier-4-code", window
    create(folder, demo.ADVISER, demo.PASSWORD, NOW)
    verbs = app.open_verbs(folder, demo.ADVISER, demo.PASSWORD)
    page._know(verbs)
    for place, name in ((4, "5-listes"), (5, "6-sauvegarde"), (6, "7-pret")):
        page.show_step(place)
        yield f"premier-{name}", window
    page.code.put_away = lambda: True  # type: ignore[method-assign]
    window.close()


def _beginning(folder: Path, size: Size) -> Iterator[Scene]:
    """A profile in which nobody was met yet."""
    create(folder, demo.ADVISER, demo.PASSWORD, NOW)
    window = _shown(app.build(folder), size)
    desk = opened(window, folder)
    for place, name in (("today", "journee"), ("people", "jeunes"), ("sync", "fin-de-journee"), ("report", "bilan")):
        desk.show_place(place)
        yield f"{name}-vide", window
    window.close()


def _unlock(window: Window) -> Iterator[Scene]:
    yield "ouvrir", window
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    page.password.edit.setText("faux")
    page._open()
    yield "ouvrir-faux", window


def _today(window: Window, desk: Desk) -> Iterator[Scene]:
    desk.show_place("today")
    desk.today.new.setFocus()
    yield "journee", window
    desk._discreet.switch()
    _silence(window)
    yield "journee-discret", window
    desk.show_place("people")
    yield "jeunes-discret", window
    desk._discreet.switch()
    _silence(window)
    sheet = AnonymousSheet(desk._verbs, desk.news, window, None)
    yield from _sheet("anonyme", sheet)


def _silence(window: Window) -> None:
    for one in window.findChildren(Toast):
        one.end()


def _sheet(name: str, sheet: QWidget) -> Iterator[Scene]:
    sheet.show()
    yield name, sheet
    sheet.close()
    if behind := sheet.parentWidget():
        behind.activateWindow()
    sheet.deleteLater()


def _form(desk: Desk, window: Window) -> Iterator[Scene]:
    form = desk.registration
    desk.register()
    yield "inscrire-vide", window
    write(form, given_name="Ines", birth_name="Boussole", birth_date="12/03/2007")
    form.already.look()
    form.keep()
    yield "inscrire-deja-une-fiche", window
    form.forget()
    desk.register()
    write(form, given_name="Maël", birth_name="Girouette", birth_date="05/06/2009")
    form.keep()
    yield "inscrire-mineur", window
    form.sections.go_to(len(SECTIONS) - 1)
    yield "inscrire-fin", window
    form.forget()
    desk.register()
    write(form, given_name="Lou", birth_name="Balise", birth_date="31/02/2006", phone="06 12", email="lou@")
    form.save()
    form.keep()
    yield "inscrire-faux", window
    form.forget()


def write(form: RegistrationPage, **answers: str) -> None:
    """Answers as typed and left; the keyboard stays at the last."""
    edit: Any = None
    for name, text in answers.items():
        edit = form.fields[f"person.{name}"]
        edit.edit.setText(text)
        edit.edit.textEdited.emit(text)
        edit.edit.editingFinished.emit()
    edit.edit.setFocus()


def _turned(desk: Desk, size: Size) -> Iterator[Scene]:
    for name, language in (("ecran-tourne", ""), ("ecran-tourne-arabe", "ar")):
        page = TurnedPage(desk._verbs.notices(19), desk._verbs.office.name, {}, "SPIP")
        page.resize(*size)
        if language:
            page.show_language(language)
        yield from _sheet(name, page)


def _people(window: Window, desk: Desk) -> Iterator[Scene]:
    ines = next(row.person for row in desk._verbs.day().met if row.person and row.name.startswith("Inès"))
    desk._show_person(ines)
    desk.people.list.setFocus()
    yield "jeunes-fiche", window
    yield from _sheet("effacer", EraseSheet(desk._verbs, desk._verbs.sheet(ines), window))
    desk.people.search("Zzyzx")
    yield "jeunes-aucun", window
    desk.people.search("")


def _other_places(window: Window, desk: Desk) -> Iterator[Scene]:
    desk.show_place("report")
    yield "bilan", window
    desk.show_place("settings")
    for section, name in _SECTIONS.items():
        desk.settings.show_section(section)
        yield f"reglages-{name}", window


def _sending(window: Window, desk: Desk) -> Iterator[Scene]:
    """What the page shows of each end of a sending; the store holds what it would then hold."""
    page, store = desk.sync, _profile(desk).store
    desk.show_place("sync")
    page.go.setFocus()
    yield "envoi-attend", window
    waiting = desk._verbs.waiting()
    page.running, page._before, page._total = True, waiting.kinds, waiting.total
    page.headline.setText("Envoi en cours")
    page._show_running(True)
    page._progress(Progress(waiting.total // 2, waiting.total, 31_000, 6.0))
    yield "envoi-en-cours", window
    page._stop = True
    for name, wrong in (
        ("hors-connexion", errors.Offline()),
        ("wifi-a-valider", errors.Portal(url="http://192.0.2.1/")),
    ):
        url = wrong.url if isinstance(wrong, errors.Portal) else None
        page._done(Sent(waiting=waiting.total, reason=sentences.sentence(wrong), page=url))
        yield f"envoi-{name}", window
    _answered(store, waiting.total)
    page._done(Sent(taken=waiting.total - 1, refused=1))
    yield "envoi-refus", window
    desk._verbs.set_aside(desk._verbs.waiting().refused[0].seq, "Fiche en double.")
    with store.write() as session:
        settings.put(session, {"last_sync": NOW.isoformat(), "last_count": str(waiting.total)})
    page._done(Sent(taken=waiting.total))
    yield "envoi-fini", window


def _answered(store: Store, upto: int) -> None:
    """The server keeps all that waits but the last record."""
    outbox = Outbox(store)
    batch = outbox.batch(0, 1 << 24, upto)
    assert batch is not None
    last = batch.first + len(batch.lines) - 1
    refused = (Result(last, "", "refused", detail="Cette date est après celle de l’envoi.", pointer="/set/at"),)
    outbox.settle(batch, Ack("", "", ((batch.first, last),), last, "", 0, 0, refused))


def _profile(desk: Desk) -> Profile:
    asked = desk._verbs.places
    assert isinstance(asked, partial) and isinstance(asked.args[0], Profile)
    return asked.args[0]
