"""What every answer says to browsers and proxies, whatever became of the request: keep nothing, show nothing, run nothing."""

Headers = list[tuple[bytes, bytes]]

_ALWAYS: Headers = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]
_TLS: Headers = [(b"strict-transport-security", b"max-age=31536000")]


def of(scheme: str | None) -> Headers:
    """The headers of an answer over https or http."""
    return _ALWAYS + _TLS if scheme == "https" else _ALWAYS
