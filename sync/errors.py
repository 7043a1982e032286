"""What can come back from the network: a closed list (RFC 9457 problems and everything that is not our server)."""


class SyncError(Exception):
    """The records stay where they are; `detail` is for the log."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class BadAddress(SyncError):
    """Not an address of a server: a typo, or plain http beyond this machine."""


class BadCertificate(SyncError):
    """The file given as the server's certificate is none."""


class BadCode(SyncError):
    """The enrolment code is wrong, used or expired."""


class WrongServer(SyncError):
    """A server answered, but not with the key that this laptop trusts."""


class Offline(SyncError):
    """No network, no such host, no connection, or none that lasted."""


class Portal(SyncError):
    """Somebody else answered: a login page, a proxy; `url` is the page to open."""

    def __init__(self, detail: str = "", url: str | None = None) -> None:
        super().__init__(detail)
        self.url = url


class ProxyAsks(SyncError):
    """A proxy on the way wants a name and a password."""


class CertificateRefused(SyncError):
    """The certificate is not one that this laptop trusts."""


class CertificateDates(CertificateRefused):
    """The certificate is not valid at this laptop's date: too old, or the laptop's clock is off."""


class WrongClock(SyncError):
    """This laptop's clock is too far off to be believed."""


class NotAllowed(SyncError):
    """The server does not know this laptop, or has revoked it."""


class Fork(SyncError):
    """The server holds another history of this laptop."""


class TooLarge(SyncError):
    """The batch is too large for the server, or for something before it; `signed` if the server itself says so."""

    def __init__(self, detail: str = "", signed: bool = False) -> None:
        super().__init__(detail)
        self.signed = signed


class ServerBusy(SyncError):
    """Try later; `retry_after` is in seconds where it was said."""

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ServerFault(SyncError):
    """The server failed; whether it kept the batch is unknown, so the same records go again."""


class Altered(ServerFault):
    """The server says that what it got is not what was sent: something on the way changes it."""


class NotUnderstood(SyncError):
    """The server is sound and refuses the request itself: it is of another version, or one of the two has a bug."""


class UpdateNeeded(SyncError):
    """The server wants a newer laptop program."""
