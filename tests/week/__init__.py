"""The week tells what does not agree wherever it is found."""

import pytest

pytest.register_assert_rewrite("tests.week.books", "tests.week.days", "tests.week.window")
