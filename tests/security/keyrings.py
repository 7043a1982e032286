"""Keyrings in memory, each with one of the troubles that systems have."""

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError


class Fine(KeyringBackend):
    """Keeps what it is given."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Locked(Fine):
    """Nobody typed the session's password."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("locked")

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")


class Refusing(Fine):
    """Reads, and cannot be written."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("no")


class Small(Fine):
    """Takes so many bytes in UTF-16, as Windows counts them, and raises what Windows does: nothing of the library's."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > self.limit:
            raise SystemError("CredWrite 1783")
        super().set_password(service, username, password)
