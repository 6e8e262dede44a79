"""The JUnit report of `fleetcast check` beside its schema: junit_schema.py FLEETCAST ROOT.

Checks the scenarios of examples/ci with one that is broken and one that is not there. Exit 77
(skipped) without xmllint."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
schema = root / "tests" / "report" / "junit.xsd"
NAMES = ("tests", "failures", "errors")


def fits(path):
    """Whether the schema holds for the file; says why not."""
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path], capture_output=True, text=True)
    if done.returncode not in (0, 3, 4):  # 3 and 4: not valid
        sys.exit(f"xmllint: {done.stderr}")
    return done.returncode == 0, done.stderr


def counts(suite):
    cases = suite.findall("testcase")
    return tuple(
        str(n) for n in (len(cases), sum(c.find("failure") is not None for c in cases),
                         sum(c.find("error") is not None for c in cases)))


def main(folder):
    scenarios = sorted((root / "examples" / "ci").glob("*.json"))
    if not scenarios:
        sys.exit("no scenario in examples/ci")
    broken = folder / "broken & <torn>.json"
    broken.write_text('{"fleetcast": 1, "sources": {"a\\u0001]]>": 3}}')
    given = [*scenarios, broken, folder / "missing.json"]
    out = folder / "out.xml"
    done = subprocess.run([program, "check", *given, "--junit", out], capture_output=True, text=True, timeout=300)
    if done.returncode != 4:  # of the file that is missing
        sys.exit(f"exit code {done.returncode}, not 4: {done.stderr}")

    good, why = fits(out)
    if not good:
        sys.exit(f"the schema does not hold: {why}")
    suites = ElementTree.parse(out).getroot()
    each = suites.findall("testsuite")
    if len(each) != len(given):
        sys.exit(f"{len(each)} suites of {len(given)} files")
    for suite in each:
        if counts(suite) != tuple(suite.get(name) for name in NAMES):
            sys.exit(f"{suite.get('name')}: counts {counts(suite)} are said to be {suite.attrib}")
    for name in NAMES:
        if int(suites.get(name)) != sum(int(suite.get(name)) for suite in each):
            sys.exit(f"{name} of all are {suites.get(name)}")
    types = [error.get("type") for suite in each[-2:] for error in suite.iter("error")]
    if types != ["bad-input", "io"]:
        sys.exit(f"the errors have the types {types}")

    wrong = folder / "wrong.xml"  # a schema that holds for everything would prove nothing
    text = out.read_text(encoding="utf-8")
    for old, new in (("testcase", "case"), ("classname=", "class="), ('tests="', 'tests="x'), ("type=", "kind=")):
        wrong.write_text(text.replace(old, new), encoding="utf-8")
        if fits(wrong)[0]:
            sys.exit(f"the schema holds with {new}")
    print(f"{len(each)} suites hold to the schema")


if shutil.which("xmllint") is None:
    print("skipped: xmllint is not there")
    sys.exit(77)
with tempfile.TemporaryDirectory() as made:
    main(pathlib.Path(made))
