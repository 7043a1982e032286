"""Where the frozen laptop's program begins."""

import sys

from milomobile.__main__ import main

sys.exit(main())
