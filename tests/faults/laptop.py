"""A laptop that registers people and sends, in a loop, until it is killed: `… tests.faults.laptop FOLDER SEED LINE`.

LINE is a good line; the password is in MILOMOBILE_PASSWORD.

Prints one line for each encounter after its commit, and `sent` after each sending that ended well.
"""

import copy
import json
import os
import random
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from milomobile import reference
from milomobile.actions import send
from milomobile.actions.open import open_profile
from milomobile.actions.register import register
from milomobile.domain.dates import LOCAL
from milomobile.domain.reading import read
from milomobile.security import slots


def somebody(line: dict[str, Any], number: int) -> dict[str, Any]:
    """The same person for the same number."""
    made = copy.deepcopy(line)
    made["person"]["birth_name"] = "Nom " + "".join("abcdefghij"[int(digit)] for digit in str(number))
    made["person"]["phone"] = f"03 53 01 {number // 100:02d} {number % 100:02d}"
    return made


def main(folder: Path, seed: int, line: dict[str, Any]) -> None:
    """Never returns."""
    keyring.set_keyring(NoKeyring())
    slots.RECIPE = slots.Cost(1, 64, 1)
    chance, now = random.Random(seed), datetime.now(LOCAL)
    profile = open_profile(folder, None, os.environ["MILOMOBILE_PASSWORD"], now)
    while True:
        for _ in range(chance.randint(1, 4)):
            record, found = read(somebody(line, chance.randrange(10_000)), reference.lists(), now)
            assert record, found
            print(register(profile, record, now).id, flush=True)
        if send.send(profile, lambda _: None, lambda: False, 0).reason is None:
            print("sent", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
