"""One person as the Jeunes page shows them: head, contacts, meetings to come, encounters."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QListWidget, QListWidgetItem

from milomobile.domain import pocket
from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.notice import Office
from milomobile.domain.people import Correction, Met, Sheet
from milomobile.domain.phones import show_phone
from milomobile.domain.referrals import Referral
from milomobile.ui.icons import picture
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import button, card, column, label, pill, row
from milomobile.ui.parts.discs import Disc
from milomobile.ui.parts.flow import Flow
from milomobile.ui.parts.hidden import HIDDEN, Hidden
from milomobile.ui.parts.qr import QrCode
from milomobile.ui.parts.rows import Line, Mark, Rows
from milomobile.ui.parts.spoken import full_day, letters, next_day, short_day
from milomobile.ui.questions import QUESTIONS

_ONLY = "Le code contient la date et le lieu, rien d’autre."
_BORN = {"F": "née le", "M": "né le"}


def head(
    sheet: Sheet, now: datetime, again: Callable[[], object], change: Callable[[], object], narrow: bool
) -> list[QLayout]:
    """Disc, name and age, what can be done, then the facts as pills."""
    person = sheet.person
    age = person.age(now.astimezone(LOCAL).date())
    known = f"{age}\u00a0ans" if age is not None else "Date de naissance à compléter"
    if isinstance(person.name, Hidden):
        known = HIDDEN
    if person.birth_date:
        known += f" · {_BORN.get(person.sex, 'naissance le')} {full_day(person.birth_date)}"
    names = column(label(person.name, "h1", wrap=True), label(known, "second"), spacing=2)
    top = row(Disc(letters(person.name), 56), names, spacing=14)
    top.setStretch(1, 1)
    asked = button("Ajouter une rencontre", again, "primary", "plus")
    asked.setToolTip("Ctrl R")
    changed = button("Modifier", change, "secondary", "pencil")
    acts: QLayout = Flow(10)
    if not narrow:
        acts = row(spacing=10)
        top.addLayout(acts)
    for act in (asked, changed):
        acts.addWidget(act)
    number = f"N° I-MILO {sheet.imilo_number}" if sheet.imilo_number else None
    pills = Flow()
    if sheet.outside:
        pills.addWidget(pill("Hors Pays Messin", "warn"))
    for fact in (
        sheet.district and f"QPV {sheet.district}",
        (sheet.situation or "").removesuffix(", non inscrit (NEET)"),
        sheet.handover,
        number,
    ):
        if fact:
            pills.addWidget(pill(fact))
    return [top, acts, pills] if narrow else [top, pills]


def contacts(sheet: Sheet, copy: Callable[[str], None]) -> QFrame:
    """How to reach them; the number can be copied."""
    person = sheet.person
    if isinstance(person.name, Hidden):
        return card(label("Coordonnées", "h2"), label(f"{HIDDEN} (F8).", "second", wrap=True), spacing=10)
    phone = show_phone(person.phone) if person.phone else ""
    top = row(label("Coordonnées", "h2"), -1)
    if phone:
        top.addWidget(button("Copier le numéro", lambda: copy(phone), "link"))
    mission = sheet.structure if sheet.outside else None
    ways = (("phone", phone), ("mail", person.email), ("messages", person.social))
    lines = (*ways, ("map-pin", _home(sheet)), ("flag", mission))
    made = card(top, spacing=10)
    for drawn, text in lines:
        if text:
            line = row(picture(drawn), label(text, "strong", wrap=True), spacing=10)
            line.setStretch(1, 1)
            made.layout().addLayout(line)  # type: ignore[union-attr]
    return made


def _home(sheet: Sheet) -> str:
    person = sheet.person
    town = person.country if person.abroad else " ".join(word for word in (person.postal_code, sheet.commune) if word)
    if person.no_address:
        where = f"Sans adresse stable. À joindre\u00a0: {person.address}" if person.address else "Sans adresse stable"
    else:
        where = person.address or ""
    return ", ".join(word for word in (where, town) if word)


def meeting(at: datetime, place: str) -> QFrame:
    """A meeting still to come, and its code for the person's telephone."""
    when = at.astimezone(LOCAL)
    day = label(next_day(when.date()), "h2", wrap=True)
    lines = (label(french_time(when), "second"), label(place, "second", wrap=True))
    top = row(picture("calendar-event"), label("Prochain rendez-vous", "strong"), -1)
    code = row(-1, QrCode(pocket.event(at, place), f"{next_day(when.date())}, {french_time(when)}"), -1)
    return card(top, day, *lines, 8, code, _middle("À scanner avec son téléphone", "strong"), _middle(_ONLY), spacing=4)


def referrals(sent: Sequence[Referral], ask: Callable[[], object]) -> QFrame:
    """The services somebody was sent to, newest first, and a button for the next."""
    made = card(label("Orientations", "strong"), spacing=6)
    for one in sent:
        day = full_day(one.at.astimezone(LOCAL).date())
        made.layout().addWidget(label(one.name, "medium", wrap=True))  # type: ignore[union-attr]
        made.layout().addWidget(label(f"{one.structure}, le {day}", "caption", wrap=True))  # type: ignore[union-attr]
    made.layout().addWidget(button("Orienter vers un service", ask, "secondary", "heart-handshake"))  # type: ignore[union-attr]
    return made


def adviser_card(adviser: str, office: Office, show: Callable[[str, str], object]) -> QFrame:
    """How the person reaches their adviser, as a code; `show` takes its title and its text."""
    lines = (label(office.name, "second", wrap=True), label(office.phone, "second"), 6)
    ask = button("Montrer le code", lambda: show(adviser, pocket.card(adviser, office)), "secondary", "qrcode")
    return card(label("Vos coordonnées", "strong"), *lines, ask, spacing=4)


def _middle(text: str, role: str = "caption") -> QLabel:
    made = label(text, role, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made


def history(sheet: Sheet, now: datetime, amend: Callable[[str], object]) -> QFrame:
    """Every encounter and correction, newest first, on one line of time; one encounter is corrected by a click on it."""
    count = len(sheet.encounters)
    top = row(label("Parcours", "h2"), -1, label(f"{count} rencontre{'s' * (count > 1)}", "caption"))
    top.setContentsMargins(12, 0, 8, 0)
    times = QListWidget()
    times.setAccessibleName("Parcours")
    rows.dress(times, Rows(times, 52, 32, ruled=False))
    lines = [(met.at, _line(met, now), met.id) for met in sheet.encounters]
    lines += [(one.at, _corrected(one, now), "") for one in sheet.corrections]
    for _, line, id in sorted(lines, key=lambda each: each[0], reverse=True):
        rows.add(times, line, id)
    rows.fit(times)

    def chosen(item: QListWidgetItem) -> None:
        if id := item.data(Qt.ItemDataRole.UserRole):
            amend(id)

    times.itemActivated.connect(chosen)
    times.itemClicked.connect(chosen)
    return card(top, times, margins=(8, 16, 12, 8))


def _corrected(one: Correction, now: datetime) -> Line:
    at = one.at.astimezone(LOCAL)
    day = f"{short_day(at.date(), now.astimezone(LOCAL).date())}, {french_time(at)}"
    what = ", ".join(dict.fromkeys(_title_of(name) for name in one.fields))
    said = ", ".join(word for word in ("Fiche corrigée", what, f"par {one.adviser}", day) if word)
    return Line("Fiche corrigée", said, what, f"par {one.adviser}", picture="pencil", after=day, joined=True)


def _title_of(name: str) -> str:
    """The question's words, or its group's."""
    titles = {one.name: one.title for one in QUESTIONS}
    return titles.get(name) or _GROUPS.get(name.split(".", maxsplit=1)[0], "autre réponse")


_GROUPS = {
    "agrees": "Accords",
    "guardian": "Représentant légal",
    "situation": "Situation",
    "notice": "Information donnée",
    "structure": "Mission Locale compétente",
    "person": "Identité",
}


def _line(met: Met, now: datetime) -> Line:
    at = met.at.astimezone(LOCAL)
    day = f"{short_day(at.date(), now.astimezone(LOCAL).date())}, {french_time(at)}"
    second = f"Demandes\u00a0: {', '.join(met.needs)}" if met.needs else met.setting
    third = " · ".join(word for word in (met.outcome, f"avec {met.adviser}") if word)
    mark = Mark.SENT if met.sent else Mark.WAITING
    said = (met.place, day, second, third, mark.value[2].lower())
    return Line(
        met.place,
        ", ".join(word for word in said if word),
        second,
        third,
        picture="bus",
        after=day,
        mark=mark,
        joined=True,
    )
