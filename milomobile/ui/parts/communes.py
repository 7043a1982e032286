"""The commune, by typing its name or its postal code."""

from collections.abc import Callable, Sequence

from milomobile.domain import communes
from milomobile.domain.communes import Index
from milomobile.ui.parts.codes import Codes


class CommuneField(Codes):
    """Shows « Metz (57000) », gives the INSEE code; the communes of a postal code are listed as soon as it is typed."""

    def __init__(self, title: str, index: Callable[[], Index], hint: str = "") -> None:
        super().__init__(title, (), hint or "Nom ou code postal")
        self._index = index
        self._chosen: tuple[str, str | None] = ("", None)
        self._postal_code = ""
        self.edit.editingFinished.disconnect(self.left)
        self.edit.editingFinished.connect(self._leave)

    def value(self) -> str | None:
        """The INSEE code, or None where the text names no commune or several."""
        text = self.text()
        if not text or text == self._chosen[0]:
            return self._chosen[1] if text else None
        found = communes.meant(self._index(), text)
        return found.code if found else None

    def choose(self, code: str | None) -> None:
        """Shows the commune of an INSEE code; a code that is of none stays as it is."""
        found = self._index().by_code.get(code) if code else None
        self._show(communes.shown(found) if found else code or "", code)
        self._postal_code = ""

    def take_postal_code(self) -> str:
        """The postal code that was typed to find the commune, once; else an empty text."""
        found, self._postal_code = (self._postal_code, "") if self.value() else ("", self._postal_code)
        return found

    def _show(self, text: str, code: str | None) -> None:
        self._chosen = (text, code)
        self.edit.setText(text)

    def _meant(self, typed: str) -> Sequence[str]:
        self._postal_code = communes.postal_code(typed)
        found = communes.find(self._index(), typed) if len(typed.strip()) > 1 else []
        return [communes.shown(one) for one in found]

    def _settle(self) -> None:
        """Shows the whole name of what was typed, where it can only be one."""
        text = self.text()
        if not text or text == self._chosen[0]:
            return
        found = communes.meant(self._index(), text)
        begun = [] if found else communes.find(self._index(), text)
        if found or len(begun) == 1:
            one = found or begun[0]
            self._show(communes.shown(one), one.code)
            self.changed.emit()

    def _leave(self) -> None:
        self._settle()
        self.left.emit()

    def _next(self) -> None:
        self._settle()
        super()._next()
