"""A long list of codes behind a text with completion."""

from collections.abc import Iterable, Sequence

from milomobile.domain.texts import plain, plain_lines
from milomobile.ui.parts.fields import Field


class Codes(Field):
    """« met » → Metz: what begins one answer alone is that answer once Entrée is pressed."""

    def __init__(self, title: str, options: Sequence[tuple[str, str]], hint: str = "") -> None:
        super().__init__(title, hint or "Écrivez quelques lettres")
        self.offer(options)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """The (code, text) to choose from; what stands in the field stays."""
        self._texts = dict(options)
        self._codes: dict[str, str] = {}
        self.narrow(self._texts)

    def narrow(self, codes: Iterable[str]) -> None:
        """Proposes only these of the options; the others are still known when written out."""
        self._proposed = frozenset(codes)
        self.complete([text for code, text in self._texts.items() if code in self._proposed])

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
