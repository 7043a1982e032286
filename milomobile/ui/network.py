"""Whether the system sees a network: shown at one fixed place, never a condition for anything."""

from collections.abc import Callable

from PySide6.QtNetwork import QNetworkInformation

_FEATURE = QNetworkInformation.Feature.Reachability
_OFF = (QNetworkInformation.Reachability.Disconnected, QNetworkInformation.Reachability.Local)


def watch(changed: Callable[..., object]) -> None:
    """Calls a widget's method `changed`, as long as it lives, whenever the network comes or goes, where the system can tell."""
    if QNetworkInformation.loadBackendByFeatures(_FEATURE):
        QNetworkInformation.instance().reachabilityChanged.connect(changed)


def connected() -> bool | None:
    """Whether there is a network, or None where the system cannot tell."""
    seen = QNetworkInformation.instance()
    if seen is None or seen.reachability() == QNetworkInformation.Reachability.Unknown:
        return None
    return seen.reachability() not in _OFF
