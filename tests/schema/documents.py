"""The documents that the schema and the program must agree on, each with the verdict that the
format gives it: the base documents of tables.py, each changed in one place.
Interface: documents(), beyond()."""

import copy
import json
import re

from tables import (BAD_DATES, BAD_NAMES, BAD_SCALARS, BAD_SERIES, BASES, BEYOND, DATED, FIELDS,
                    GOOD_SCALARS, GOOD_SERIES, MAPS, NUMBERS, OTHER_UNITS, PLAIN, REQUIRED, RULES)


def path_of(text):
    return [int(key) if key.isdigit() and len(key) < 4 else key for key in text.split(".")] if text else []


def at(document, path):
    for key in path:
        document = document[key]
    return document


def put(document, path, value):
    """A copy with the value at the path; the path ends at a key that may be new."""
    if not path:
        return copy.deepcopy(value)
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def without(document, path):
    changed = copy.deepcopy(document)
    del at(changed, path[:-1])[path[-1]]
    return changed


def renamed(document, path, name):
    changed = copy.deepcopy(document)
    holder = at(changed, path[:-1])
    renamed_members = {name if key == path[-1] else key: value for key, value in holder.items()}
    holder.clear()
    holder.update(renamed_members)
    return changed


def is_map(path):
    """Whether the keys of the object there are names or dates of the user's own."""
    if not path:
        return False
    return path[-1] in DATED or (path[-1] in MAPS and (len(path) == 1 or path[-1] in ("power", "orders")))


def pattern_of(path):
    """sources.*.orders.*.units"""
    words = []
    for i, key in enumerate(path):
        words.append("#" if isinstance(key, int) else "*" if is_map(path[:i]) else key)
    return ".".join(words)


def places(value, path=()):
    yield list(path), value
    if path and path[0] == "variants" and len(path) == 2:
        return  # a patch may hold anything
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        if key not in ("title", "citation"):
            yield from places(member, (*path, key))


def fields():
    """Pattern of a path: what stands there, and its range."""
    table = {}
    for line in filter(None, (line.strip() for line in FIELDS.splitlines())):
        grouped = re.fullmatch(r"(\S*?)\(([^)]*)\)\s+(.*)", line)
        if grouped:
            names = [grouped[1] + name for name in grouped[2].split()]
            spec = grouped[3]
        else:
            *names, spec = split_row(line)
        for name in names:
            assert name not in table, name
            table[name] = spec
    return table


def split_row(line):
    """Names, and behind them what they take: one word, or a letter and its range."""
    words = line.split()
    letters = [i for i, word in enumerate(words) if word in ("P", "I", "S", "T")]
    first = letters[0] if letters else len(words) - 1
    return [*words[:first], " ".join(words[first:])]


def range_of(spec):
    """(low, whether it is excluded, high, whether it is excluded) of "S (0..1"."""
    parts = spec.split()
    if len(parts) == 1:
        return None, False, None, False
    low, high = parts[1].split("..")
    return (float(low.strip("(")), low.startswith("("),
            float(high.strip(")")) if high else None, high.endswith(")"))


def wrong_types(spec):
    """Values of every JSON type that cannot stand there."""
    string, number, array, other = "text", 5, [], [True, None]
    if spec in ("object",):
        return [string, number, array, *other]
    if spec in ("list", "names", "texts", "pair"):
        return [string, number, {}, *other]
    if spec == "limit":
        return [string, array, {}, *other]
    if spec[0] in "PIST" and (len(spec) == 1 or spec[1] == " "):
        return [string, "5", array, [5], {}, *other]
    return [number, array, {}, *other]


def bad_values(spec):
    if spec == "date" or spec.startswith("date|"):
        return BAD_DATES
    if spec == "name":
        return BAD_NAMES
    if spec == "names":
        return [[name] for name in BAD_NAMES] + [[5], [None], [[]]]
    if spec == "texts":
        return [[5, "a"], [None, "a"], [{}, "a"]]
    if spec == "pair":
        return [[1], [1, 2, 3], ["1", 2], [None, 2]]
    if spec == "limit":
        return ["2024-13", "5"]
    if "|" in spec:
        return ["", "other", spec.split("|")[0].upper() + "x", spec.split("|")[0] + "\n"]
    if spec[0] in "PIST" and (len(spec) == 1 or spec[1] == " "):
        low, low_open, high, high_open = range_of(spec)
        bad = [] if low is None else [low - 0.001, *([low] if low_open else [])]
        bad += [] if high is None else [high + 0.001, *([high] if high_open else [])]
        if spec[0] in "PI":
            bad.append({"uniform": [1, 1]})
        return bad
    return []


def good_values(spec):
    """The ends of a range, or just inside of an end that is excluded."""
    if spec[0] not in "PIST" or len(spec) < 3 or spec[1] != " ":
        return []
    low, low_open, high, high_open = range_of(spec)
    good = [] if low is None else [low + 1e-6 if low_open else low]
    return good + ([] if high is None else [high - 1e-6 if high_open else high])


def of_fields():
    """One field wrong, or at an end of its range."""
    table = fields()
    done = set()
    for base, document in BASES.items():
        for path, _ in places(document):
            pattern = pattern_of(path)
            # A field is tried once in each kind of source and workload.
            owner = at(document, path[:2])
            kind = owner.get("kind") if isinstance(owner, dict) else None
            if pattern not in table or (pattern, kind) in done:
                continue
            done.add((pattern, kind))
            spec = table[pattern]
            where = f"{base}: {'.'.join(map(str, path))}"
            for value in wrong_types(spec) + bad_values(spec):
                yield f"{where} = {value!r}", put(document, path, value), False
            if not pattern.endswith(".share"):  # shares must sum to 1
                for value in good_values(spec):
                    yield f"{where} = {value!r}", put(document, path, value), True


def of_objects():
    """Keys that no object has, that every object may have, and those with another unit."""
    for base, document in BASES.items():
        for path, value in places(document):
            if not isinstance(value, dict) or (path and path[0] == "variants" and len(path) > 1):
                continue
            where = f"{base}: {'.'.join(map(str, path))}"
            for key, member in (("title", 5), ("citation", ["a"]), ("$schema", None)):
                yield f"{where} with {key} {member!r}", put(document, [*path, key], member), False
            more = {**value, "title": "t", "citation": "c", "$comment": {"a": 1}, "x-a": None,
                    "$schema": "s"}
            yield f"{where} with common keys", put(document, path, more), True
            if not is_map(path):
                yield f"{where} with zzz", put(document, [*path, "zzz"], 1), False
                for key in value:
                    for unit, other in OTHER_UNITS:
                        if key.endswith(unit):
                            name = key[: -len(unit)] + other
                            yield f"{where}: {key} as {name}", renamed(document, [*path, key], name), False
                continue
            name, item = next(iter(value.items()))
            bad = BAD_DATES if path[-1] in DATED else BAD_NAMES
            if path[-1] == "schedule":
                bad = [key for key in bad if key != "2024"]
            for key in bad:
                changed = put(document, path, {**value, key: item})
                yield f"{where} with the key {key!r}", changed, False
            if path[-1] not in DATED:
                changed = put(document, path, {**value, "Z9_-" + "z" * 60: item})
                if path[-1] != "correlations":  # a pair stands in one list only
                    yield f"{where} with a long name", changed, True


def of_required():
    for base, where, keys in REQUIRED:
        for key in keys.split():
            yield f"{base}: {where} without {key}", without(BASES[base], [*path_of(where), key]), False


def of_values():
    """Every form of a value where a scalar stands and where a series may."""
    document = put(BASES["sites"], ["inputs"], {"a": {"uniform": [1, 2]}, "ab": 1})
    scalar, series = ["sites", "hall", "delay_months"], ["sites", "hall", "carbon_kg_per_mwh"]
    free = ["inputs", "free"]
    for path in (scalar, series, free):
        for value in BAD_SCALARS:
            yield f"{'.'.join(path)} = {json.dumps(value)}", put(document, path, value), False
        for value in GOOD_SCALARS:
            yield f"{'.'.join(path)} = {json.dumps(value)}", put(document, path, value), True
    for path in (series, free):
        for value in BAD_SERIES:
            yield f"{'.'.join(path)} = {json.dumps(value)}", put(document, path, value), False
        for value in GOOD_SERIES:
            yield f"{'.'.join(path)} = {json.dumps(value)}", put(document, path, value), True
    for value in GOOD_SERIES:
        yield f"{'.'.join(scalar)} = {json.dumps(value)}", put(document, scalar, value), False


def of_dates():
    """Every day of a common and a leap year, and the last days of others."""
    document = BASES["purchase"]
    path = ["sources", "chips", "replaces", "from"]
    lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    for year, is_leap in ((1970, False), (1972, True), (2000, True), (2096, True), (2100, False),
                          (2104, True), (2196, True), (2199, False)):
        for month, days in enumerate(lengths, 1):
            last = days + (is_leap and month == 2)
            if month in (2, 4, 12):
                yield f"day {year}-{month:02}-{last}", put(document, path, f"{year}-{month:02}-{last}"), True
                yield (f"day {year}-{month:02}-{last + 1}",
                       put(document, path, f"{year}-{month:02}-{last + 1}"), False)


def of_bases():
    """Files that are patches of another."""
    base = {"extends": "base.json"}
    for document, valid in (
            (base, True), ({**base, "sources": {"chips": {"delay_months": 3}}}, True),
            ({**base, "title": None, "sources": {"more": PLAIN}}, True),
            ({**base, "finance": None, "x-a": 1, "$comment": [], "$schema": "s"}, True),
            ({**base, "zzz": 1}, False), ({**base, "zzz": None}, True), ({**base, "extends": 5}, False),
            ({**base, "extends": ""}, False), ({**base, "extends": None}, False),
            ({**base, "extends": ["base.json"]}, False), ({**base, "extends": {}}, False)):
        yield f"a patch {json.dumps(document)}", document, valid


def text_of(document, number=None):
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return text if number is None else text.replace('"@number"', number)


def documents():
    """(what it is, its text, whether it is valid); each text once."""
    seen = set()
    groups = [((base, document, True) for base, document in BASES.items()), of_fields(), of_objects(),
              of_required(), of_values(), of_dates(), of_bases(),
              ((f"{base}: {where} = {json.dumps(value)}",
                put(BASES[base], path_of(where), value), valid)
               for base, where, value, valid in RULES)]
    for group in groups:
        for what, document, valid in group:
            text = text_of(document)
            if text not in seen:
                seen.add(text)
                yield what, text, valid
    for base, where, number, valid in NUMBERS:
        yield (f"{base}: {where} = {number}",
               text_of(put(BASES[base], path_of(where), "@number"), number), valid)


def beyond():
    """(what it is, its text): documents that only the program can refuse."""
    for base, where, value in BEYOND:
        yield f"{base}: {where} = {json.dumps(value)}", text_of(put(BASES[base], path_of(where), value))
