#!/usr/bin/env python3
"""Runs one case of the command line: run_case.py PROGRAM FOLDER

The folder holds `cmd` (one shell line that uses $FLEETCAST; it runs in a copy of the folder, and
$ROOT is the source tree), and what is expected: `exit` (a code, 0 when left out), `stdout` and
`stderr` (every byte), `stderr.contains` (each of its lines occurs). What is left out is not
looked at. UPDATE_GOLDEN=1 writes `stdout` and `stderr` anew where they exist; an empty file is
enough to begin with.
"""

import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPECTED = {"cmd", "exit", "stdout", "stderr", "stderr.contains"}


def run(program, folder):
    """Runs the command in a copy of the folder, with nothing of the caller's environment."""
    with tempfile.TemporaryDirectory(prefix="fleetcast-case-") as place:
        work = pathlib.Path(place) / folder.name
        shutil.copytree(folder, work, ignore=lambda _, names: EXPECTED.intersection(names))
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": place, "LC_ALL": "C.UTF-8",
                       "TERM": "dumb", "FLEETCAST": str(pathlib.Path(program).resolve()),
                       "ROOT": str(ROOT)}
        return subprocess.run(["sh", "-c", (folder / "cmd").read_text()], cwd=work,
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=120, check=False)


def difference(name, expected, actual):
    """The lines in which the two differ, with their control characters made visible."""
    old, new = ([repr(line)[2:-1] for line in text.splitlines(keepends=True)]
                for text in (expected, actual))
    return "\n".join(difflib.unified_diff(old, new, f"expected {name}", f"actual {name}", "", "", 1,
                                          ""))


def faults(folder, done):
    """What differs from the expectation, as texts."""
    found = []
    code_file = folder / "exit"
    code = int(code_file.read_text()) if code_file.exists() else 0
    if done.returncode != code:
        found.append(f"exit code {done.returncode}, expected {code}")
    for name, actual in (("stdout", done.stdout), ("stderr", done.stderr)):
        golden = folder / name
        if not golden.exists():
            continue
        if os.environ.get("UPDATE_GOLDEN") == "1":
            golden.write_bytes(actual)
        elif golden.read_bytes() != actual:
            found.append(difference(name, golden.read_bytes(), actual))
    contains = folder / "stderr.contains"
    if contains.exists():
        for line in contains.read_bytes().splitlines():
            if line not in done.stderr:
                found.append(f"stderr lacks: {line.decode()}")
    return found


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    done = run(program, folder)
    found = faults(folder, done)
    for text in found:
        print(text)
    if found:
        print(f"--- stderr\n{done.stderr.decode(errors='replace')}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
