"""Exporter son dossier: where the copy for one person goes, under a password or not."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from milomobile.domain.files import free
from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.verbs import Verbs

_WHAT = (
    "Un PDF à lire et un fichier JSON\u00a0: identité, coordonnées, rencontres, commentaires, rendez-vous, orientations et "
    "consultations. À remettre à la personne, et à elle seule."
)
_OPEN = "Sans mot de passe, qui trouve ces fichiers peut les lire. Effacez-les une fois remis."


class ExportSheet(Sheet):
    """`written` says what was done. The files are named after no one."""

    guide = "droits"
    nameless = True

    written = Signal(str)

    def __init__(self, verbs: Verbs, person: str, parent: QWidget | None) -> None:
        super().__init__("Exporter son dossier\u00a0?", parent)
        self._verbs, self._person = verbs, person
        self.folder = Field("Dossier")
        self.folder.edit.setText(str(Path.home()))
        self.protect = QCheckBox("Dossier protégé par mot de passe")
        self.protect.setChecked(True)
        self.password = Field("Mot de passe du dossier, à donner de vive voix", required=True, secret=True)
        self.warning = banner(_OPEN)
        self.warning.hide()
        self.protect.toggled.connect(self.password.setVisible)
        self.protect.toggled.connect(self.warning.setHidden)
        self._said = column()
        choose = button("Choisir…", self._choose)
        where = row(self.folder, choose, spacing=10)
        where.setStretch(0, 1)
        where.setAlignment(choose, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(label(_WHAT, "second", wrap=True))
        self.body.addLayout(where)
        for part in (self.protect, self.password, self.warning):
            self.body.addWidget(part)
        self.body.addLayout(self._said)
        self.foot.addWidget(button("Annuler", self.reject))
        self.foot.addWidget(button("Exporter", self.export, "primary", "folder"))

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "Où écrire le dossier", self.folder.text()):
            self.folder.edit.setText(chosen)

    def export(self) -> None:
        """Writes the files, or says why not."""
        password = self.password.edit.text() if self.protect.isChecked() else None
        if password is not None and (wrong := self._verbs.team.problem(password, "")):
            self.password.say(wrong)
            return
        clear(self._said)
        name = f"dossier_{self._verbs.now():%Y-%m-%d}_{self._person[-8:]}.pdf"
        out = free(Path(self.folder.text()) / name, ".json", ".zip")
        try:
            files: Sequence[Path] = self._verbs.law.export_person(self._person, out, password)
        except Trouble as trouble:
            self._said.addWidget(banner(trouble.sentence, "err"))
            return
        names = " et ".join(file.name for file in files)
        self.written.emit(f"Dossier écrit\u00a0: {names}. À remettre à la personne.")
        self.accept()
