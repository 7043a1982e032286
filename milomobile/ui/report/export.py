"""Exporter: a file for the office, what stands in it, and where it goes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from milomobile.domain import periods
from milomobile.domain.dates import LOCAL
from milomobile.domain.files import FILES, FORMATS, Asked, Told, free
from milomobile.domain.periods import Period
from milomobile.errors import Cancelled, Trouble
from milomobile.ui import look
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import banner, button, clear, column, holder, label, row
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.spoken import announce, count, figure
from milomobile.ui.report import naming
from milomobile.ui.report.preview import Lines
from milomobile.ui.report.ticks import Ticks
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_WITHOUT = "Fichier sans nom ni téléphone"
_BY_NAME = "Fichier nominatif\u00a0: à garder sur le réseau du bureau"
_TABLES = "Les tableaux T1 à T11\u00a0: une feuille chacun en Excel, un chiffre par ligne en CSV."
_NO_PERIOD = "Corrigez les dates pour exporter."
_LOCKED = "Aperçu après votre mot de passe."


class ExportCard(QFrame):
    """The right column of Bilan et exports, at least 320 wide; empty until `show_period`. Both dates of the period are included."""

    def __init__(self, verbs: Verbs, tasks: Tasks, period: tuple[date, date]) -> None:
        super().__init__()
        self.setProperty("card", True)
        look.sized(self, least_width=320)
        self._verbs, self._tasks, self._period, self._to_call = verbs, tasks, period, period
        self._folder, self._reason, self._stopped = Path.home(), "", False
        kept = verbs.files.chosen()
        self._days = label("", "second")
        self.what = QComboBox()
        self.what.setAccessibleName("Quel fichier")
        for code, words in FILES.items():
            self.what.addItem(words, code)
        self.what.setCurrentIndex(self.what.findData(kept.what))
        forms = [(form, FORMATS[form]) for form in ("xlsx", "csv")]
        self.form = Choices("Format", forms, 2, segmented=True, titled=False)
        self.form.choose([kept.form if kept.form in ("xlsx", "csv") else "xlsx"])
        self.ticks = Ticks()
        self.lines = Lines()
        self._shield, self._safe = picture("shield-lock", "ok", 18), label("", "second", wrap=True)
        self.name = label("", "second", wrap=True)
        self.locked = Check("ZIP protégé par mot de passe")
        self.locked.setToolTip("Un ZIP chiffré (AES-256)\u00a0: donnez le mot de passe au bureau par une autre voie.")
        self.secret = Field("Mot de passe du ZIP", secret=True)
        self.secret.hide()
        self.go = button("Exporter", self.export, "primary", "folder", "Ctrl E")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Lignes écrites")
        self.stop = button("Annuler", self._stop, "ghost")
        self._busy = holder(row(self.progress, self.stop, spacing=8))
        self._busy.hide()
        self._said = column()
        self.setLayout(self._arranged())
        self.ticks.offer(verbs.files.ticks(kept.what), kept.columns)
        self.what.currentIndexChanged.connect(self._other_file)
        self.form.changed.connect(self._show)
        self.ticks.changed.connect(self._show)
        self.ticks.naming_asked.connect(partial(self._ask, self._ticked))
        self.locked.toggled.connect(self._lock)

    def _arranged(self) -> QVBoxLayout:
        head = row(label("Exporter", "h2"), -1, self._days)
        safe = row(self._shield, self._safe, spacing=8)
        safe.setStretch(1, 1)
        change = button("Changer", self._choose, "link")
        change.setAccessibleName("Changer de dossier")
        where = row(picture("folder", size=18), self.name, change, spacing=8)
        where.setStretch(1, 1)
        made = column(head, self.what, self.form, self.ticks, label("Aperçu", "label"), self.lines, spacing=8)
        for part in (safe, where):
            made.addLayout(part)
        for widget in (self.locked, self.secret, self.go, self._busy):
            made.addWidget(widget)
        made.addLayout(self._said)
        made.addStretch(1)
        made.setContentsMargins(18, 14, 18, 14)
        return made

    def show_period(self, period: Period | None, to_call: Period | None) -> None:
        """Another period, and the days that the calls of one file are told of; None: there is nothing to export."""
        self.go.setEnabled(period is not None)
        if period and to_call:
            self._period, self._to_call = (period.first, period.last), (to_call.first, to_call.last)
        self._show()

    def redraw(self) -> None:
        """Nobody that stood in the lines stays there."""
        self.lines.say("")
        if self.isVisible():
            self._show()

    def asked(self) -> Asked:
        """The file as it is chosen now."""
        columns = self.ticks.keys()
        what, form = str(self.what.currentData()), self.form.value() or "xlsx"
        days = self._to_call if what == "rappels" else self._period
        return Asked(what, *days, form, columns, reason=self._reason)

    def _show(self) -> None:
        asked = self.asked()
        by_name = self._verbs.files.naming(asked)
        self._safe.setText(_BY_NAME if by_name else _WITHOUT)
        self._shield.show_other("alert-triangle" if by_name else "shield-lock", "warn" if by_name else "ok")
        self._named(asked)
        self.go.setAccessibleName(f"Exporter en {FORMATS[asked.form]}")
        days = periods.in_brief(asked.first, asked.last, self._verbs.now().astimezone(LOCAL).date())
        days = f"prévus {days}" if asked.what == "rappels" else days
        self._days.setText(days)
        if not self.go.isEnabled():
            self._days.setText("")
            self.lines.say(_NO_PERIOD)
        elif by_name and not self._reason:
            self.lines.say(_LOCKED)
        elif asked.what == "statistiques":
            self.lines.say(_TABLES)
        else:
            told = self._verbs.files.preview(asked)
            rows = f"\u00a0· {count(told.rows, 'ligne')}" if told.rows is not None else ""
            self._days.setText(days + rows)
            self.lines.show_lines(told)

    def _named(self, asked: Asked) -> Path:
        """The file that would be written now, shown: one whose name nothing has yet."""
        file = self._folder / self._verbs.files.name(asked)
        file = free(file.with_suffix(".zip") if self.locked.isChecked() else file)
        self.name.setText(file.name.replace("_", "_\u200b"))
        self.name.setToolTip(str(self._folder))
        return file

    def _other_file(self) -> None:
        self._reason = ""
        self.ticks.offer(self._verbs.files.ticks(str(self.what.currentData())), None)
        self._show()

    def _lock(self, on: bool) -> None:
        self.secret.setVisible(on)
        self._show()
        if on:
            self.secret.edit.setFocus()

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "Où écrire le fichier", str(self._folder)):
            self.into(Path(chosen))

    def into(self, folder: Path) -> None:
        """Where the file goes."""
        self._folder = folder
        self._show()

    def _ask(self, then: Callable[[], None]) -> None:
        def allowed(reason: str) -> None:
            self._reason = reason
            then()

        self.sheet = naming.ask(self.window(), self._verbs.files, self._tasks, allowed)

    def _ticked(self) -> None:
        self.ticks.take_naming()
        self._show()

    def export(self) -> None:
        """Writes the file on the worker and says how many lines it has; one by name asks who and why before."""
        if self._busy.isVisible() or not self.go.isEnabled():
            return
        asked = self.asked()
        if self._verbs.files.naming(asked) and not self._reason:
            return self._ask(self.export)
        secret = self._password()
        if secret == "":
            return self.secret.edit.setFocus()
        clear(self._said)
        self._stopped = False
        self._work(True)
        write = partial(self._verbs.files.write, asked, self._named(asked), secret)
        hear = lambda written, of: self._tasks.tell(self._heard, (written, of))  # noqa: E731
        self._tasks.run(lambda: write(hear, lambda: self._stopped or self._tasks.stopping), self._done, self._failed)

    def _password(self) -> str | None:
        """The password of the encrypted file, empty where it is not good enough; None for a file in clear."""
        if not self.locked.isChecked():
            return None
        typed = self.secret.edit.text()
        wrong = self._verbs.team.problem(typed, "")
        self.secret.say(wrong or "")
        return "" if wrong else typed

    def _work(self, on: bool) -> None:
        self.progress.setRange(0, 0 if look.moves() else 1)
        goes, comes = (self.go, self.stop) if on else (self.stop, self.go)
        here = self.window().focusWidget() is goes
        (self._busy if on else self.go).show()
        if here:
            comes.setFocus(Qt.FocusReason.OtherFocusReason)
        (self.go if on else self._busy).hide()

    def _stop(self) -> None:
        self._stopped = True

    def _heard(self, written: tuple[int, int | None]) -> None:
        done, of = written
        if of:
            self.progress.setRange(0, of)
            self.progress.setValue(done)
        self.progress.setFormat(f"{figure(done)} lignes")

    def _done(self, told: Told) -> None:
        self._work(False)
        self.secret.edit.clear()
        self._verbs.files.choose(self.asked())
        folder = QUrl.fromLocalFile(str(told.files[0].parent))
        said = f"Export terminé\u00a0: {count(told.rows, 'ligne')}."
        opened = button("Ouvrir le dossier", lambda: QDesktopServices.openUrl(folder))
        where = f"Écrit dans {told.files[0].name}.".replace("_", "_\u200b")
        self._say(banner(said, "ok"), opened, label("\n".join((where, *told.notes)), "caption", wrap=True))
        self._reason = ""
        self.ticks.leave_naming()
        self._show()

    def _failed(self, wrong: Exception) -> None:
        self._work(False)
        if not isinstance(wrong, Trouble):
            raise wrong
        self._say(banner(wrong.sentence, "warn" if isinstance(wrong, Cancelled) else "err"))
        if isinstance(wrong, Cancelled):
            announce(self, wrong.sentence)

    def _say(self, *parts: QWidget) -> None:
        """What came of it, below the button, scrolled to."""
        for part in parts:
            self._said.addWidget(part)
            part.show()
        above: QWidget | None = self
        while above is not None and not isinstance(above, QScrollArea):
            if layout := above.layout():
                layout.activate()
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(parts[0])
