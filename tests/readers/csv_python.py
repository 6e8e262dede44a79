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


def check_long(what, header, rows):
    check(header == ["scenario", "period", "group", "metric", "unit", "stat", "value"], f"{what}: {header}")
    figures = {}
    for scenario, period, group, metric, _, stat, value in rows:
        check(stat == "value", f"{what}: stat {stat}")
        check(number(value) is not None, f"{what}: {metric} {period} is {value!r}")
        figures[scenario, period, group, metric] = value
    check(len(figures) == len(rows), f"{what}: a figure twice")
    return figures


def check_sums(what, figures):
    """Members and `-` sum to the total; the order of rows is total, members, `-`."""
    sums, totals, order = {}, {}, {}
    for (scenario, period, group, metric), cell in figures.items():
        order.setdefault(period, []).append(group)
        if metric in ADDITIVE:
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


def main():
    program, root = sys.argv[1:]
    for scenario in scenarios(root):
        for by in [None, "source", "site", "accelerator"]:
            options = ["--metrics", "all"] + (["--by", by] if by else [])
            what = f"{scenario.parent.name}/{scenario.name} by {by}"
            wide = check_wide(what, *check_form(what, forecast(program, scenario, *options)))
            long = check_long(what, *check_form(what, forecast(program, scenario, *options, "--layout", "long")))
            check({key: cell for key, cell in wide.items() if cell != ""} == long, f"{what}: wide and long differ")
            if by:
                check_sums(what, wide)
        for table in ["outcomes", "checks", "inputs"]:
            header, rows = read(forecast(program, scenario, "--table", table))
            check(all(len(row) == len(header) for row in rows), f"{scenario}: table {table}")
    story = scenarios(root)[0].parent.parent / "meta-2024" / "scenario.json"
    figures = check_wide("the story", *read(forecast(program, story, "--by", "accelerator", "--metrics", "acquired,fleet_h100e")))
    acquired = float(figures["scenario", "2024-12-01", "nvidia-h100-sxm", "acquired"])
    check(abs(acquired - 350000) <= 1e-9 * 350000, f"{acquired} H100s acquired by December 2024")
    finish("every example's csv is read by Python's csv module")


main()
