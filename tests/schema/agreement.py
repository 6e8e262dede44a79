#!/usr/bin/env python3
"""The program, ajv and python-jsonschema give the same verdict on every document, and it is the one
that the format gives; what no schema can say only the program refuses. Usage: agreement.py PROGRAM
ROOT WORK; WORK is a folder for node's packages.

A validator that is missing is left out, and named; without any the exit code is 77.
"""

import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from documents import beyond, documents, text_of
from tables import BASES, PLAIN, YEAR

HERE = pathlib.Path(__file__).resolve().parent
LEAST_INVALID, LEAST_VALID = 500, 100
COMMON = {"title", "citation", "$comment", "$schema"}


class Skipped(Exception):
    """Why a validator is left out."""


def without_comments(text):
    """// and /* */ as spaces; strings are left alone."""
    return re.sub(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/',
                  lambda found: found[0] if found[0].startswith('"') else " ", text, flags=re.DOTALL)


def by_program(program, root, cases):
    """For each case the first error, or None; comments and all. Examples keep their places: some
    extend a neighbour."""
    with tempfile.TemporaryDirectory(prefix="fleetcast-schema-") as folder:
        work = pathlib.Path(folder)
        (work / "base.json").write_text(text_of({**YEAR, "title": "t", "sources": {"chips": PLAIN}}))
        shutil.copytree(root / "examples", work / "examples")
        names = [what if what.startswith("examples/") else f"{index:05}.json"
                 for index, (what, _, _) in enumerate(cases)]
        for name, (_, text, _) in zip(names, cases):
            (work / name).write_text(text, encoding="utf-8")
        done = subprocess.run([program, "validate", "--quiet", *names], cwd=work, capture_output=True,
                              text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode != 3:
        sys.exit(f"validate ended with {done.returncode}:\n{done.stderr[-2000:]}")
    verdicts = {}
    for line in done.stderr.splitlines():
        found = re.match(r"([\w./-]+\.json)[:\d]*: error: (.*)", line)
        if found:
            verdicts.setdefault(found[1], found[2])
    for line in done.stdout.splitlines():
        name = line.split(":")[0]
        if name in verdicts:
            sys.exit(f"{name} is both valid and not: {verdicts[name]}")
        verdicts[name] = None
    missing = [name for name in names if name not in verdicts]
    if missing:
        sys.exit(f"validate says nothing of {missing[:5]}")
    return [verdicts[name] for name in names]


def by_jsonschema(schema, texts):
    if importlib.util.find_spec("jsonschema") is None:
        raise Skipped("python3-jsonschema is not installed")
    import jsonschema
    validator_class = getattr(jsonschema, "Draft202012Validator", None)
    if validator_class is None:
        raise Skipped("this python3-jsonschema does not know draft 2020-12")
    validator_class.check_schema(schema)
    validator = validator_class(schema)

    def verdict(text):
        error = next(validator.iter_errors(json.loads(text)), None)
        return error and f"{'/'.join(map(str, error.absolute_path))} {error.message[:100]}"
    return [verdict(text) for text in texts]


def install_ajv(work):
    """Puts the packages of package-lock.json into the folder, unless they are there."""
    if shutil.which("node") is None:
        raise Skipped("node is not installed")
    lock = work / "package-lock.json"
    wanted = (HERE / lock.name).read_bytes()
    if (work / "node_modules/ajv").is_dir() and lock.exists() and lock.read_bytes() == wanted:
        return
    if shutil.which("npm") is None:
        raise Skipped("npm is not installed")
    work.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", work)
    shutil.copy(HERE / lock.name, lock)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--fetch-retries=0"], cwd=work,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        lock.unlink()
        raise Skipped(f"npm ci failed: {done.stderr.strip()[-300:]}")


def by_ajv(schema, texts, work):
    install_ajv(work)
    with tempfile.TemporaryDirectory(prefix="fleetcast-schema-") as folder:
        files = [pathlib.Path(folder) / name for name in ("schema.json", "documents.json")]
        for file, value in zip(files, (schema, texts)):
            file.write_text(json.dumps(value), encoding="utf-8")
        done = subprocess.run(["node", HERE / "agree.mjs", *files], cwd=work, capture_output=True,
                              text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(f"ajv refuses the schema:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


class Coverage:
    """Which keys of the schema's objects the base documents use."""

    def __init__(self, schema):
        self.schema = schema
        self.used, self.known, self.seen = set(), set(), set()
        self.collect("#/$defs/scenario", schema["$defs"]["scenario"])

    def target(self, where, node):
        while isinstance(node, dict) and "$ref" in node:
            where = node["$ref"]
            node = self.schema["$defs"][where.removeprefix("#/$defs/")]
        return where, node

    def parts(self, where, node):
        """Schemas of the same value."""
        for keyword in ("anyOf", "oneOf", "allOf"):
            for index, part in enumerate(node.get(keyword, [])):
                yield f"{where}/{keyword}/{index}", part
        if "then" in node:
            yield f"{where}/then", node["then"]

    def collect(self, where, node):
        where, node = self.target(where, node)
        if not isinstance(node, dict) or where in self.seen:
            return
        self.seen.add(where)
        below = list(self.parts(where, node))
        if node.get("additionalProperties") is False:
            self.known |= {(where, key) for key in node["properties"] if key not in COMMON}
            for keyword in ("properties", "patternProperties"):
                below += [(f"{where}/{keyword}/{key}", part) for key, part in node.get(keyword, {}).items()]
        if isinstance(node.get("items"), dict):
            below.append((f"{where}/items", node["items"]))
        below += [(f"{where}/prefixItems/{i}", part) for i, part in enumerate(node.get("prefixItems", []))]
        for place, part in below:
            self.collect(place, part)

    def fits(self, node, value):
        """Whether a closed object can be meant: all its keys are known, and its kind is the same."""
        kind = node["properties"].get("kind", {}).get("const")
        return (isinstance(value, dict) and value.get("kind") == kind
                and all(key in value for key in node.get("required", []))
                and all(self.property(node, key) is not None for key in value))

    @staticmethod
    def property(node, key):
        if key in node["properties"]:
            return "properties", key
        return next((("patternProperties", pattern) for pattern in node.get("patternProperties", {})
                     if re.search(pattern, key)), None)

    def walk(self, where, node, value):
        where, node = self.target(where, node)
        if not isinstance(node, dict):
            return
        for place, part in self.parts(where, node):
            self.walk(place, part, value)
        if node.get("additionalProperties") is False and self.fits(node, value):
            for key, member in value.items():
                keyword, name = self.property(node, key)
                if keyword == "properties":
                    self.used.add((where, key))
                self.walk(f"{where}/{keyword}/{name}", node[keyword][name], member)
        if isinstance(value, list):
            for index, item in enumerate(value):
                prefix = node.get("prefixItems", [])
                if index < len(prefix):
                    self.walk(f"{where}/prefixItems/{index}", prefix[index], item)
                elif isinstance(node.get("items"), dict):
                    self.walk(f"{where}/items", node["items"], item)

    def unused(self):
        for document in BASES.values():
            self.walk("#/$defs/scenario", self.schema["$defs"]["scenario"], document)
        return sorted(self.known - self.used)


def examples_of(root):
    for file in sorted(root.glob("examples/*/*.json")):
        yield f"{file.relative_to(root)}", file.read_text(encoding="utf-8"), True
    yield ("comments", "// one\n{/* two */ \"start\": \"2024-01\", \"end\": \"2024-12\", // \"three\"\n"
           f"\"x-a\": \"// no /* comment\", \"sources\": {{\"a\": {json.dumps(PLAIN)}}}}} /* four */\n", True)


def main():
    program, root, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    printed = subprocess.run([program, "schema"], capture_output=True, text=True, check=True).stdout
    schema = json.loads(printed)
    faults = []
    if (root / "data/scenario.schema.json").read_text(encoding="utf-8") != printed:
        faults.append("data/scenario.schema.json is not what `fleetcast schema` prints")
    faults += [f"no base document uses {key} of {where}" for where, key in Coverage(schema).unused()]

    both = [*documents(), *examples_of(root)]
    cases = [*both, *((what, text, False) for what, text in beyond())]
    texts = [without_comments(text) for _, text, _ in cases]
    verdicts, skipped = {}, []
    for name, judge in (("ajv", lambda: by_ajv(schema, texts, work)),
                        ("jsonschema", lambda: by_jsonschema(schema, texts))):
        try:
            began = time.monotonic()
            verdicts[name] = judge()
            print(f"{name}: {len(texts)} documents in {time.monotonic() - began:.1f} s")
        except Skipped as reason:
            skipped.append(name)
            print(f"{name}: skipped: {reason}")
    if not verdicts and not faults:
        print("nothing to compare with")
        return 77
    verdicts["the program"] = by_program(program, root, cases)
    for index, (what, text, valid) in enumerate(cases):
        for name, of_all in verdicts.items():
            expected = valid or (index >= len(both) and name != "the program")
            if (of_all[index] is None) != expected:
                faults.append(f"{name} says {of_all[index] or 'valid'}, but it is "
                              f"{'valid' if expected else 'a mistake'}: {what}")
    invalid = sum(not valid for _, _, valid in both)
    print(f"{invalid} mistakes, {len(both) - invalid} valid documents, {len(cases) - len(both)} that "
          "only the program refuses" + (f"; without {' and '.join(skipped)}" if skipped else ""))
    if invalid < LEAST_INVALID or len(both) - invalid < LEAST_VALID:
        faults.append("too few documents")
    print("\n".join(faults[:60]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
