#!/usr/bin/env python3
"""Compares fleetcast with the NumPy program of the same model within Monte Carlo error.

    compare_peer.py [--program F] [--trials N] [--seed N] [--sampling S] [-k K] [PLAN...]

Every default metric in every month: the means may differ by k standard errors of their difference.
A quantile p of one may lie between the quantiles p -+ k sqrt(p (1 - p) (1/N + 1/M)) of the other,
which holds for any distribution, jumps included; 1 of that range is its end. At the medians all
figures must agree to 1e-9. The default plans are the four sizes of the benchmark. Ends with 1 when
a figure is further off.
"""
import argparse
import csv
import math
import pathlib
import sys
import tempfile

import make_plans
import measure

HERE = pathlib.Path(__file__).resolve().parent
PERCENTS = [10, 50, 90]
ROUNDING = 1e-9  # of the largest figure of a metric: sums in another order
PEER_SEED = 1000  # added to the seed: the programs draw from different generators anyway


def stat_of(percent):
    return f"p{percent:g}".replace(".", "_")


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def largest(cells):
    """Per metric the largest figure, by which rounding is judged."""
    scale = {}
    for (_, metric, *_), value in cells.items():
        scale[metric] = max(scale.get(metric, 0.0), abs(value))
    return scale


def at_medians(options, plan, folder):
    """Largest relative difference of the two deterministic runs, and its cell."""
    paths = folder / "ours.csv", folder / "theirs.csv"
    measure.run([options.program, "forecast", plan, "--trials", 1, "--format", "csv", "--quiet"],
                output=paths[0])
    measure.run([*options.peer, plan, "--medians", "-o", paths[1]])
    tables = []
    for path in paths:
        tables.append({(row["period"], metric): float(value) for row in read(path)
                       for metric, value in row.items()
                       if metric not in ("scenario", "period", "group")})
    if tables[0].keys() != tables[1].keys():
        sys.exit(f"{plan}: the programs report different cells")
    ours, theirs = tables

    def relative(cell):
        size = max(abs(ours[cell]), abs(theirs[cell]))
        return abs(ours[cell] - theirs[cell]) / size if size > 0 else 0.0

    worst = max(ours, key=relative)
    return relative(worst), worst


def neighbours(percent, options):
    """The percents between which the peer's quantile must lie."""
    share = percent / 100
    width = options.k * math.sqrt(share * (1 - share) * 2 / options.trials)
    if not 0 < share - width < share + width < 1:
        sys.exit("too few trials for these quantiles")
    return round(100 * (share - width), 3), round(100 * (share + width), 3)


def deviations(options, plan, folder):
    """{(period, metric, stat): distance}; at most k is allowed, k is the end of a range."""
    ranges = {percent: neighbours(percent, options) for percent in PERCENTS}
    asked = sorted([*PERCENTS, *(end for ends in ranges.values() for end in ends)])
    ours, theirs = folder / "ours.csv", folder / "theirs.csv"
    measure.run([options.program, "forecast", plan, "--trials", options.trials,
                 "--seed", options.seed, "--sampling", options.sampling, "--quiet",
                 "--quantiles", ",".join(f"{each:g}" for each in asked),
                 "--format", "csv", "--layout", "long"], output=ours)
    measure.run([*options.peer, plan, "--trials", options.trials,
                 "--seed", options.seed + PEER_SEED, "--sd", "-o", theirs])
    left = {(row["period"], row["metric"], row["stat"]): float(row["value"])
            for row in read(ours) if row["group"] == "total"}
    scale = largest(left)
    distance = {}
    for row in read(theirs):
        for column, text in row.items():
            metric, _, stat = column.rpartition("_")
            if stat not in ("mean", *map(stat_of, PERCENTS)):
                continue
            period, right = row["period"], float(text)
            off = abs(left[period, metric, stat] - right) - ROUNDING * scale[metric]
            if off <= 0:
                distance[period, metric, stat] = 0.0
                continue
            if stat == "mean":  # of what happens in few trials, one program may have seen nothing
                error = math.hypot(left[period, metric, "se"],
                                   float(row[f"{metric}_sd"]) / math.sqrt(options.trials))
            else:
                low, high = ranges[int(stat[1:])]
                ours_at = left[period, metric, stat]
                bound = left[period, metric, stat_of(high if right > ours_at else low)]
                error = abs(bound - ours_at) / options.k
            distance[period, metric, stat] = off / error if error > 0 else math.inf
    return distance


def compare(options, plan):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        relative, cell = at_medians(options, plan, folder)
        print(f"{plan.stem}: medians: largest relative difference {relative:.1e} "
              f"({cell[1]}, {cell[0]})")
        if options.medians_only:
            return relative <= ROUNDING
        distance = deviations(options, plan, folder)
    for kind, unit in (("mean", "standard errors off"), ("quantile", "of its range away")):
        cells = {cell: value / (1 if kind == "mean" else options.k)
                 for cell, value in distance.items() if (cell[2] == "mean") == (kind == "mean")}
        worst = max(cells, key=cells.get)
        print(f"{plan.stem}: {len(cells)} {kind}s of {options.trials} trials each: the worst is "
              f"{cells[worst]:.2f} {unit} ({worst[1]} {worst[2]}, {worst[0]})")
    beyond = sum(value > options.k for value in distance.values())
    print(f"{plan.stem}: {beyond} of {len(distance)} figures beyond {options.k:g}")
    return relative <= ROUNDING and beyond == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", default=HERE.parent / "build/release/fleetcast")
    parser.add_argument("--trials", type=lambda text: int(float(text)), default=100000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sampling", default="random")
    parser.add_argument("-k", type=float, default=5, help="standard errors allowed")
    parser.add_argument("--medians-only", action="store_true", help="only the deterministic runs")
    parser.add_argument("plans", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    found = measure.python_with_numpy()
    if not found:
        sys.exit("compare_peer: no Python with NumPy; on Debian: apt install python3-numpy")
    options.peer = [found[0], HERE / "peers" / "numpy_peer.py"]
    with tempfile.TemporaryDirectory() as folder:
        if not options.plans:
            make_plans.write(folder)
            options.plans = [pathlib.Path(folder) / f"plan-{size}.json"
                             for size in ("5x36", "20x60", "50x120", "100x120")]
        agreed = [compare(options, plan) for plan in options.plans]
    sys.exit(0 if all(agreed) else 1)


if __name__ == "__main__":
    main()
