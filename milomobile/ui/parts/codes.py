"""A long list of codes behind a text with completion."""

from collections.abc import Sequence
from functools import cached_property

from milomobile.domain.texts import plain, plain_lines
from milomobile.ui.parts.fields import Field


class Codes(Field):
    """« met » → Metz: what begins one answer alone is that answer once Entrée is pressed."""

    def __init__(self, title: str, options: Sequence[tuple[str, str]], hint: str = "") -> None:
        super().__init__(title, hint or "Écrivez quelques lettres")
        self._texts = dict(options)
        self.complete([text for _, text in options])

    @cached_property
    def _codes(self) -> dict[str, str]:
        return dict(zip(plain_lines(list(self._texts.values())), self._texts, strict=True))

    def value(self) -> str | None:
        """The code of the text, or None where the text is not in the list."""
        typed = self.text()
        return self._codes.get(plain(typed)) if typed else None

    def choose(self, code: str | None) -> None:
        """Writes the text of a code."""
        self.edit.setText(self._texts.get(code or "", ""))

    def _next(self) -> None:
        typed = plain(self.text())
        if typed and self.value() is None:
            begun = [code for text, code in self._codes.items() if f" {text}".find(f" {typed}") >= 0]
            if len(begun) == 1:
                self.choose(begun[0])
                self.changed.emit()
        completer = self.edit.completer()
        if completer and (list_shown := completer.popup()):
            list_shown.hide()
        super()._next()
