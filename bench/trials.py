#!/usr/bin/env python3
"""Measures fleetcast as a whole process and keeps the figures as JSON for bench/report.

    trials.py [--program F] [--only a,b] [--rounds N] [--quick] [--full] [-o RESULTS.json]

Contestants run in rotation; nothing is asserted. Sections that were measured before stay in the
file until they are measured again. --quick is for trying it out; --full adds a run of 1e8 trials.
"""
import argparse
import csv
import dataclasses
import json
import pathlib
import statistics
import subprocess

import make_plans
import measure

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent / "build"
SAMPLINGS = ["random", "lhs", "sobol"]
# Trials of a run: about a second of the fastest contestant.
SPEED = {"plan-5x36": 1_000_000, "plan-20x60": 200_000, "plan-50x120": 40_000,
         "plan-100x120": 20_000}
HEADLINES = ["owned", "in_service", "h100e", "facility_mw", "cum_cost_usd"]
HEADLINE_MONTHS = ["2024-12-01", "2025-12-01", "2026-12-01"]


@dataclasses.dataclass
class Bench:
    program: pathlib.Path
    plans: pathlib.Path  # folder
    rounds: int
    quick: bool
    full: bool

    def plan(self, name):
        return self.plans / f"{name}.json"

    def forecast(self, plan, trials, *more, threads=1):
        return [self.program, "forecast", self.plan(plan), "--trials", trials, "--threads", threads,
                "--format", "csv", "--quiet", *more]

    def rotation(self, contestants):
        return measure.rotation(contestants, self.rounds)

    def less(self, trials):
        """Fewer trials in a quick run."""
        return max(trials // 20, 1600) if self.quick else trials


def figures(runs, trials):
    """Wall and processor seconds and trials per second of the runs of one contestant."""
    seconds = [run.seconds for run in runs]
    return {"trials": trials, "seconds": seconds, "cpu": [run.cpu for run in runs],
            "peak_mb": max(run.peak_mb for run in runs), "best": trials / min(seconds),
            "median": trials / statistics.median(seconds)}


def measure_speed(bench):
    """Trials per second by plan, threads and sampling, beside NumPy in the same rotation."""
    found, result = measure.python_with_numpy(), {}
    for plan, trials in SPEED.items():
        trials = bench.less(trials)
        contestants = {
            f"{sampling}, {threads}": bench.forecast(plan, trials, "--sampling", sampling,
                                                     threads=threads)
            for sampling in SAMPLINGS for threads in (1, 2)}
        if found:
            contestants["numpy"] = [found[0], HERE / "peers/numpy_peer.py", bench.plan(plan),
                                    "--trials", trials]
        runs = bench.rotation(contestants)
        result[plan] = {name: figures(each, trials) for name, each in runs.items()}
    return {"plans": result, "numpy": found and found[1]}


def measure_start(bench):
    """Wall time of what ends at once. [s]"""
    plan = HERE / "plan-10x120.json"
    contestants = {"--version": [bench.program, "--version"],
                   "10 x 120, one trial": [bench.program, "forecast", plan, "--trials", 1,
                                           "--format", "csv", "--quiet"]}
    runs = measure.rotation(contestants, 10 if bench.quick else 50)
    return {name: [run.seconds for run in each] for name, each in runs.items()}


def measure_memory(bench):
    """Largest resident set. [MB]"""
    counts = [10_000, 1_000_000] if bench.quick else [10_000, 1_000_000, 10_000_000]
    if bench.full:
        counts.append(100_000_000)
    return [{"trials": trials, "threads": threads,
             "peak_mb": measure.run(bench.forecast("plan-5x36", trials, threads=threads),
                                    memory=True).peak_mb}
            for trials in counts for threads in (1, 2)]


def measure_threads(bench):
    """What a second thread gains, beside what it gains an arithmetic loop in the same rotation."""
    loop = BUILD / "bench/arithmetic"
    subprocess.run(["c++", "-std=c++20", "-O3", "-pthread", HERE / "arithmetic.cpp", "-o", loop],
                   check=True)
    result = {}
    for plan, trials in SPEED.items():
        trials = bench.less(4 * trials)
        runs = bench.rotation({"loop 1": [loop, 1], "loop 2": [loop, 2],
                               "fleetcast 1": bench.forecast(plan, trials, threads=1),
                               "fleetcast 2": bench.forecast(plan, trials, threads=2)})
        seconds = {name: [run.seconds for run in each] for name, each in runs.items()}
        result[plan] = {  # a loop does its work on each thread
            "loop": [2 * one / two for one, two in zip(seconds["loop 1"], seconds["loop 2"])],
            "fleetcast": [one / two
                          for one, two in zip(seconds["fleetcast 1"], seconds["fleetcast 2"])]}
    return result


def net_times(bench, sizes):
    """[{size, trials, net}] of (size, plan, trials): seconds beyond those of a single trial."""
    contestants = {}
    for size, plan, trials in sizes:
        contestants[f"{size} run"] = bench.forecast(plan, trials)
        contestants[f"{size} start"] = bench.forecast(plan, 1)
    runs = bench.rotation(contestants)

    def median(size, what):
        return statistics.median(run.seconds for run in runs[f"{size} {what}"])

    return [{"size": size, "trials": trials, "whole": median(size, "run"),
             "net": median(size, "run") - median(size, "start")} for size, _, trials in sizes]


def measure_linearity(bench):
    """Time by trials, periods and sources, one thread."""
    counts = [10_000, 100_000, 1_000_000] + ([] if bench.quick else [10_000_000])
    trials = bench.less(400_000)
    return {"trials": net_times(bench, [(count, "plan-5x36", count) for count in counts]),
            "periods": net_times(bench, [(months, f"months-{months}", trials)
                                         for months in make_plans.MONTHS]),
            "sources": net_times(bench, [(sources, f"sources-{sources}", trials)
                                         for sources in make_plans.SOURCES])}


def cells_of(command):
    """Figures in the csv of a run of one trial."""
    table = BUILD / "bench/cells.csv"
    measure.run(command, output=table)
    with open(table, newline="") as file:
        rows = list(csv.reader(file))
    return sum(1 for row in rows[1:] for cell in row[3:] if cell)


# What is asked for, of which plan, with which options.
ASKED = {
    "owned": ("plan-5x36", ["--metrics", "owned"]),
    "owned, h100e": ("plan-5x36", ["--metrics", "owned,h100e"]),
    "default": ("plan-5x36", []),
    "default by site": ("plan-5x36", ["--by", "site"]),
    "default by source": ("plan-5x36", ["--by", "source"]),
    "cost_usd": ("plan-5x36", ["--metrics", "cost_usd"]),
    "cash_usd, npv_cost_usd": ("plan-5x36", ["--metrics", "cash_usd,npv_cost_usd"]),
    "the same, paid in parts": ("payments-5x36", ["--metrics", "cash_usd,npv_cost_usd"]),
    "depreciation, write-offs, book value, capital charge":
        ("plan-5x36", ["--metrics", "depreciation_usd,writeoff_usd,book_value_usd,"
                                    "capital_charge_usd"]),
    "the four unit costs":
        ("plan-5x36", ["--metrics", "tco_usd_per_gpu_hour,tco_usd_per_h100e_hour,"
                                    "tco_with_capital_usd_per_gpu_hour,"
                                    "tco_with_capital_usd_per_h100e_hour"]),
    "owned, with five workloads": ("workloads-5x36", ["--metrics", "owned"]),
    "demand, served, shortfall by team":
        ("workloads-5x36", ["--metrics", "demand_h100e,served_h100e,shortfall_h100e",
                            "--by", "team"]),
    "the same, two tied to accelerators":
        ("restricted-5x36", ["--metrics", "demand_h100e,served_h100e,shortfall_h100e",
                             "--by", "team"]),
    "charged by workload": ("workloads-5x36", ["--metrics", "charged_usd,charged_mwh,charged_t",
                                               "--by", "workload"]),
    "all": ("plan-5x36", ["--metrics", "all"]),
}


def measure_asked(bench):
    """Cost of what is asked for: metrics and groups, finance and demand."""
    trials = bench.less(400_000)
    runs = bench.rotation({name: bench.forecast(plan, trials, *more)
                           for name, (plan, more) in ASKED.items()})
    return [{"asked": name, "cells": cells_of(bench.forecast(plan, 1, *more)),
             **figures(runs[name], trials)} for name, (plan, more) in ASKED.items()]


def with_inputs(plan, fields):
    """The plan with these fields of all sources uncertain by a tenth to either side."""
    plan = json.loads(json.dumps(plan))
    for field in fields:
        for source in plan["sources"].values():
            value = source[field]
            source[field] = {"uniform": [0.9 * value, 1.1 * value]}
    return plan


def measure_inputs(bench):
    """Cost of an uncertain input: figures of the sources that become so, five at a time."""
    reference = json.loads(make_plans.REFERENCE.read_text())
    variants = {16: [], 21: ["h100e"], 26: ["h100e", "kw_per_unit"]}
    for inputs, fields in variants.items():
        bench.plan(f"inputs-{inputs}").write_text(json.dumps(with_inputs(reference, fields)))
    trials = bench.less(1_000_000)
    runs = bench.rotation({inputs: bench.forecast(f"inputs-{inputs}", trials)
                           for inputs in variants})
    return [{"inputs": inputs, **figures(runs[inputs], trials)} for inputs in variants]


def headline_medians(bench, trials, sampling, seed):
    """{(metric, month): P50}"""
    table = BUILD / "bench/accuracy.csv"
    measure.run(bench.forecast("plan-5x36", trials, "--sampling", sampling, "--seed", seed,
                               "--metrics", ",".join(HEADLINES), threads=0), output=table)
    with open(table, newline="") as file:
        rows = {row["period"]: row for row in csv.DictReader(file)}
    return {(metric, month): float(rows[month][f"{metric}_p50"])
            for metric in HEADLINES for month in HEADLINE_MONTHS}


def measure_accuracy(bench):
    """Root mean square error of the P50 of headline metrics over seeds, as shares of the figure."""
    seeds = range(1, 5) if bench.quick else range(1, 33)
    truth = headline_medians(bench, 1_000_000 if bench.quick else 30_000_000, "random", 10_000)

    def error(metric, runs):
        squares = [(run[metric, month] / truth[metric, month] - 1) ** 2
                   for run in runs for month in HEADLINE_MONTHS]
        return statistics.fmean(squares) ** 0.5

    result = []
    for trials in (2_048, 16_384):
        contestants = {"random": trials, "random x 10": 10 * trials, "lhs": trials, "sobol": trials}
        for name, count in contestants.items():
            runs = [headline_medians(bench, count, name.split()[0], seed) for seed in seeds]
            result.append({"trials": trials, "contestant": name, "seeds": len(seeds),
                           "errors": {metric: error(metric, runs) for metric in HEADLINES}})
    return result


SECTIONS = {"speed": measure_speed, "start": measure_start, "memory": measure_memory,
            "threads": measure_threads, "linearity": measure_linearity, "asked": measure_asked,
            "inputs": measure_inputs, "accuracy": measure_accuracy}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", type=pathlib.Path, default=BUILD / "release/fleetcast")
    parser.add_argument("--only", default=",".join(SECTIONS),
                        help="sections: " + ", ".join(SECTIONS))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("-o", "--output", type=pathlib.Path, default=BUILD / "bench/results.json")
    options = parser.parse_args()
    wanted = options.only.split(",")
    for section in wanted:
        if section not in SECTIONS:
            parser.error(f"no section {section}; there are {', '.join(SECTIONS)}")
    rounds = options.rounds or (2 if options.quick else 5)
    bench = Bench(options.program, BUILD / "bench/plans", rounds, options.quick, options.full)
    make_plans.write(bench.plans)
    results = json.loads(options.output.read_text()) if options.output.exists() else {}
    results["machine"] = measure.machine(options.program)
    for section in wanted:
        print(f"{section} ...", flush=True)
        results[section] = SECTIONS[section](bench)
        results[section + "_how"] = {"rounds": rounds, "quick": options.quick}
        options.output.write_text(json.dumps(results, indent=1) + "\n")
    print(f"written: {options.output}; bench/report prints it")


if __name__ == "__main__":
    main()
