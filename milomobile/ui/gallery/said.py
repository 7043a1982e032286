"""Parts that are pressed, and parts that say something."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton, QSizePolicy, QWidget

from milomobile.domain.notice import NoticeText, Paragraph
from milomobile.domain.team import Strength
from milomobile.ui import look
from milomobile.ui.parts.agreement import Agreement
from milomobile.ui.parts.boxes import Part, banner, button, card, column, holder, label, pill, row
from milomobile.ui.parts.caps import ON
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.chips import Chips
from milomobile.ui.parts.discs import Bullet, Disc, Dot
from milomobile.ui.parts.empty import empty
from milomobile.ui.parts.hidden import Hidden
from milomobile.ui.parts.meter import Meter
from milomobile.ui.parts.notice import NoticeColumn
from milomobile.ui.parts.said import Said
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.tiles import PeopleTiles
from milomobile.ui.parts.toast import Toast
from milomobile.ui.parts.trial import band
from milomobile.ui.style import kinds
from milomobile.ui.tasks import Tasks

_KINDS = ("hero", "primary", "secondary", "tonal", "ghost", "link", "small", "quiet", "find")
_STATES = ("habituel", "pressé", "au clavier", "inactif")
_LONG = "Trois fiches attendent ici depuis hier. Elles partiront au prochain envoi, rien n’est perdu."


def nothing() -> None:
    """What a button of the gallery does."""


def focused(made: QWidget) -> QWidget:
    """The ring is drawn around it once the page is laid out."""
    made.setProperty("ringed", True)
    return made


def titled(title: str, *parts: Part) -> QWidget:
    """A card with its heading."""
    return card(label(title, "h2"), *parts, spacing=12)


def stood(made: QPushButton, state: str) -> QPushButton:
    """A button as it looks in one of the states."""
    made.setDown(state == "pressé")
    made.setEnabled(state != "inactif")
    if state == "au clavier":
        focused(made)
    return made


def buttons() -> QWidget:
    """Each kind in each state; with an icon, with a key."""
    lines = [
        _line(kind, [stood(button(state.capitalize(), nothing, kind), state) for state in _STATES]) for kind in _KINDS
    ]
    keyed = [
        button("Inscrire", nothing, "hero", "user-plus", "Ctrl N"),
        button("Enregistrer", nothing, "primary", "check", "Ctrl Entrée"),
        button("Chercher", nothing, "secondary", "search", "F3"),
        stood(button("Envoyer", nothing, "primary", "cloud-up", "F5"), "inactif"),
    ]
    return titled("Boutons", *lines, _line("touche", keyed))


def _line(name: str, made: list[QPushButton]) -> QWidget:
    named = label(name, "caption")
    look.sized(named, width=80)
    return holder(row(named, *made, -1, spacing=14, margins=(0, 2, 0, 2)))


def choices() -> QWidget:
    """What is chosen by a press: chips, tiles, boxes to tick, agreements."""
    chips = Chips((("all", "Tous"), ("here", "À envoyer"), ("minor", "Mineurs")), "Filtres", nothing)
    chips.count({"all": 1126, "here": 3, "minor": 0})
    checks = [Check("Décoché"), Check("Coché"), Check("Au clavier"), Check("Inactif")]
    checks[1].setChecked(True)
    focused(checks[2])
    checks[3].setEnabled(False)
    agreements = [Agreement(False), Agreement(True)]
    for made in agreements:
        made.say("J’accepte d’être recontacté par téléphone", "Je peux changer d’avis à tout moment.")
    tiles = PeopleTiles("Qui travaille\u00a0?", ("Camille Lanterne", "Sacha Réverbère", "Bérénice de La Tour-Lumière"))
    return titled("Choix", chips, _checks(checks), *agreements, tiles)


def _checks(made: list[Check]) -> QWidget:
    boxes: list[QCheckBox] = list(made)
    return holder(row(*boxes, -1, spacing=24))


def texts() -> QWidget:
    """The styles of writing, a hidden name, pills."""
    styles = [label(f"{role}, 0123456789", role) for role in kinds(look.theme()) if role not in ("key", "pill")]
    pills = [
        pill("Neutre"),
        pill("Gardé ici", "warn"),
        pill("Envoyé", "ok"),
        label("Ctrl N", "key"),
        Bullet("primary", 6),
    ]
    hidden = row(label("En mode discret", "caption"), label(Hidden("I. B.")), -1, spacing=12)
    return titled("Textes", *styles, hidden, row(*pills, -1, spacing=10))


def banners() -> QWidget:
    """Each tone with no, one and two buttons; the sentence under a question; the band of the demonstration."""
    made: list[QWidget] = []
    for tone in ("info", "ok", "warn", "err"):
        made += [
            banner(_LONG, tone),
            banner(_LONG, tone, button("Réessayer", nothing)),
            banner(_LONG, tone, button("Reprendre", nothing, "primary"), button("Plus tard", nothing)),
        ]
    said = [Said() for _ in range(3)]
    for one, (sentence, tone) in zip(
        said,
        (("Ce numéro a 9 chiffres, il en faut 10.", "err"), (ON, "warn"), ("Le code est juste.", "ok")),
        strict=True,
    ):
        one.say(sentence, tone)
    return titled("Messages", *made, *said, band(nothing, nothing))


def waiting() -> QWidget:
    """How far something is: bars, the meter of a password, discs and dots."""
    bars: list[Part] = []
    for share, tone in ((0, ""), (40, ""), (70, "warn"), (100, "ok")):
        bar = QProgressBar()
        bar.setValue(share)
        bar.setTextVisible(False)
        bar.setProperty("tone", tone)
        bars.append(bar)
    meters = [
        _meter(*one) for one in ((0.2, "trop simple", False), (0.7, "encore un peu", False), (1.0, "solide", True))
    ]
    discs = [
        Disc("IB"),
        Disc("IB", 52),
        Disc("", picture="user", tone="quiet"),
        Disc("IB", tone="warn"),
        Disc("IB", tone="selected"),
    ]
    dots = [Dot(False, False, 60), Dot(True, False, 60), Dot(False, True, 60, hollow=True), Bullet(), Bullet("primary")]
    return titled("Avancement et repères", *bars, *meters, row(*discs, -1, spacing=14), row(*dots, -1, spacing=14))


def _meter(share: float, words: str, enough: bool) -> Meter:
    made = Meter(lambda *_: Strength(share, words, enough), Tasks())
    made._show(Strength(share, words, enough))
    return made


def over() -> QWidget:
    """What lies over a page, set into it here: toasts and a sheet; and a place with nothing in it."""
    undo: Callable[[], None] = nothing
    place = QWidget()
    toasts = [Toast(place, "Inès Boussole est inscrite.", undo, stays=True), Toast(place, "Copié.", stays=True)]
    sheet = Sheet("Effacer cette fiche\u00a0?", place, 560)
    sheet.setWindowFlags(Qt.WindowType.Widget)
    sheet.setObjectName("page")
    sheet.body.addWidget(
        label("Rien ne pourra la faire revenir. Le bureau en est averti au prochain envoi.", wrap=True)
    )
    sheet.foot.addWidget(button("Annuler", nothing, "ghost"))
    sheet.foot.addWidget(button("Effacer", nothing, "primary"))
    look.measured(sheet, partial(_still, sheet))
    nobody = empty(
        "users",
        "Personne pour l’instant",
        "Les jeunes inscrits paraîtront ici.",
        button("Inscrire", nothing, "primary"),
    )
    place.setLayout(column(row(*toasts, -1, spacing=20), row(sheet, -1), nobody, spacing=20))
    return titled("Par-dessus la page", place)


def _still(sheet: Sheet, *_: object) -> None:
    sheet.setFixedWidth(look.px(560))
    sheet.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    look.sized(sheet, least_height=200)


def notice() -> QWidget:
    """The notice as the person reads it."""
    made = NoticeColumn()
    text = "Nous gardons ce qu’il faut pour vous accompagner, et rien de plus."
    paragraphs = (Paragraph("Pourquoi ces questions", text, "compass"), Paragraph("Vos droits", text))
    made.show_text(_notice(paragraphs))
    look.sized(made, least_height=380)
    return titled("Notice", made)


def _notice(paragraphs: tuple[Paragraph, ...]) -> NoticeText:
    return NoticeText(
        "2026-1", "fr", "français", False, "", "Vos informations", "À lire avant de répondre.", paragraphs, {}
    )
