#!/usr/bin/env python3
"""Measures batches of scenarios and prints what docs/performance.md shows; asserts nothing.

    batch.py [--program F] [--scenarios N] [--points N] [--trials N] [--rounds N]

A batch of deterministic scenarios in one `check`, and a sweep, each against one process for every
scenario (of which only some are run: their rate is what counts).
"""
import argparse
import json
import pathlib
import statistics
import tempfile

import measure

HERE = pathlib.Path(__file__).resolve().parent
APART = 300  # processes of their own that are run of a batch


def scenario(price):
    """A small plan of twelve months, with a check."""
    return {
        "start": "2024-01", "end": "2024-12",
        "sources": {
            "installed": {"kind": "installed", "accelerator": "nvidia-a100-80gb-sxm",
                          "vintages": {"2022-06": 8000}},
            "chips": {"kind": "purchase", "accelerator": "nvidia-h100-sxm", "price_usd": price,
                      "deliveries": {"units": 16000, "from": "2024-01", "to": "2024-06"}}},
        "sites": {"hall": {"power": {"first": {"from": "2024-01", "critical_mw": 18},
                                     "second": {"from": "2024-05", "critical_mw": 12}}}},
        "checks": {"fleet": {"metric": "in_service", "at": "2024-12", "at_least": 20000}}}


def rate(runs, count):
    """Scenarios a second: median over the rounds."""
    return statistics.median(count / run.seconds for run in runs)


def shown(name, runs, count):
    peak = max(run.peak_mb for run in runs)
    print(f"| {name} | {rate(runs, count):,.0f} | {peak:.0f} |")


def batch(program, folder, count, rounds):
    paths = []
    for i in range(count):
        paths.append(folder / f"p{i:05}.json")
        paths[-1].write_text(json.dumps(scenario(20000 + i)))
    print(f"\nBatch of {count:,} deterministic scenarios, 2 sources x 12 months\n")
    print("| run | scenarios a second | peak, MB |\n|---|---|---|")
    for share in (count // 10, count):
        runs = [measure.run([program, "check", "--quiet", *paths[:share]], memory=True)
                for _ in range(rounds)]
        shown(f"one `check` of {share:,}", runs, share)
    begun = [[measure.run([program, "check", "--quiet", path], memory=True)
              for path in paths[:APART]] for _ in range(rounds)]
    seconds = [sum(run.seconds for run in runs) for runs in begun]
    peak = max(run.peak_mb for runs in begun for run in runs)
    print(f"| one process each | {APART / statistics.median(seconds):,.0f} | {peak:.0f} |")


def sweep(program, folder, points, trials, rounds):
    plan = HERE / "plans/plan-5x36.json"
    side = next(n for n in range(round(points ** 0.5), 0, -1) if points % n == 0)
    grid = [f"x-a=1:{side}:1", f"x-b=1:{points // side}:1"]
    print(f"\nSweep of {points:,} points x {trials:,} trials, 5 sources x 36 months\n")
    print("| run | points a second | peak, MB |\n|---|---|---|")
    common = ["--trials", trials, "--quiet", "--format", "csv"]
    runs = [measure.run([program, "sweep", plan, "--vary", grid[0], "--vary", grid[1], *common],
                        folder / "grid.csv", memory=True) for _ in range(rounds)]
    shown("one `sweep`", runs, points)
    apart = min(APART, points)
    begun = [[measure.run([program, "forecast", plan, "--set", f"x-a={i}", *common],
                          folder / "one.csv", memory=True) for i in range(apart)]
             for _ in range(rounds)]
    seconds = [sum(run.seconds for run in runs) for runs in begun]
    peak = max(run.peak_mb for runs in begun for run in runs)
    print(f"| one process each | {apart / statistics.median(seconds):,.0f} | {peak:.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path,
                        default=HERE.parent / "build/release/fleetcast")
    parser.add_argument("--scenarios", type=int, default=10_000)
    parser.add_argument("--points", type=int, default=1_000)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    machine = measure.machine(wanted.program)
    print(f"{machine['processor']}, {machine['cpus']} processors, {machine['level']}; "
          f"{machine['system']}; {machine['program']}")
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        batch(wanted.program, folder, wanted.scenarios, wanted.rounds)
        sweep(wanted.program, folder, wanted.points, wanted.trials, wanted.rounds)


if __name__ == "__main__":
    main()
