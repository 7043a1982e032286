"""Runs a program with keys that cost little to guess: `python -m tests.cheaply milomobile status`."""

import runpy
import sys

from milomobile.security import slots

if __name__ == "__main__":
    slots.RECIPE = slots.Cost(1, 64, 1)
    module = sys.argv.pop(1)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
