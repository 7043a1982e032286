"""Runs a program with keys that cost little to guess: `python -m tests.cheaply milomobile status`.

MILO_TEST_RELEASE is a folder of publisher's roots in place of those the program was built with.
"""

import os
import runpy
import sys
from pathlib import Path

from milomobile import paths
from milomobile.security import slots

if __name__ == "__main__":
    slots.RECIPE = slots.Cost(1, 64, 1)
    if "MILO_TEST_RELEASE" in os.environ:
        paths.RELEASE = Path(os.environ["MILO_TEST_RELEASE"])
    module = sys.argv.pop(1)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
