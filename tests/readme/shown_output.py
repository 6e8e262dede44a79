#!/usr/bin/env python3
"""README shows what the program prints: its second fenced block is the output of the command in its
first. Usage: shown_output.py PROGRAM ROOT; with UPDATE_GOLDEN=1 the block is written anew."""

import os
import pathlib
import re
import subprocess
import sys

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
readme = root / "README.md"
text = readme.read_text(encoding="utf-8")
blocks = list(re.finditer(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
command, shown = blocks[0].group(1).splitlines()[0], blocks[1]

arguments = command.split()
if arguments[0] != "scripts/fleetcast":
    sys.exit(f"the first command of README is {command!r}")
environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
run = subprocess.run([program, *arguments[1:]], cwd=root, env=environment, capture_output=True, check=True)
printed = run.stdout.decode("utf-8")
if os.environ.get("UPDATE_GOLDEN"):
    readme.write_text(text[: shown.start(1)] + printed + text[shown.end(1) :], encoding="utf-8")
elif printed != shown.group(1):
    sys.exit("README shows other output than the program prints; UPDATE_GOLDEN=1 writes it anew")
