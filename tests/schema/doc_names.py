#!/usr/bin/env python3
"""docs/schema.md names tests that exist. Usage: doc_names.py ROOT"""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
names = set()
for file in root.glob("tests/**/*.cpp"):
    for literals in re.findall(r'TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', file.read_text(encoding="utf-8")):
        names.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)))

rows = re.findall(r"^\| .* \| `(.*)` \|$", (root / "docs/schema.md").read_text(encoding="utf-8"), re.MULTILINE)
unknown = [name for name in rows if name not in names]
print("\n".join(f"docs/schema.md: there is no test {name!r}" for name in unknown))
sys.exit(1 if unknown or len(rows) < 30 else 0)
