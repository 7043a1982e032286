"""Parts that ask something, and the rows of lists."""

from itertools import product
from math import sin

from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QWidget

from milomobile.domain.communes import index_of
from milomobile.domain.strokes import packed
from milomobile.ui import look
from milomobile.ui.gallery.said import focused, titled
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import Part, column, holder, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.communes import CommuneField
from milomobile.ui.parts.counters import Counter
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.fold import Fold
from milomobile.ui.parts.hidden import Hidden
from milomobile.ui.parts.invitation import Invitation
from milomobile.ui.parts.pad import Pad
from milomobile.ui.parts.people_list import PeopleList
from milomobile.ui.parts.qr import QrCode
from milomobile.ui.parts.recovery_code import RecoveryCode
from milomobile.ui.parts.rows import Line, Mark, Rows

_LEVELS = (("3", "Bac"), ("4", "Bac +2"), ("5", "Sans diplôme"))
_PEOPLE = ("Camille Lanterne", "Sacha Réverbère", "Bérénice de La Tour-Lumière")


def fields() -> QWidget:
    """A field empty, filled, at the keyboard, wrong, warned about, understood, secret, inactive; and its kin."""
    made = {name: Field(name, "Comme sur la pièce d’identité", required=name == "Vide") for name in _FIELDS}
    for field in list(made.values())[1:]:
        field.edit.setText("Boussole")
    focused(made["Au clavier"].edit)
    made["Faux"].say("Écrivez au moins une lettre.")
    made["À vérifier"].say("Ce nom est déjà celui d’une fiche.", "warn")
    made["Compris"].fact("19\u00a0ans")
    made["Inactif"].setEnabled(False)
    secrets = [Field("Mot de passe caché", secret=True), Field("Mot de passe montré", secret=True)]
    for field in secrets:
        field.edit.setText("Un-mot-2-passe")
    assert secrets[1]._eye
    secrets[1]._eye.setChecked(True)
    kin: list[QWidget] = [Codes("Diplôme", _LEVELS), CommuneField("Commune", lambda: index_of(()))]
    note = QPlainTextEdit("Rappeler après 17\u00a0h.")
    look.sized(note, height=80)
    return titled("Champs", *_beside([*made.values(), *secrets, *kin]), note, row(Counter("femmes"), -1))


_FIELDS = ("Vide", "Rempli", "Au clavier", "Faux", "À vérifier", "Compris", "Inactif")


def _beside(made: list[QWidget]) -> list[Part]:
    """Two by two."""
    made = [*made, *([QWidget()] if len(made) % 2 else [])]
    return [
        row(holder(column(one, -1)), holder(column(two, -1)), spacing=20)
        for one, two in zip(made[::2], made[1::2], strict=True)
    ]


def groups() -> QWidget:
    """Choices as buttons and as segments, one and several, wrong, inactive; what is folded."""
    made: list[Part] = []
    for segmented, several in product((False, True), (False, True)):
        group = Choices(
            "Plusieurs" if several else "Un seul",
            _LEVELS,
            3,
            several=several,
            segmented=segmented,
            required=not several,
        )
        group.choose(["3", "5"] if several else ["4"])
        made.append(group)
    wrong, inactive = Choices("Sans réponse", _LEVELS, 3), Choices("Inactif", _LEVELS, 3)
    wrong.say("Choisissez une réponse.")
    focused(wrong.first())
    inactive.setEnabled(False)
    folded, opened = (
        Fold("Coordonnées", column(), "", "phone"),
        Fold("Situation", column(Field("Métier")), "Si la personne veut bien."),
    )
    opened.open(True)
    return titled("Réponses à choisir", *made, wrong, inactive, folded, opened)


def lists() -> QWidget:
    """Rows of each kind: sent or not, a long name, what is typed lit up, tinted, hidden, chosen."""
    lines = (
        Line(
            "Inès Boussole",
            "Inès Boussole",
            "19 ans, Metz",
            letters="IB",
            before="14 h 05",
            pill="RDV",
            tone="ok",
            mark=Mark.SENT,
        ),
        Line(
            "Théo Bouclier",
            "Théo Bouclier",
            "23 ans, Woippy",
            letters="TB",
            before="14 h 22",
            mark=Mark.WAITING,
            typed="bou",
        ),
        Line(
            f"{'Marie-Bérénice ' * 4}de La Tour-Lumière",
            "Long",
            "Un nom long " * 12,
            letters="MT",
            pill="Mineure",
            tone="warn",
            mark=Mark.HERE,
        ),
        Line(
            "3 anonymes", "3 anonymes", "18–21 ans", picture="users-group", disc="quiet", tinted=True, act="Compléter"
        ),
        Line(Hidden("I. B."), "I. B.", "19 ans, Metz", letters="IB", mark=Mark.SENT),
        Line(
            "Nora Passerelle",
            "Nora Passerelle",
            "17 ans",
            "À rappeler demain",
            letters="NP",
            beside="de Metz",
            after="hier",
            key="F2",
        ),
        Line(
            "Fiche commencée",
            "Fiche commencée",
            "À 15 h 12",
            picture="pencil",
            disc="warn",
            pill="Brouillon",
            tone="info",
        ),
    )
    view = QListWidget()
    view.setAccessibleName("Rangs")
    rows.dress(view, Rows(view))
    for line in lines:
        rows.add(view, line, None)
    rows.fit(view)
    view.setCurrentRow(1)
    return titled("Rangs d’une liste", view, PeopleList("Qui travaille", _PEOPLE))


def drawn() -> QWidget:
    """What is scanned, signed or put away."""
    empty, signed = Pad(), Pad()
    stroke = [(0.2 + step / 60, 0.5 + 0.3 * sin(step / 2)) for step in range(36)]
    signed.show_text(packed([stroke]))
    codes = row(QrCode("https://milo.exemple", "Adresse du bureau"), RecoveryCode("ABCD-EFGH-JKLM-NPQR"), spacing=24)
    codes.setStretch(1, 1)
    return titled("Code et signature", row(empty, signed, spacing=20), codes)


def office() -> QWidget:
    """What the office hands over, and what is wrong with it."""
    blank, wrong = Invitation(), Invitation()
    wrong.value()
    wrong.said.say("Ce fichier ne contient pas de code du bureau. Rien n’a changé. Demandez-le de nouveau.", "err")
    beside = row(holder(column(blank, -1)), holder(column(wrong, wrong.said, -1)), spacing=20)
    return titled("Invitation du bureau", beside, label("Le fichier peut venir d’une clé USB.", "second"))
