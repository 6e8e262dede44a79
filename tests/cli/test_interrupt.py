#!/usr/bin/env python3
"""A long run shows its progress on a terminal only, and a signal ends it at once, whole files kept.
Usage: test_interrupt.py PROGRAM. Exits with 77, saying why, where there are no pseudo-terminals."""

import atexit
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples/neocloud/scenario.json"
# [s] from the signal to the end of the process; a sanitizer looks for leaks at the end
LIMIT = float(os.environ.get("LIMIT", "0.2"))
TRIES = 3  # the best counts: other processes share the machine
PATIENCE = 60  # [s] for a slow build to show its first line
MOMENTS = int(os.environ.get("MOMENTS", "40"))  # at which short runs are interrupted
OLD = "kept\n"
LINE = re.compile(rb"\r(?:[\w-]+: )?trials (?:\d+|\d+(?:\.\d)?[kM]) / 100M, \d+ %, "
                  rb"\d+(?:\.\d)? [kM]?/s, \d+ (?:s|min|h) left\x1b\[K")

try:
    os.close(pty.openpty()[0])
except OSError as error:
    print(f"skipped: no pseudo-terminal: {error}")
    sys.exit(77)
signal.alarm(540)  # nothing here may wait for ever


def expect(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


class Run:
    """100 million trials, with stderr on a terminal or in a file."""

    def __init__(self, folder, *words, terminal=True, **settings):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm", **settings}
        self.folder = folder
        self.leader = None
        if terminal:
            self.leader, stderr = pty.openpty()
        else:
            stderr = os.open(folder / "said", os.O_WRONLY | os.O_CREAT, 0o600)
        (folder / "old.csv").write_text(OLD)
        self.begin = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, *words, "--trials", "1e8", "-o", "old.csv", "-o", "new.json"], cwd=folder,
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr)
        os.close(stderr)
        atexit.register(self.process.kill)  # also where a test fails: it would run for minutes

    def read_until(self, pattern):
        """What stands on the terminal up to the pattern."""
        text = b""
        while not pattern.search(text):
            expect(time.monotonic() - self.begin < PATIENCE, f"no progress in {text!r}")
            text += os.read(self.leader, 4096)
        return text

    def end(self, number):
        """Sends the signal: the exit code, seconds until the end, and what was printed then."""
        begin = time.monotonic()
        self.process.send_signal(number)
        _, status = os.waitpid(self.process.pid, 0)  # wait() with a time limit would poll
        seconds = time.monotonic() - begin
        code = self.process.returncode = os.waitstatus_to_exitcode(status)
        expect(self.process.stdout.read() == b"", "nothing on stdout")
        self.process.stdout.close()
        files = sorted(path.name for path in self.folder.iterdir() if path.name != "said")
        expect(files == ["old.csv"], f"no new file, but there are {files}")
        expect((self.folder / "old.csv").read_text() == OLD, "the old file is unchanged")
        if self.leader is None:
            return code, seconds, (self.folder / "said").read_bytes()
        text = b""
        try:
            while part := os.read(self.leader, 4096):
                text += part
        except OSError:  # the other end is closed
            pass
        os.close(self.leader)
        return code, seconds, text


def run(*words, number=signal.SIGINT, wait=1.5, **options):
    with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as folder:
        started = Run(pathlib.Path(folder), *words, **options)
        time.sleep(wait)
        return started.end(number)


for number, expected in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
    times = []
    while not times or (min(times) > LIMIT and len(times) < TRIES):
        with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as folder:
            started = Run(pathlib.Path(folder), "forecast", str(EXAMPLE))
            shown = started.read_until(LINE)
            first = time.monotonic() - started.begin
            expect(first >= 1, f"no line within a second, but after {first:.2f} s")
            expect(LINE.match(shown), f"nothing before the line: {shown!r}")
            time.sleep(0.25)
            code, seconds, rest = started.end(number)
        expect(code == expected, f"exit code {code}, expected {expected}")
        expect(rest.endswith(b"\r\x1b[Kfleetcast: interrupted\r\n"), f"the line is erased: {rest!r}")
        expect(LINE.sub(b"", rest) == b"\r\x1b[Kfleetcast: interrupted\r\n", f"only lines: {rest!r}")
        expect(len(LINE.findall(rest)) <= 5, f"ten lines a second at most: {rest!r}")
        times.append(seconds)
    expect(min(times) <= LIMIT, f"{number.name}: ended after {min(times):.3f} s")
    print(f"{number.name}: {', '.join(f'{1000 * each:.0f} ms' for each in times)}")

quiet_ends = {"a file": {"terminal": False}, "--quiet": {"flag": "--quiet"},
              "a dumb terminal": {"TERM": "dumb"}, "no TERM": {"TERM": ""}}
for name, options in quiet_ends.items():
    flags = [options.pop("flag")] if "flag" in options else []
    with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as folder:
        started = Run(pathlib.Path(folder), "forecast", str(EXAMPLE), *flags, **options)
        time.sleep(2)
        code, _, text = started.end(signal.SIGINT)
    expect(code == 130, f"{name}: exit code {code}")
    expect(text.replace(b"\r\x1b[K", b"").strip() == b"fleetcast: interrupted",
           f"{name}: no progress, but {text!r}")

with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as folder:
    other = pathlib.Path(folder) / "other.json"
    other.write_bytes(EXAMPLE.read_bytes())
    for words in (("compare", str(EXAMPLE), str(other)), ("forecast", str(EXAMPLE), str(other))):
        with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as work:
            started = Run(pathlib.Path(work), *words)
            shown = started.read_until(LINE)
            expect((b"\rscenario: trials" in shown) == (words[0] == "forecast"),
                   f"runs one by one are named: {shown!r}")
            expect(started.end(signal.SIGINT)[0] == 130, f"{words[0]}: exit code")

# At any moment, also while files are written, and twice: each target is the old one or whole.
with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as folder:
    work = pathlib.Path(folder)
    command = [PROGRAM, "forecast", str(EXAMPLE), "--quiet", "--trials", "2000", "-o", "x.json",
               "-o", "y.csv"]
    begin = time.monotonic()
    subprocess.run(command, cwd=work, check=True, stdin=subprocess.DEVNULL)
    whole = time.monotonic() - begin
    new = {name: (work / name).read_bytes() for name in ("x.json", "y.csv")}
    codes = []
    for i in range(MOMENTS):
        for name in new:
            (work / name).write_text(OLD)
        process = subprocess.Popen(command, cwd=work, stdin=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(1.2 * whole * (i + 1) / MOMENTS)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        codes.append(process.wait())
        expect(sorted(path.name for path in work.iterdir()) == sorted(new),
               f"no unfinished file: {sorted(work.iterdir())}")
        for name, text in new.items():
            expect((work / name).read_bytes() in (OLD.encode(), text), f"{name} is old or whole")
    # A signal may come before the program is there to handle it: then it ends by the signal itself.
    expect(set(codes) <= {0, 130, 143, -2, -15} and 130 in codes, f"exit codes {codes}")

# A run that comes to its end leaves nothing of the line behind.
leader, follower = pty.openpty()
with tempfile.TemporaryDirectory(prefix="fleetcast-interrupt-") as folder:
    for trials in (10_000, 40_000, 160_000, 640_000, 2_560_000, 10_240_000):
        subprocess.run([PROGRAM, "forecast", str(EXAMPLE), "--trials", str(trials), "-o", "x.csv"],
                       cwd=folder, env={"PATH": os.environ["PATH"], "TERM": "xterm"}, check=True,
                       stdin=subprocess.DEVNULL, stderr=follower)
        os.write(follower, b"end")
        text = b""
        while not text.endswith(b"end"):
            text += os.read(leader, 65536)
        if text != b"end":
            break
expect(re.search(rb"left\x1b\[K\r\x1b\[Kend$", text), f"the last line is erased: {text[-200:]!r}")
