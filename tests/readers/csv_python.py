"""Every example's csv, read by Python's csv module: csv_python.py FLEETCAST ROOT."""

import re
import sys

from common import ADDITIVE, check, finish, forecast, number, read, scenarios


def check_form(what, data):
    """RFC 4180 as cli.md wants it; the parsed table."""
    check(not data.startswith(b"\xef\xbb\xbf"), f"{what}: has a byte order mark")
    check(data.endswith(b"\r\n"), f"{what}: the last line does not end in CRLF")
    check(data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"), f"{what}: a line end is not CRLF")
    header, rows = read(data)
    check(len(rows) == data.count(b"\r\n") - 1, f"{what}: rows and lines differ")
    check(len(set(header)) == len(header), f"{what}: a column twice")
    check(rows and all(len(row) == len(header) for row in rows), f"{what}: rows of different lengths")
    return header, rows


def check_wide(what, header, rows):
    check(header[:3] == ["scenario", "period", "group"], f"{what}: keys are {header[:3]}")
    figures = {}
    for row in rows:
        check(re.fullmatch(r"\d{4}-\d\d-\d\d", row[1]), f"{what}: period {row[1]}")
        for metric, cell in zip(header[3:], row[3:]):
            check(cell == "" or number(cell) is not None, f"{what}: {metric} {row[1]} is {cell!r}")
            key = (row[0], row[1], row[2], metric)
            check(key not in figures, f"{what}: {key} twice")
            figures[key] = cell
    return figures


STATS = ["mean", "sd", "se", "min", "max", "p10", "p50", "p90"]


def check_long(what, header, rows):
    """The figures by the names of the wide form, and how often each statistic stands."""
    check(header == ["scenario", "period", "group", "metric", "unit", "stat", "value"], f"{what}: {header}")
    figures, stats = {}, {}
    for scenario, period, group, metric, _, stat, value in rows:
        check(number(value) is not None, f"{what}: {metric} {period} is {value!r}")
        name = metric if stat == "value" else f"{metric}_{stat}"
        figures[scenario, period, group, name] = value
        stats[stat] = stats.get(stat, 0) + 1
    check(len(figures) == len(rows), f"{what}: a figure twice")
    return figures, stats


def check_sums(what, figures):
    """Members and `-` sum to the total; the order of rows is total, members, `-`."""
    sums, totals, order = {}, {}, {}
    for (scenario, period, group, metric), cell in figures.items():
        order.setdefault(period, []).append(group)
        if metric.removesuffix("_mean") in ADDITIVE:
            check(cell != "", f"{what}: {metric} of {group} {period} is empty, but it is additive")
            key = scenario, period, metric
            if group == "total":
                totals[key] = float(cell)
            else:
                sums[key] = sums.get(key, 0.0) + float(cell)
    check(totals, f"{what}: no additive metric")
    for key, total in totals.items():
        check(abs(sums.get(key, 0.0) - total) <= 1e-9 * max(1.0, abs(total)), f"{what}: {key} sums to {sums.get(key)}, not {total}")
    for period, groups in order.items():
        distinct = list(dict.fromkeys(groups))
        check(distinct[0] == "total" and "-" not in distinct[:-1], f"{what}: groups of {period} are {distinct}")


def check_scenario(program, scenario, trials):
    """Every table, of one trial or of some."""
    for by in [None, "source", "site", "accelerator"]:
        options = ["--trials", trials, "--metrics", "all"] + (["--by", by] if by else [])
        what = f"{scenario.parent.name}/{scenario.name} by {by}, {trials} trials"
        wide = check_wide(what, *check_form(what, forecast(program, scenario, *options)))
        text = forecast(program, scenario, *options, "--layout", "long")
        long, stats = check_long(what, *check_form(what, text))
        check(list(stats) in [["value"], STATS], f"{what}: statistics {list(stats)}")
        check(len(set(stats.values())) == 1, f"{what}: statistics stand {stats} times")
        held = {key: cell for key, cell in long.items() if not key[3].endswith(("_sd", "_se", "_min", "_max"))}
        check({key: cell for key, cell in wide.items() if cell != ""} == held, f"{what}: wide and long differ")
        if by:
            check_sums(what, wide)
    for table in ["outcomes", "checks", "inputs"]:
        header, rows = read(forecast(program, scenario, "--table", table, "--trials", trials))
        check(all(len(row) == len(header) for row in rows), f"{scenario}: table {table}")


def main():
    program, root = sys.argv[1:]
    for scenario in scenarios(root):
        for trials in ["1", "200"]:
            check_scenario(program, scenario, trials)
    story = scenarios(root)[0].parent.parent / "meta-2024" / "scenario.json"
    options = ["--trials", "1", "--by", "accelerator", "--metrics", "acquired,fleet_h100e"]
    figures = check_wide("the story", *read(forecast(program, story, *options)))
    acquired = float(figures["scenario", "2024-12-01", "nvidia-h100-sxm", "acquired"])
    check(abs(acquired - 350000) <= 1e-9 * 350000, f"{acquired} H100s acquired by December 2024")
    finish("every example's csv is read by Python's csv module")


main()
