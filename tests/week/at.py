"""Runs one of the programs on the week's clock: `python -P tests/week/at.py milomobile …`; one that goes on follows the clock."""

import os
import runpy
import sys
import threading
import time
from pathlib import Path

import time_machine

_BETWEEN = 0.3


def main() -> None:
    """Ends as the program ends."""
    file = Path(os.environ["MILO_WEEK_CLOCK"])
    ahead = int(file.read_text(encoding="ascii"))
    travelling = time_machine.travel(time.time() + ahead, tick=True)
    traveller = travelling.start()

    def follow(before: int) -> None:
        while True:
            time.sleep(_BETWEEN)
            after = int(file.read_text(encoding="ascii"))
            if after != before:
                traveller.shift(after - before)
                before = after

    threading.Thread(target=follow, args=(ahead,), daemon=True).start()
    module = sys.argv.pop(1)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
