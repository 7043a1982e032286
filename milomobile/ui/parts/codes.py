"""A long list of codes behind a text with completion."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from milomobile.domain.texts import plain, plain_lines
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.proposals import Arrow


class Codes(Field):
    """« met » → Metz: what begins one answer alone is that answer once Entrée is pressed. ↓ or the arrow lists them all."""

    def __init__(self, title: str, options: Sequence[tuple[str, str]], hint: str = "") -> None:
        super().__init__(title, hint or "Écrivez quelques lettres")
        self.arrow = Arrow(self.edit, title, self.list_all)
        self.edit.layout().addWidget(self.arrow)  # type: ignore[union-attr]
        self.edit.installEventFilter(self)
        self.offer(options)

    def list_all(self) -> None:
        """Shows every answer, whatever stands in the field."""
        if self._words and self._listed is not None:
            self.edit.setFocus()
            self._listed.setStringList([word for _, word in self._words])
            self.edit.completer().complete()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.list_all()
            return True
        return super().eventFilter(watched, event)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """The (code, text) to choose from; what stands in the field stays."""
        self._texts = dict(options)
        self._codes: dict[str, str] = {}
        self.narrow(self._texts)

    def narrow(self, codes: Iterable[str]) -> None:
        """Proposes only these of the options; the others are still known when written out."""
        self._proposed = frozenset(codes)
        self.complete([text for code, text in self._texts.items() if code in self._proposed])
        self.arrow.setVisible(bool(self._words))

    def _by_text(self) -> dict[str, str]:
        if len(self._codes) != len(self._texts):
            self._codes = dict(zip(plain_lines(list(self._texts.values())), self._texts, strict=True))
        return self._codes

    def value(self) -> str | None:
        """The code of the text, or None where the text is not in the list."""
        typed = self.text()
        return self._by_text().get(plain(typed)) if typed else None

    def choose(self, code: str | None) -> None:
        """Writes the text of a code; one that is in no list of this laptop stays as it is."""
        if code:
            self._texts.setdefault(code, code)
        self.edit.setText(self._texts.get(code or "", ""))

    def _alone(self) -> str | None:
        """The code of the one answer that is begun."""
        typed = plain(self.text())
        begun = [code for text, code in self._by_text().items() if code in self._proposed and f" {typed}" in f" {text}"]
        return begun[0] if typed and len(begun) == 1 else None

    def _next(self) -> None:
        if self.text() and self.value() is None and (code := self._alone()):
            self.choose(code)
            self.changed.emit()
        completer = self.edit.completer()
        if completer and (list_shown := completer.popup()):
            list_shown.hide()
        super()._next()
