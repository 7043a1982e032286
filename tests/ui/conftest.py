"""The office and the fault proxy of the fault tests, for pages."""

from tests.faults.conftest import office, proxy  # noqa: F401
