"""run_case.py must fail where a case differs from what is expected, and only there."""

import pathlib
import subprocess
import sys
import tempfile

RUN_CASE = pathlib.Path(__file__).with_name("run_case.py")
COMMAND = "cat input; $FLEETCAST a warning >&2; exit 3"  # the program is echo
RIGHT = {"cmd": COMMAND, "input": "data\r\n", "exit": "3\n", "stdout": "data\r\n",
         "stderr": "a warning\n", "stderr.contains": "warn\na w\n"}


def passes(changes, environment=None):
    """Whether the right case, with these files changed (None: taken away), passes."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**RIGHT, **changes}.items():
            if text is not None:
                (pathlib.Path(folder) / name).write_bytes(text.encode())
        done = subprocess.run([sys.executable, RUN_CASE, "/bin/echo", folder], env=environment or {},
                              capture_output=True, check=False)
        written = (pathlib.Path(folder) / "stdout").read_bytes()
        return done.returncode == 0, written


def expect(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


expect(passes({})[0], "a case that is right passes")
expect(passes({"stderr": None, "stderr.contains": None})[0], "what is left out is not looked at")
expect(not passes({"stdout": "data\n"})[0], "another line ending on stdout is found")
expect(not passes({"stderr": "a warning"})[0], "a missing line end on stderr is found")
expect(not passes({"stderr.contains": "warn\nerror\n"})[0], "each line of stderr.contains counts")
expect(not passes({"exit": "2\n"})[0], "another exit code is found")
expect(not passes({"exit": None})[0], "without a file the exit code must be 0")
expect(passes({"stdout": ""}, {"UPDATE_GOLDEN": "1"}) == (True, b"data\r\n"),
       "UPDATE_GOLDEN=1 writes what was printed")
expect(not passes({"exit": "2\n"}, {"UPDATE_GOLDEN": "1"})[0],
       "UPDATE_GOLDEN=1 does not change the exit code")
