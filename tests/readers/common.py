"""Shared by the tests of csv output with foreign readers: runs fleetcast, reads its csv.

A test calls check() for each expectation and ends with finish(): exit 0, 1 with what failed, or
77 (skipped) by skip()."""

import csv
import io
import math
import pathlib
import subprocess
import sys

ADDITIVE = ["owned", "in_service", "delivered", "lost", "h100e", "fleet_h100e", "it_mw", "energy_mwh",
            "emissions_t", "capex_usd", "opex_usd", "lease_usd", "cum_cost_usd"]
failures = []
checked = 0


def check(condition, message):
    global checked
    checked += 1
    if not condition:
        failures.append(message)


def finish(what):
    for message in failures[:50]:
        print("FAILED:", message)
    if failures or not checked:
        sys.exit(f"{len(failures)} of {checked} checks failed")
    print(f"{checked} checks passed: {what}")


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def scenarios(root):
    found = sorted(pathlib.Path(root, "examples").glob("*/*.json"))
    if len(found) < 5:
        sys.exit(f"only {len(found)} examples in {root}")
    return found


def forecast(program, scenario, *options):
    """The bytes that `fleetcast forecast SCENARIO --format csv` prints."""
    run = subprocess.run([program, "forecast", str(scenario), "--format", "csv", *options],
                         capture_output=True, timeout=300)
    if run.returncode != 0:
        sys.exit(f"{scenario} {options}: exit {run.returncode}\n{run.stderr.decode()}")
    return run.stdout


def read(data):
    """(header, rows) of csv bytes, by Python's reader."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    return rows[0], rows[1:]


def number(cell):
    """The number of a cell, or None where it is none."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and cell.strip() == cell and "_" not in cell else None
