#!/usr/bin/python3
"""The model of fleetcast as a NumPy user would write it: float64, vectorised over trials.

    numpy_peer.py PLAN [--trials N] [--seed N] [--chunk N] [--medians] [--sd] [-o CSV]

Knows the part of the scenario format that the plans of bench/ use and refuses the rest. Every
default metric is summarised by mean, P10, P50 and P90 in every month. Marks such as [P4] name the
rules; the draws are NumPy's own. One thread. `--chunk` steps that many trials at a time, which
keeps temporaries in the cache; 0, the default, is the plain program. Its speed goes to stderr as a
line of JSON.
"""
import time

started = time.perf_counter()

import argparse  # noqa: E402
import calendar  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import pathlib  # noqa: E402
import sys  # noqa: E402

for library in ("OPENBLAS", "OMP", "MKL", "BLIS"):  # read when NumPy is loaded
    os.environ[f"{library}_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402

METRICS = ["owned", "in_service", "warehoused", "h100e", "it_mw", "facility_mw", "energy_mwh",
           "capex_usd", "opex_usd", "cum_cost_usd"]
SHARES = np.array([0.1, 0.5, 0.9])
SLACK = 1e-9  # [months] [T1]
SOURCE_KEYS = {"kind", "accelerator", "vintages", "deliveries", "delay_months", "price_usd",
               "kw_per_unit", "h100e", "annual_attrition_share", "service_life_months",
               "maintenance_share_per_year", "sites"}
SITE_KEYS = {"power", "install_units_per_month", "pue", "load_share", "electricity_usd_per_mwh"}


def known(where, value, keys):
    for key in value:
        if key not in keys:
            sys.exit(f"numpy_peer: {where}: {key} is not in the part of the format known here")


def month(text):
    year, number = text.split("-")
    return 12 * int(year) + int(number) - 1


class Draws:
    """Values of scalars in `size` trials: numbers as they are, distributions as arrays."""

    def __init__(self, rng, size, medians):
        self.rng, self.size, self.medians = rng, size, medians

    def __call__(self, scalar):
        if isinstance(scalar, (int, float)):
            return float(scalar)
        ((name, value),) = scalar.items()
        draw = getattr(self, name, None)
        if draw is None:
            sys.exit(f"numpy_peer: the distribution {name} is not known here")
        return draw(value)

    def uniform(self, value):
        low, high = value
        if self.medians:
            return np.full(self.size, (low + high) / 2)
        return self.rng.uniform(low, high, self.size)

    def triangular(self, value):
        low, mode, high = value
        if not self.medians:
            return self.rng.triangular(low, mode, high, self.size)
        if 2 * mode <= low + high:
            return np.full(self.size, high - np.sqrt((high - low) * (high - mode) / 2))
        return np.full(self.size, low + np.sqrt((high - low) * (mode - low) / 2))

    def lognormal(self, value):
        if self.medians:
            return np.full(self.size, float(value["median"]))
        return self.rng.lognormal(np.log(value["median"]), value["sigma"], self.size)


class Source:
    """The figures of a source that are plain numbers, or arrays over trials."""

    def __init__(self, name, spec, start, sites, draws):
        known(f"sources.{name}", spec, SOURCE_KEYS)
        self.sites = [list(sites).index(site) for site in spec.get("sites", sites)]
        if len(self.sites) != 1:
            sys.exit(f"numpy_peer: sources.{name}: one site for each source is known here")
        self.site = self.sites[0]
        self.kw, self.h100e = float(spec["kw_per_unit"]), float(spec["h100e"])
        self.life = int(spec["service_life_months"])
        self.attrition = draws(spec["annual_attrition_share"])
        self.delay = draws(spec.get("delay_months", 0))
        self.price = draws(spec.get("price_usd", 0))
        self.maintenance = draws(spec.get("maintenance_share_per_year", 0))
        self.vintages = {month(date) - start: float(units)
                         for date, units in spec.get("vintages", {}).items()}
        self.buys = "deliveries" in spec
        if self.buys:
            deliveries = spec["deliveries"]
            known(f"sources.{name}.deliveries", deliveries, {"units", "from", "to", "curve"})
            if deliveries.get("curve", "linear") != "linear":
                sys.exit(f"numpy_peer: sources.{name}: only linear deliveries are known here")
            self.units = float(deliveries["units"])
            self.begins = month(deliveries["from"]) - start
            self.ends = month(deliveries["to"]) - start + 1
            self.least_delay, self.most_delay = np.min(self.delay), np.max(self.delay)


class Site:
    def __init__(self, name, spec, start, draws):
        known(f"sites.{name}", spec, SITE_KEYS)
        self.rate = draws(spec["install_units_per_month"])
        self.pue, self.load = draws(spec["pue"]), draws(spec["load_share"])
        self.electricity = draws(spec["electricity_usd_per_mwh"])
        self.increments = []  # (first moment in effect, MW); [P4]
        for increment in spec["power"].values():
            known(f"sites.{name}.power", increment, {"from", "critical_mw", "delay_months"})
            effective = month(increment["from"]) - start + draws(increment.get("delay_months", 0))
            self.increments.append((effective, float(increment["critical_mw"])))

    def power(self, x0):
        return sum(mw * (effective <= x0 + SLACK) for effective, mw in self.increments)


class Fleet:
    """The state of `size` trials; rows are sources, columns trials."""

    def __init__(self, plan, size, rng, medians):
        draws = Draws(rng, size, medians)
        start, names = month(plan["start"]), list(plan["sites"])
        self.size = size
        self.horizon = month(plan["end"]) - start + 1
        self.sources = [Source(name, spec, start, names, draws)
                        for name, spec in plan["sources"].items()]
        self.sites = [Site(name, spec, start, draws) for name, spec in plan["sites"].items()]
        count = len(self.sources)
        column = np.ones(size)
        # All cohorts of a source share one survival factor: units are `stock` x `survival`.
        self.factor = np.stack([(1 - s.attrition) ** (1 / 12) * column for s in self.sources])
        self.survival = np.ones((count, size))
        self.stock = np.zeros((count, size))
        self.due = np.zeros((count, size))
        self.waiting = np.zeros((count, size))  # in the warehouse
        # x0 of installation -> part of `stock`; of those that do not retire, None.
        self.cohorts = [dict() for _ in self.sources]
        self.nameplate = np.zeros((len(self.sites), size))  # [MW]
        for row, source in enumerate(self.sources):
            for x0, units in source.vintages.items():
                self.cohorts[row][x0] = units
                self.stock[row] += units
                self.nameplate[source.site] += units * source.kw / 1000
        self.h100e = np.array([source.h100e for source in self.sources])
        self.paid = [row for row, source in enumerate(self.sources)
                     if source.buys or np.any(source.price)]
        paid = [self.sources[row] for row in self.paid]
        self.upkeep = np.stack([source.maintenance / 12 * source.price * column
                                for source in paid])  # [USD/unit-month]
        self.total_cost = np.zeros(size)

    def retire(self, x0):
        """[P1]"""
        for row, source in enumerate(self.sources):
            for installed in [x for x in self.cohorts[row] if x + source.life <= x0]:
                gone = self.cohorts[row].pop(installed)
                self.stock[row] -= gone
                self.nameplate[source.site] -= gone * self.survival[row] * source.kw / 1000
                if not self.cohorts[row]:
                    self.stock[row] = 0

    def deliver(self, row, x0, first):
        """[P3]; the units that arrive, or 0."""
        source = self.sources[row]
        x1 = x0 + 1
        if not source.buys or x1 - source.least_delay <= source.begins:
            return 0
        if not first and x0 - source.most_delay >= source.ends:
            return 0
        share = (x1 - source.begins - source.delay) / (source.ends - source.begins)
        due = source.units * np.clip(share, 0, 1)
        delivered = due - self.due[row]
        self.due[row] = due
        self.waiting[row] += delivered
        return delivered

    def install(self, x0, units):
        """[P4]"""
        headroom = [np.maximum(site.power(x0) - used, 0)
                    for site, used in zip(self.sites, self.nameplate)]
        left = [np.full(self.size, site.rate) for site in self.sites]
        for row, source in enumerate(self.sources):
            if not source.buys or not self.waiting[row].any():
                continue
            each, site = source.kw / 1000, source.site
            installed = np.minimum(self.waiting[row], headroom[site] / each)
            np.minimum(installed, left[site], out=installed)
            left[site] -= installed
            power = installed * each
            headroom[site] -= power
            np.maximum(headroom[site], 0, out=headroom[site])
            self.nameplate[site] += power
            self.waiting[row] -= installed
            units[row] += installed
            installed /= self.survival[row]
            self.stock[row] += installed
            retires = x0 + source.life < self.horizon
            self.cohorts[row][x0] = installed if retires else None

    def step(self, x0, hours, out):
        """One month of all trials; fills out[metric][trial]."""
        self.retire(x0)
        begin = self.nameplate.copy()
        self.survival *= self.factor  # [P2]
        capex = np.zeros(self.size)
        for row, source in enumerate(self.sources):
            delivered = self.deliver(row, x0, x0 == 0)
            capex += delivered * source.price  # [M6]: the price is constant in a trial
        units = self.stock * self.survival
        self.nameplate[:] = 0
        for row, source in enumerate(self.sources):
            self.nameplate[source.site] += units[row] * (source.kw / 1000)
        self.install(x0, units)
        it = facility = energy = opex = 0
        for site, before, after in zip(self.sites, begin, self.nameplate):
            drawn = after * site.load
            it = it + drawn
            facility = facility + drawn * site.pue
            used = (before + after) * (0.5 * hours) * site.load * site.pue  # [M5]
            energy = energy + used
            opex = opex + used * site.electricity
        opex += np.einsum("ij,ij->j", units[self.paid], self.upkeep)  # [M7]
        self.total_cost += capex
        self.total_cost += opex
        in_service = units.sum(axis=0)
        warehoused = self.waiting.sum(axis=0)
        out[:] = (in_service + warehoused, in_service, warehoused, self.h100e @ units, it, facility,
                  energy, capex, opex, self.total_cost)


def quantiles(row):
    """Type 7; the row is put out of order. As numpy.quantile, without its checks."""
    at = SHARES * (len(row) - 1)
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, len(row) - 1)
    row.partition(np.unique(np.concatenate([low, high])))
    return row[low] + (at - low) * (row[high] - row[low])


def simulate(plan, trials, chunk, rng, medians, with_sd):
    """[period][metric][mean, sd if asked, quantiles]"""
    for key in plan:
        if key not in ("title", "start", "end", "sources", "sites"):
            sys.exit(f"numpy_peer: {key} is not in the part of the format known here")
    start = month(plan["start"])
    size = chunk or trials
    fleets = [(first, Fleet(plan, min(size, trials - first), rng, medians))
              for first in range(0, trials, size)]
    figures = np.empty((len(METRICS), trials))
    summary = []
    for x0 in range(month(plan["end"]) - start + 1):
        hours = 24 * calendar.monthrange((start + x0) // 12, (start + x0) % 12 + 1)[1]
        for first, fleet in fleets:
            fleet.step(x0, hours, figures[:, first:first + fleet.size])
        summary.append([[row.mean(), *([row.std(ddof=1)] if with_sd else []), *quantiles(row)]
                        for row in figures])
    return summary


def write_csv(path, plan, summary, options):
    """The wide csv of fleetcast, with a column of sd where it was asked for."""
    stats = ["mean", *(["sd"] if options.sd else []), "p10", "p50", "p90"]
    heads = [f"{metric}_{stat}" for metric in METRICS for stat in stats]
    lines = [",".join(["scenario", "period", "group", *(METRICS if options.medians else heads)])]
    name, start = pathlib.Path(options.plan).stem, month(plan["start"])
    for x0, metrics in enumerate(summary):
        date = f"{(start + x0) // 12}-{(start + x0) % 12 + 1:02d}-01"
        cells = [stat for metric in metrics for stat in (metric[:1] if options.medians else metric)]
        lines.append(",".join([name, date, "total", *(repr(float(cell)) for cell in cells)]))
    pathlib.Path(path).write_bytes(("\r\n".join(lines) + "\r\n").encode())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("plan")
    parser.add_argument("--trials", type=lambda text: int(float(text)), default=10000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=0, help="trials at a time; 0: all")
    parser.add_argument("--medians", action="store_true", help="one trial, inputs at their medians")
    parser.add_argument("--sd", action="store_true", help="standard deviations, too")
    parser.add_argument("-o", "--output", help="write a wide csv")
    options = parser.parse_args()
    if options.medians:
        options.trials, options.sd = 1, False
    with open(options.plan) as file:
        plan = json.load(file)
    begun = time.perf_counter()
    summary = simulate(plan, options.trials, options.chunk, np.random.default_rng(options.seed),
                       options.medians, options.sd)
    seconds = time.perf_counter() - begun
    if options.output:
        write_csv(options.output, plan, summary, options)
    whole = time.perf_counter() - started
    print(json.dumps({"numpy": np.__version__, "trials": options.trials, "chunk": options.chunk,
                      "loop_s": seconds, "loop_trials_per_s": options.trials / seconds,
                      "process_s": whole, "process_trials_per_s": options.trials / whole}),
          file=sys.stderr)


if __name__ == "__main__":
    main()
