#!/usr/bin/env python3
"""Writes the plans of the benchmarks into a folder: make_plans.py FOLDER.

All of them are made of plans/plan-5x36.json, always the same bytes: blocks of its five sources and
its site with figures and dates moved (20 x 60, 50 x 120, 100 x 120: 16 uncertain inputs for five
sources in each), copies of it beside each other (sources-*), the plan stretched or squeezed in time
(months-*), which is the same plan but for the number of periods, and the plan with payments and
with workloads.
"""
import copy
import json
import pathlib
import sys

REFERENCE = pathlib.Path(__file__).resolve().parent / "plans" / "plan-5x36.json"
SIZES = [(20, 60), (50, 120), (100, 120)]  # sources, months
SOURCES = [5, 10, 20, 40, 80]  # of copies side by side over 36 months
MONTHS = [12, 36, 72, 144]  # of the stretched plan


def offset(date):
    """Months from January 2024."""
    year, month = date.split("-")
    return 12 * (int(year) - 2024) + int(month) - 1


def date(months):
    return f"{2024 + months // 12}-{months % 12 + 1:02d}"


def moved(plan, first_month, last_month):
    """The plan with the dates of deliveries and later increments put through two functions."""
    plan = copy.deepcopy(plan)
    for source in plan["sources"].values():
        if "deliveries" in source:
            deliveries = source["deliveries"]
            deliveries["from"] = date(first_month(offset(deliveries["from"])))
            deliveries["to"] = date(last_month(offset(deliveries["to"])))
    for site in plan["sites"].values():
        for increment in site["power"].values():
            if offset(increment["from"]) > 0:
                increment["from"] = date(first_month(offset(increment["from"])))
    return plan


def scaled(plan, size, price, h100e):
    """The plan with other quantities, prices and H100-equivalents."""
    plan = copy.deepcopy(plan)
    for source in plan["sources"].values():
        source["h100e"] = round(source["h100e"] * h100e, 4)
        if "deliveries" in source:
            source["deliveries"]["units"] = round(source["deliveries"]["units"] * size)
            prices = source["price_usd"]["triangular"]
            source["price_usd"]["triangular"] = [round(each * price) for each in prices]
        else:
            vintages = source["vintages"]
            source["vintages"] = {month: round(units * size) for month, units in vintages.items()}
    for site in plan["sites"].values():
        site["install_units_per_month"] = round(site["install_units_per_month"] * size)
        for increment in site["power"].values():
            increment["critical_mw"] = round(increment["critical_mw"] * size, 1)
    return plan


def joined(blocks, months, title):
    """Plans side by side, each with its sources tied to its own site."""
    plan = {"title": title, "start": "2024-01", "end": date(months - 1), "sources": {}, "sites": {}}
    for number, block in enumerate(blocks, 1):
        for name, source in block["sources"].items():
            plan["sources"][f"b{number:02d}-{name}"] = source | {"sites": [f"site-{number:02d}"]}
        plan["sites"][f"site-{number:02d}"] = block["sites"]["main"]
    return plan


def varied(reference, sources, months):
    """Blocks that buy one after the other over the horizon, each of another size."""
    count = sources // 5
    blocks = []
    for number in range(count):
        later = round(number * (months - 36) / (count - 1))
        block = moved(reference, lambda month: month + later, lambda month: month + later)
        size = (5 + 7 * number % 10) / 10  # 0.5 to 1.4
        newer = number / count
        blocks.append(scaled(block, size, 1 - 0.3 * newer, 1 + 0.8 * newer))
    return joined(blocks, months, f"{sources} sources, {months} months")


def stretched(reference, months):
    """The reference with every date, life and rate in proportion to the horizon."""
    ratio = months / 36
    plan = moved(reference, lambda month: round(month * ratio),
                 lambda month: max(round((month + 1) * ratio), 1) - 1)
    plan["title"] = f"Five sources, {months} months: the plan of 36 months at another pace"
    plan["end"] = date(months - 1)
    for source in plan["sources"].values():
        source["service_life_months"] = round(source["service_life_months"] * ratio)
        if "vintages" in source:
            source["vintages"] = {date(min(round(offset(month) * ratio), -1)): units
                                  for month, units in source["vintages"].items()}
    for site in plan["sites"].values():
        site["install_units_per_month"] = round(site["install_units_per_month"] / ratio)
    return plan


WORKLOADS = {
    "research": {"kind": "reserved", "team": "research", "priority": 1, "h100e": 40000},
    "model": {"kind": "training", "team": "research", "priority": 2, "flop": 1e27,
              "mfu_share": 0.35, "max_h100e": 150000, "from": "2024-06", "due": "2025-06"},
    "assistant": {"kind": "inference", "team": "product", "priority": 2, "flop_per_token": 1.4e11,
                  "mfu_share": 0.2, "peak_to_mean": 2,
                  "tokens_per_day": {"start": 8e12, "growth_per_year": 0.5}},
    "ads": {"kind": "reserved", "team": "ads", "priority": 2, "h100e": 120000},
    "batch": {"kind": "reserved", "priority": 3, "h100e": 100000},
}
PAYMENT = [{"share": 0.3, "months_before_delivery": 6}, {"share": 0.7, "months_before_delivery": -2}]


def with_payments(plan):
    """The plan with its hardware paid in two parts."""
    plan = copy.deepcopy(plan)
    for source in plan["sources"].values():
        if "deliveries" in source:
            source["payment"] = PAYMENT
    return plan


def with_workloads(plan, restricted):
    """The plan with five workloads; restricted: two of them run on some accelerators only."""
    plan = copy.deepcopy(plan)
    plan["workloads"] = copy.deepcopy(WORKLOADS)
    if restricted:
        plan["workloads"]["model"]["accelerators"] = ["nvidia-h100-sxm"]
        plan["workloads"]["ads"]["accelerators"] = ["meta-mtia-v2", "nvidia-a100-80gb-sxm"]
    return plan


def plans():
    """Name and plan of all that are made."""
    reference = json.loads(REFERENCE.read_text())
    for sources, months in SIZES:
        yield f"plan-{sources}x{months}", varied(reference, sources, months)
    for sources in SOURCES:
        copies = [reference] * (sources // 5)
        yield f"sources-{sources}", joined(copies, 36, f"{sources} sources, 36 months: copies")
    for months in MONTHS:
        yield f"months-{months}", stretched(reference, months)
    yield "payments-5x36", with_payments(reference)
    yield "workloads-5x36", with_workloads(reference, restricted=False)
    yield "restricted-5x36", with_workloads(reference, restricted=True)


def write(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REFERENCE.name).write_text(REFERENCE.read_text())
    for name, plan in plans():
        (folder / f"{name}.json").write_text(json.dumps(plan, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_plans.py FOLDER")
    write(sys.argv[1])
