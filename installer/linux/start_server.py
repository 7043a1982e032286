"""Where the frozen server begins."""

import sys

from sync.server.__main__ import main

sys.exit(main())
