"""Runs programs and measures them from outside, whole process: wall time, processor time, memory.

Interface: run(), rotation(), machine(), python_with_numpy(). What is run and what is made
of the figures is left to the callers.
"""
import contextlib
import dataclasses
import os
import pathlib
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time


@dataclasses.dataclass
class Run:
    seconds: float  # wall
    cpu: float  # processor seconds, of user and system
    peak_mb: float  # largest resident set; "MB" is 1e6 bytes


def _spawn(command, output, errors):
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, new, 0o644),
               (os.POSIX_SPAWN_OPEN, 2, errors, new, 0o644)]
    return os.posix_spawnp(command[0], command, os.environ, file_actions=actions)


def _watch(pid, done, peak):
    """The high-water mark that /proc shows, as long as it can be read."""
    while not done.wait(0.002):
        with contextlib.suppress(OSError, StopIteration):
            with open(f"/proc/{pid}/status") as status:
                line = next(line for line in status if line.startswith("VmHWM"))
            peak[0] = max(peak[0], int(line.split()[1]))


def run(command, output="/dev/null", memory=False):
    """Runs to the end; what it writes on stdout goes to `output`. Ends this program where it fails.

    The peak is not less than that of this process, whose memory the child has before its exec;
    with `memory` the child is watched, so that a smaller one is seen, too.
    """
    command = [str(part) for part in command]
    peak, done = [0], threading.Event()
    with tempfile.NamedTemporaryFile() as errors:
        begun = time.perf_counter()
        pid = _spawn(command, str(output), errors.name)
        if memory:
            watcher = threading.Thread(target=_watch, args=(pid, done, peak))
            watcher.start()
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - begun
        if memory:
            done.set()
            watcher.join()
        if status != 0:
            text = pathlib.Path(errors.name).read_text(errors="replace")
            sys.exit(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}\n{text}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kilobytes = peak[0] if memory and usage.ru_maxrss <= own else usage.ru_maxrss
    return Run(seconds, usage.ru_utime + usage.ru_stime, kilobytes * 1024 / 1e6)


def tell(text):
    """Shows what runs, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r{text:60}", end="\r", file=sys.stderr)


def rotation(contestants, rounds):
    """{name: [Run of each round]}: a round runs each once and begins one later than the last."""
    names = list(contestants)
    runs = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            tell(f"  round {number + 1} of {rounds}: {name}")
            runs[name].append(run(contestants[name]))
    tell("")
    return runs


def machine(program):
    """What the figures were measured on."""
    info = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    fields = dict(reversed([line.split(":", 1) for line in info if ":" in line]))
    fields = {key.strip(): value.strip() for key, value in fields.items()}
    flags = fields.get("flags", "").split()
    level = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "SSE2"
    release = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return {"processor": fields.get("model name", platform.machine()), "level": level,
            "cpus": len(os.sched_getaffinity(0)), "system": release,
            "program": version.stdout.splitlines()[0]}


def python_with_numpy():
    """(interpreter, version of NumPy) of the first Python that has it, or nothing."""
    for python in (sys.executable, "/usr/bin/python3"):
        found = subprocess.run([python, "-c", "import numpy; print(numpy.__version__)"],
                               capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return python, found.stdout.strip()
    return None
