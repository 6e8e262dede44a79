#!/usr/bin/env python3
"""A batch of 10,000 scenarios with one that is broken, one that fails and one that takes too long.

    test_batch.py PROGRAM

All are reported, the exit code is that of the worst, and memory does not grow with the batch.
"""
import json
import os
import pathlib
import sys
import tempfile
import xml.etree.ElementTree as xml

COUNT = 10_000
MOST_GROWTH = 32e6  # bytes between a tenth of the batch and the whole


def scenario(price, sources=1, end="2024-06"):
    chips = {"kind": "purchase", "h100e": 2, "kw_per_unit": 1, "price_usd": price,
             "deliveries": {"units": 600, "from": "2024-01", "to": "2024-06"}}
    return {"start": "2024-01", "end": end,
            "sources": {f"s{i}": chips for i in range(sources)},
            "checks": {"fleet": {"metric": "owned", "at": "2024-06", "at_least": 600}}}


def write(folder):
    """The files of the batch, in order; the broken, the failing and the slow one come early."""
    paths = []
    for number in range(COUNT):
        plan = scenario(1000 + number)
        if number == 5:
            plan["checks"]["fleet"]["at_least"] = 601
        elif number == 7:
            plan["sources"]["s0"]["kw_per_unit"] = -1
        elif number == 9:
            plan = scenario(1000, sources=3000, end="2123-12")
        paths.append(folder / f"p{number:05}.json")
        paths[-1].write_text(json.dumps(plan))
    return paths


def check(program, paths, report):
    """(exit code, peak memory in bytes, what was said on stderr)"""
    said = report.with_suffix(".err")
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    command = [program, "check", "--quiet", "--timeout", "1", "--junit", str(report),
               *map(str, paths)]
    pid = os.posix_spawn(program, command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, str(said), new, 0o644)])
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024, said.read_text()


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        paths = write(folder)
        _, small, _ = check(program, paths[:COUNT // 10], folder / "small.xml")
        code, peak, said = check(program, paths, folder / "all.xml")
        suites = xml.parse(folder / "all.xml").getroot().findall("testsuite")
    assert code == 5, f"exit code {code}: the one that was not finished is the worst"
    assert len(suites) == COUNT, f"{len(suites)} scenarios are reported"
    failed = [suite.get("name") for suite in suites if suite.get("failures") != "0"]
    assert failed == ["p00005"], failed
    broken = {suite.get("name"): suite.find("testcase/error").get("type")
              for suite in suites if suite.get("errors") != "0"}
    assert broken == {"p00007": "bad-input", "p00009": "timeout"}, broken
    assert "p00007.json:1:" in said and "p00009.json: not finished within 1 s" in said, said
    # The slow one has its memory in both.
    assert peak - small < MOST_GROWTH, f"{small} bytes for a tenth of the batch, {peak} for all"
    print(f"{small / 1e6:.0f} MB for a tenth of the batch, {peak / 1e6:.0f} MB for all")


if __name__ == "__main__":
    main()
