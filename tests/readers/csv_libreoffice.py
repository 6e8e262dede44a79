"""Every example's csv, read by LibreOffice: csv_libreoffice.py FLEETCAST ROOT.

Converts each to flat OpenDocument XML and checks, cell by cell: no formula, every figure a number
with the value of the file, every period a date (LibreOffice takes ISO days for dates by itself),
everything else text. Scenarios are also run under file names that look like formulas."""

import math
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from common import check, finish, forecast, read, scenarios, skip

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Comma, double quote, UTF-8 (76), from line 1: without it LibreOffice reads Latin-1.
FILTER = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
LOOKS_LIKE_A_VALUE = ["12", "TRUE"]
HOSTILE = ["=cmd", "=1+1", "@SUM(1)", "-2+3", "+1", "=HYPERLINK(\"http:\")", "\t=1", "a,b\"c\nd", "naïve 東京", *LOOKS_LIKE_A_VALUE]
TEXT_COLUMNS = {"scenario", "group", "metric", "unit", "stat", "outcome", "check", "verdict", "limit", "path",
                "distribution", "citation"}


def convert(folder, files):
    """Converts csv files to .fods beside them, in one run with a profile of its own."""
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile", FILTER,
               "--convert-to", "fods", "--outdir", str(folder), *map(str, files)]
    run = subprocess.run(command, capture_output=True, timeout=600)
    for file in files:
        check(file.with_suffix(".fods").exists(), f"{file.name} was not converted: {run.stderr.decode()[-300:]}")


def shown(paragraph):
    """The text of a paragraph, where tabs and runs of spaces are elements."""
    text = paragraph.text or ""
    for part in paragraph:
        text += {f"{TEXT}tab": "\t", f"{TEXT}s": " " * int(part.get(f"{TEXT}c", "1"))}.get(part.tag, shown(part))
        text += part.tail or ""
    return text


def cells(path):
    """Rows of (type, value, text, formula) of the sheet."""
    rows = []
    for row in ElementTree.parse(path).iter(f"{TABLE}table-row"):
        line = []
        for cell in row.iter(f"{TABLE}table-cell"):
            kind = cell.get(f"{OFFICE}value-type", "")
            value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value") or ""
            text = "\n".join(shown(p) for p in cell.findall(f"{TEXT}p"))
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            line += [(kind, value, text, cell.get(f"{TABLE}formula"))] * min(repeated, 1000)
        rows += [line] * min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 1000)
    return rows


def is_day(text):
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def check_sheet(what, data, sheet):
    header, rows = read(data)
    found = cells(sheet)
    check([cell[2] for cell in found[0][:len(header)]] == header, f"{what}: header {found[0]}")
    for number, (row, line) in enumerate(zip(rows, found[1:])):
        for name, expected, (kind, value, text, formula) in zip(header, row, line):
            at = f"{what}: row {number + 2}, {name}: {expected!r} became {kind} {value or text!r}"
            check(formula is None, at + f" with the formula {formula}")
            if expected == "":
                check(kind == "" and text == "", at)
            elif name == "period" or is_day(expected):
                check(kind == "date" and value.startswith(expected), at)
            elif expected in LOOKS_LIKE_A_VALUE:
                pass  # a name, taken for what it looks like; it is no formula
            elif name in TEXT_COLUMNS:
                check(kind == "string" and text == expected, at)
            else: # the flat format has 15 digits, 20 behind the point
                check(kind == "float" and math.isclose(float(value), float(expected), rel_tol=1e-14, abs_tol=1e-19), at)
    check(len(found) > len(rows), f"{what}: {len(found)} rows, not {len(rows) + 1}")


def main():
    program, root = (str(pathlib.Path(argument).resolve()) for argument in sys.argv[1:])
    if not shutil.which("soffice"):
        skip("soffice is not installed: apt-get install --no-install-recommends libreoffice-calc")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        sheets = {}  # file -> (what, csv)
        def add(what, data):
            file = folder / f"sheet-{len(sheets)}.csv"
            file.write_bytes(data)
            sheets[file] = what, data
        for scenario in scenarios(root):
            what = f"{scenario.parent.name}/{scenario.name}"
            add(what, forecast(program, scenario, "--metrics", "all", "--by", "source"))
            add(what + " long", forecast(program, scenario, "--by", "site", "--every", "year", "--layout", "long"))
            for table in ["outcomes", "checks", "inputs"]:
                add(f"{what} {table}", forecast(program, scenario, "--table", table))
        for stem in HOSTILE:
            hostile = folder / f"{stem}.json"
            shutil.copy(pathlib.Path(root, "examples", "first-order", "scenario.json"), hostile)
            add(f"a scenario called {stem}", forecast(program, hostile))
        convert(folder, list(sheets))
        for file, (what, data) in sheets.items():
            check_sheet(what, data, file.with_suffix(".fods"))
    finish(f"LibreOffice reads {len(sheets)} tables: figures are numbers, periods dates, no formula")


main()
