#!/usr/bin/env python3
"""Colour is for terminals only, and can be turned off. Usage: test_terminal.py PROGRAM SCENARIO.
Exits with 77, saying why, where the machine has no pseudo-terminals."""

import os
import pty
import subprocess
import sys

program, scenario = sys.argv[1:]
try:
    os.close(pty.openpty()[0])
except OSError as error:
    print(f"skipped: no pseudo-terminal: {error}")
    sys.exit(77)


def on_terminal(settings, *flags):
    """What the program prints on a terminal."""
    leader, follower = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm", **settings}
    process = subprocess.Popen([program, "forecast", scenario, "--quiet", *flags], env=environment,
                               stdin=subprocess.DEVNULL, stdout=follower)
    os.close(follower)
    printed = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        printed += part
    os.close(leader)
    if process.wait() != 0 or b"owned" not in printed:
        sys.exit(f"no forecast: {printed!r}")
    return printed


cases = [({}, (), True), ({"NO_COLOR": ""}, (), True), ({"NO_COLOR": "1"}, (), False),
         ({"TERM": "dumb"}, (), False), ({}, ("--no-color",), False)]
wrong = [case for case in cases if (b"\033[" in on_terminal(case[0], *case[1])) != case[2]]
piped = subprocess.run([program, "forecast", scenario, "--quiet"], capture_output=True, check=True,
                       env={"PATH": os.environ["PATH"], "TERM": "xterm"}).stdout
if b"\033[" in piped:
    wrong.append("a pipe")
if wrong:
    sys.exit(f"colour where there should be none, or none where there should be: {wrong}")
