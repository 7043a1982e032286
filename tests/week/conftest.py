"""The week is lived by `make week`, and by nothing that has to end within minutes."""

import os

collect_ignore_glob = [] if "MILO_WEEK" in os.environ else ["test_*.py"]
