"""A program that crashes leaves no image of its memory on the disk."""

import contextlib
import sys

_PR_SET_DUMPABLE = 4
_WER_FAULT_REPORTING_NO_HEAP = 1
_SEM = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX: no box that offers to send a report."""


def forbid() -> None:
    """Core dumps off, for this process and those it starts; where the system has none of the means, nothing happens.

    On Linux no other process of the same user may then read this one's memory either.
    """
    import ctypes

    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.kernel32.SetErrorMode(_SEM)
            ctypes.windll.wer.WerSetFlags(_WER_FAULT_REPORTING_NO_HEAP)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
