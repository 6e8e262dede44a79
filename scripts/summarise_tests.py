"""Sums up the JUnit files of CTest: failed and skipped tests by name, then one closing line.

Arguments are LABEL=FILE. Ends with 1 when a test failed, did not run, or none ran.
"""

import sys
import xml.etree.ElementTree as ElementTree


def reason(case):
    """Why a test was skipped: what its output says, else what CTest says."""
    lines = [line.strip() for line in (case.findtext("system-out") or "").splitlines()]
    for line, following in zip(lines, lines[1:] + [""]):
        if line == "explicitly with message:":  # SKIP() of Catch2
            return following
        if line.startswith("skipped: "):
            return line.removeprefix("skipped: ")
    return case.find("skipped").get("message", "no reason given")


def main(arguments):
    passed = failed = skipped = 0
    for argument in arguments:
        label, path = argument.split("=", 1)
        for case in ElementTree.parse(path).getroot().iter("testcase"):
            name = f"{label}: {case.get('name')}"
            if case.get("status") == "run":
                passed += 1
            elif case.get("status") == "notrun" and case.find("skipped") is not None \
                    and "SKIP" in case.find("skipped").get("message", ""):
                skipped += 1
                print(f"skipped  {name}: {reason(case)}")
            else:
                failed += 1
                print(f"failed   {name}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
