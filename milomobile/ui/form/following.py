"""An answer that follows from others as long as nobody chose another."""

from milomobile.ui.parts.codes import Codes


class Following:
    """Over one field; `begin` with each form that begins."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self.begin()

    def begin(self) -> None:
        """Nobody chose anything yet."""
        self._fitting: str | None = None

    def follow(self, fitting: str) -> None:
        """Chooses what fits, where what stands there is what fitted before."""
        if self._fitting is None:
            self._fitting = fitting if self._codes.value() == fitting else ""
        elif self._codes.value() == self._fitting != fitting:
            self._codes.choose(fitting)
            self._fitting = fitting
