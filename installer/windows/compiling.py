"""Run by the Windows Python under Wine, for no other interpreter writes its bytecode: compiles what a JSON file lists.

Each entry is [source, target, path shown in tracebacks].
"""

import json
import py_compile
import sys

with open(sys.argv[1], encoding="utf-8") as listed:
    for source, target, shown in json.load(listed):
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(source, target, shown, doraise=True, invalidation_mode=mode)
