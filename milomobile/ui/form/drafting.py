"""A half-filled form is kept half a second after the last key, in the same encrypted file."""

import uuid
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from milomobile.domain.outings import Draft
from milomobile.errors import Trouble
from milomobile.ui.verbs import Verbs


class Drafting(QObject):
    """`answers` gives what a draft keeps; `kept_now` carries when it was, `failed` the sentence why it was not.

    `id` is the draft's, `kept` says that there is one of this form.
    """

    kept_now = Signal(object)
    failed = Signal(str)

    def __init__(self, verbs: Verbs, answers: Callable[[], dict[str, object]], parent: QObject) -> None:
        super().__init__(parent)
        self._verbs, self._answers = verbs, answers
        self.kept = self._touched = self._never = False
        self.id = ""
        self._later = QTimer(self, interval=500, singleShot=True)
        self._later.timeout.connect(self.keep)

    def begin(self, draft: Draft | None, *, never: bool) -> None:
        """A form begins: empty, or with a draft's answers; one that is `never` kept has its answers elsewhere."""
        self.id = draft.id if draft else str(uuid.uuid4())
        self.kept, self._never = draft is not None and not never, never
        self.rest()

    def touch(self) -> None:
        """Something was typed: it is kept in a moment."""
        self._touched = True
        self._later.start()

    def rest(self) -> None:
        """Nothing is to be kept."""
        self._later.stop()
        self._touched = False

    def keep(self) -> None:
        """Keeps it now, where something was typed since."""
        self._later.stop()
        if not self._touched or self._never:
            return
        try:
            at: datetime = self._verbs.keep_draft(self.id, self._answers())
        except Trouble as trouble:
            self.failed.emit(trouble.sentence)
            return
        self._touched, self.kept = False, True
        self.kept_now.emit(at)

    def drop(self) -> None:
        """Forgets the draft."""
        self._verbs.drop_draft(self.id)
