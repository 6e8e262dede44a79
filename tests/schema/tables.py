"""What the documents of documents.py are made of, written by hand from the description of the
format: what each field takes, documents that use all of them, values and rules that hold or fail."""

# What each field takes. P plain number, I whole number, S scalar, T series; a range as low..high, an
# excluded end with a (, a word list with |. Fields of names, dates and lists of them by word.
FIELDS = """
description                                text
start end                                  date
step                                       month|week
report_every                               period|quarter|year
h100e_basis                                bf16|fp8|memory_bandwidth|memory
accelerators inputs sources sites workloads finance correlations milestones costs checks variants  object

accelerators.*                             object
accelerators.*.like                        name
accelerators.*.(name vendor)               text
accelerators.*.(tdp_w kw_per_unit server_max_power_w accelerators_per_server memory_gb)   P (0..
accelerators.*.(memory_bandwidth_gb_s bf16_tflops fp16_tflops fp8_tflops int8_tops embodied_kg)  P (0..

inputs.*                                   T

sources.*                                  object
sources.*.kind                             installed|purchase|in-house|lease|undisclosed
sources.*.accelerator                      name
sources.*.h100e                            S 0..
sources.*.kw_per_unit                      S (0..
sources.*.sites                            names
sources.*.service_life_months              S (0..
sources.*.annual_attrition_share           S 0..1)
sources.*.(annual_failure_rate repair_days)    S 0..
sources.*.(spares_share maintenance_share_per_year resale_share)   S 0..1
sources.*.(price_usd system_price_usd rate_usd_per_hour)   T 0..
sources.*.depreciation_months              P (0..
sources.*.vintages                         object
sources.*.vintages.*                       S 0..
sources.*.deliveries                       object
sources.*.deliveries.(units reach reach_h100e)   S 0..
sources.*.deliveries.(from to by)          date
sources.*.deliveries.curve                 linear|s-curve|front-loaded|back-loaded
sources.*.deliveries.schedule              object
sources.*.deliveries.schedule.*            S 0..
sources.*.orders                           object
sources.*.orders.*                         object
sources.*.orders.*.(units lead_time_months over_months price_usd)   S 0..
sources.*.orders.*.(ordered arrives)       date
sources.*.delay_months                     S
sources.*.commissioning_months             S 0..
sources.*.acceptance_months                P 0..
sources.*.payment                          list
sources.*.payment.#                        object
sources.*.payment.#.share                  P 0..1
sources.*.payment.#.months_before_delivery   P -60..60
sources.*.replaces                         object
sources.*.replaces.source                  name
sources.*.replaces.from                    date
sources.*.nre_usd                          S 0..
sources.*.(nre_from nre_to from to)        date
sources.*.respin                           object
sources.*.respin.probability_share         P 0..1
sources.*.respin.delay_months              S 0..
sources.*.units                            S 0..

sites.*                                    object
sites.*.region                             text
sites.*.power                              object
sites.*.power.*                            object
sites.*.power.*.from                       date
sites.*.power.*.critical_mw                S 0..
sites.*.power.*.delay_months               S
sites.*.power.*.build_usd_per_mw           S 0..
sites.*.power.*.payment                    list
sites.*.power.*.payment.#                  object
sites.*.power.*.payment.#.share            P 0..1
sites.*.power.*.payment.#.months_before_delivery   P -60..60
sites.*.delay_months                       S
sites.*.provisioning_share                 S (0..2
sites.*.(reserve_share load_share)         S 0..1
sites.*.pue                                S 1..
sites.*.electricity_usd_per_mwh            T
sites.*.(carbon_kg_per_mwh colocation_usd_per_kw_month)   T 0..
sites.*.(install_units_per_month build_usd_per_mw)   S 0..
sites.*.payment                            list
sites.*.payment.#                          object
sites.*.payment.#.share                    P 0..1
sites.*.payment.#.months_before_delivery   P -60..60
sites.*.accelerators                       names

workloads.*                                object
workloads.*.kind                           reserved|training|inference
workloads.*.team                           name
workloads.*.priority                       I 1..1000
workloads.*.(from to due)                  date
workloads.*.(accelerators sites)           names
workloads.*.(h100e tokens_per_day)         T 0..
workloads.*.(flop max_h100e flop_per_token)   S (0..
workloads.*.mfu_share                      S (0..1
workloads.*.peak_to_mean                   S 1..

finance.discount_rate_share                P (-1..
finance.(depreciation_months site_depreciation_months)   P (0..
finance.year_starts                        01|02|03|04|05|06|07|08|09|10|11|12

correlations.*                             object
correlations.*.between                     texts
correlations.*.(rank normal)               P -1..1

milestones.*                               object
milestones.*.metric                        owned|in_service|fleet_h100e
milestones.*.(source site accelerator team workload)   name
milestones.*.(at_least at_most)            P

costs.*                                    object
costs.*.usd                                S
costs.*.usd_per_month                      T
costs.*.(at from to)                       date

checks.*                                   object
checks.*.metric                            owned|in_service|fleet_h100e
checks.*.(source site accelerator team workload)   name
checks.*.(at_least at_most)                limit
checks.*.between                           pair
checks.*.at                                date|all|any
checks.*.every                             period|quarter|year
checks.*.severity                          error|warn
checks.*.probability                       P 0..1

variants.*                                 object
"""

CHIP = "nvidia-h100-sxm"
YEAR = {"start": "2024-01", "end": "2024-12"}
PLAIN = {"kind": "purchase", "accelerator": CHIP,
         "deliveries": {"units": 10, "from": "2024-01", "to": "2024-02"}}
PAID = [{"share": 0.25, "months_before_delivery": 6}, {"share": 0.75}]

# What every owned source has, and every source that is delivered.
HARDWARE = {"accelerator": CHIP, "h100e": 1, "kw_per_unit": 1.4, "sites": ["hall"],
            "service_life_months": 60, "annual_attrition_share": 0.01, "annual_failure_rate": 0.1,
            "repair_days": 7, "spares_share": 0.02, "price_usd": {"points": {"2024-01": 3e4}, "between": "linear"},
            "system_price_usd": {"start": 9000, "growth_per_year": -0.1, "base": "2023-01"},
            "maintenance_share_per_year": 0.05, "resale_share": 0.1, "depreciation_months": 48}
PROCURED = {**HARDWARE, "delay_months": 0.5, "commissioning_months": 0.5, "acceptance_months": 1,
            "payment": PAID, "replaces": {"source": "old", "from": "2024-02"}}
ORDERS = {"po-1": {"ordered": "2023-06", "units": 50, "lead_time_months": 8, "over_months": 3,
                   "price_usd": 100},
          "po-2": {"arrives": "2024-03-15", "units": 10}}
OLD = {"kind": "installed", "accelerator": CHIP, "vintages": {"2020-05": 5}}

# Together they use every field of every kind: agreement.py holds them against the schema.
BASES = {
    "purchase": {**YEAR, "title": "a title", "citation": "a source", "sites": {"hall": {}},
        "sources": {"old": OLD, "chips": {"kind": "purchase", **PROCURED, "deliveries": {
            "units": 10, "from": "2024-01", "to": "2024-03", "curve": "s-curve"}}}},
    "installed": {**YEAR, "sites": {"hall": {}}, "sources": {
        "old": {"kind": "installed", **HARDWARE, "vintages": {"2020-05": 5, "2023-12": 1}}}},
    "undisclosed": {**YEAR, "sites": {"hall": {}}, "sources": {"old": OLD, "chips": {
        "kind": "undisclosed", **PROCURED, "deliveries": {"schedule": {"2024": 5}}}}},
    "own": {**YEAR, "sites": {"hall": {}}, "sources": {"old": OLD, "chips": {
        "kind": "in-house", **PROCURED, "deliveries": {"schedule": {"2024": 5}}}}},
    "more-orders": {**YEAR, "sources": {
        "a": {"kind": "purchase", "accelerator": CHIP, "orders": ORDERS},
        "b": {"kind": "in-house", "accelerator": CHIP, "orders": ORDERS}}},
    "orders": {**YEAR, "sources": {"dark": {"kind": "undisclosed", "kw_per_unit": 1,
        "orders": ORDERS}}},
    "in-house": {**YEAR, "sources": {"own": {"kind": "in-house", "h100e": 0.5, "kw_per_unit": 1,
        "deliveries": {"schedule": {"2024-01": 10, "2024-Q2": 20, "2025": 30}},
        "nre_usd": 1e6, "nre_from": "2023-01", "nre_to": "2024-06",
        "respin": {"probability_share": 0.3, "delay_months": 4}}}},
    "lease": {**YEAR, "sources": {"rent": {"kind": "lease", "accelerator": CHIP, "h100e": 1,
        "units": 100, "from": "2024-01", "to": "2024-06-15", "rate_usd_per_hour": 2,
        "delay_months": 1}}},
    "reach": {**YEAR, "sources": {
        "a": {"kind": "purchase", "accelerator": CHIP,
              "deliveries": {"reach": 100, "by": "2024-06", "from": "2024-02", "curve": "linear"}},
        "b": {"kind": "undisclosed", "accelerator": CHIP, "deliveries": {
            "reach_h100e": 200, "by": "2024-12", "from": "2024-07", "curve": "back-loaded"}}}},
    "sites": {**YEAR, "sources": {"chips": PLAIN}, "sites": {"hall": {"region": "somewhere",
        "power": {"one": {"from": "2024-01", "critical_mw": 5, "delay_months": 0.5,
                          "build_usd_per_mw": 1e6, "payment": PAID}},
        "delay_months": 0.25, "provisioning_share": 0.9, "reserve_share": 0.1, "pue": 1.3,
        "load_share": 0.7, "electricity_usd_per_mwh": 60, "carbon_kg_per_mwh": 300,
        "install_units_per_month": 100, "colocation_usd_per_kw_month": 120,
        "build_usd_per_mw": 2e6, "payment": PAID, "accelerators": [CHIP]}}},
    "workloads": {**YEAR, "sources": {"chips": PLAIN}, "sites": {"hall": {}}, "workloads": {
        "claim": {"kind": "reserved", "team": "research", "priority": 2, "from": "2024-02",
                  "to": "2024-11", "accelerators": [CHIP], "sites": ["hall"], "h100e": 3},
        "run": {"kind": "training", "team": "research", "priority": 1, "from": "2024-03",
                "accelerators": [CHIP], "sites": ["hall"], "flop": 1e21, "mfu_share": 0.4,
                "max_h100e": 4, "due": "2024-07"},
        "chat": {"kind": "inference", "team": "assistant", "priority": 3, "from": "2024-02",
                 "to": "2024-11", "accelerators": [CHIP], "sites": ["hall"], "tokens_per_day": 1e9,
                 "flop_per_token": 1e11, "mfu_share": 0.2, "peak_to_mean": 2}}},
    "money": {**YEAR, "description": "free text", "step": "month", "report_every": "year",
        "h100e_basis": "bf16", "sources": {"chips": PLAIN},
        "finance": {"discount_rate_share": 0.08, "depreciation_months": 60,
                    "site_depreciation_months": 240, "year_starts": "04"},
        "costs": {"setup": {"usd": 3e6, "at": "2024-03"},
                  "storage": {"usd_per_month": 1e4, "from": "2024-02", "to": "2024-10"}},
        "variants": {"late": {"sources": {"chips": {"delay_months": 3}}}, "none": {}}},
    "expectations": {**YEAR, "sources": {"chips": PLAIN}, "sites": {"hall": {}},
        "workloads": {"w": {"kind": "inference", "team": "t", "tokens_per_day": 1e9,
                            "flop_per_token": 1e11, "mfu_share": 0.2}},
        "milestones": {
            "a": {"metric": "owned", "at_least": 5}, "b": {"metric": "owned", "at_most": 5},
            "c": {"metric": "in_service", "source": "chips", "at_least": 5},
            "d": {"metric": "in_service", "site": "hall", "at_least": 5},
            "e": {"metric": "in_service", "accelerator": CHIP, "at_least": 5},
            "f": {"metric": "served_h100e", "team": "t", "at_least": 5},
            "g": {"metric": "served_h100e", "workload": "w", "at_least": 5}},
        "checks": {
            "a": {"metric": "owned", "at": "2024-06", "at_least": 5, "every": "quarter",
                  "severity": "warn", "probability": 0.8},
            "b": {"metric": "owned", "at": "all", "at_most": 5000},
            "c": {"metric": "owned", "at": "any", "between": [1, 10]},
            "d": {"metric": "in_service", "source": "chips", "at": "any", "at_least": 5},
            "e": {"metric": "in_service", "site": "hall", "at": "any", "at_least": 5},
            "f": {"metric": "in_service", "accelerator": CHIP, "at": "any", "at_least": 5},
            "g": {"metric": "served_h100e", "team": "t", "at": "any", "at_least": 5},
            "h": {"metric": "served_h100e", "workload": "w", "at": "any", "at_least": 5},
            "i": {"metric": "milestones.a", "at_most": "2024-07"},
            "j": {"metric": "pending.chips", "at_most": 3}}},
    "correlations": {**YEAR,
        "inputs": {name: {"uniform": [1, 2]} for name in "abcd"},
        "sources": {"chips": PLAIN},
        "correlations": {"one": {"between": ["inputs.a", "inputs.b"], "rank": 0.5},
                         "two": {"between": ["inputs.c", "inputs.d"], "normal": -0.25}}},
    "accelerators": {**YEAR, "sources": {"mine": {**PLAIN, "accelerator": "mine"}}, "accelerators": {
        "mine": {"like": CHIP, "name": "Mine", "vendor": "Us", "tdp_w": 700, "kw_per_unit": 1.2,
                 "server_max_power_w": 10000, "accelerators_per_server": 8, "memory_gb": 80,
                 "memory_bandwidth_gb_s": 3000, "bf16_tflops": 900, "fp16_tflops": 900,
                 "fp8_tflops": 1800, "int8_tops": 1800, "embodied_kg": 160}}},
    "values": {**YEAR, "sources": {"chips": PLAIN}, "inputs": {
        "a": {"uniform": [1, 2], "truncate": [1, None], "clamp": [None, 2]},
        "b": {"triangular": [1, 2, 3]}, "c": {"pert": [1, 2, 3]}, "d": {"normal": [1, 2]},
        "e": {"lognormal": {"median": 1, "sigma": 0.1}},
        "f": {"interval": [1, 2], "confidence": 0.8, "shape": "lognormal"},
        "g": {"discrete": [[1, 0.5], [2, 0.5]]},
        "h": {"mixture": [[{"uniform": [1, 2]}, 0.1], [{"triangular": [1, 2, 3]}, 0.1],
                          [{"pert": [1, 2, 3]}, 0.1], [{"normal": [1, 2]}, 0.1],
                          [{"lognormal": {"median": 1, "sigma": 0.1}}, 0.1],
                          [{"interval": [1, 2], "confidence": 0.8, "shape": "normal"}, 0.1],
                          [{"discrete": [[1, 1]]}, 0.1], [{"empirical": [1, 2]}, 0.1], [5, 0.2]]},
        "i": {"empirical": [1, 2, 2]}, "j": {"ref": "inputs.a"}, "k": {"formula": "a + 2 * b"},
        "l": {"points": {"2024-01": 1, "2024-03-15": {"uniform": [1, 2]}}, "between": "linear"},
        "m": {"start": 1, "growth_per_year": -0.1, "base": "2024-02"}, "n": 7}},
}

# Keys whose members are named, not known.
MAPS = {"accelerators", "inputs", "sources", "sites", "workloads", "correlations", "milestones",
        "costs", "checks", "variants", "power", "orders"}
DATED = {"vintages", "schedule", "points"}

BAD_DATES = ["2024-13", "2024-00", "2024-02-30", "2023-02-29", "2100-02-29", "2024-04-31", "2024-1",
             "24-01", "2024-01\n", "2024-01-01T00:00", "1969-12", "2200-01", "2024/01", "2024",
             "2024-01-00", "2024-01-32", "\u0662\u0660\u0662\u0664-01", " 2024-01", ""]
BAD_NAMES = ["", "a.b", "-a", "_a", "a b", "\u00e9", "a" * 65, "a\n", "a/b"]
OTHER_UNITS = [("_usd", "_eur"), ("_mw", "_kw"), ("_months", "_years"), ("_share", "_percent"),
               ("_usd_per_mwh", "_usd_per_kwh"), ("kw_per_unit", "w_per_unit"),
               ("_per_day", "_per_hour"), ("_days", "_hours"), ("_usd_per_hour", "_usd_per_month"),
               ("_usd_per_month", "_usd_per_year"), ("_usd_per_kw_month", "_usd_per_mw_month"),
               ("_kg_per_mwh", "_t_per_mwh"), ("_usd_per_mw", "_usd_per_kw"),
               ("_per_year", "_per_month"), ("_units_per_month", "_units_per_day"),
               ("_tflops", "_pflops"), ("_gb", "_tb"), ("_w", "_kw"), ("_kg", "_t")]

REQUIRED = [
    ("purchase", "", "start end sources"), ("purchase", "sources.chips", "kind"),
    ("purchase", "sources.chips.deliveries", "units from to"),
    ("purchase", "sources.chips.payment.0", "share"),
    ("purchase", "sources.chips.replaces", "source"), ("purchase", "sources.old", "vintages kind"),
    ("orders", "sources.dark", "orders kind"), ("orders", "sources.dark.orders.po-1", "units"),
    ("in-house", "sources.own", "kw_per_unit h100e deliveries nre_usd nre_from nre_to"),
    ("in-house", "sources.own.respin", "probability_share delay_months"),
    ("lease", "sources.rent", "units from to rate_usd_per_hour"),
    ("reach", "sources.a", "accelerator"), ("reach", "sources.a.deliveries", "reach by"),
    ("reach", "sources.b.deliveries", "reach_h100e by"),
    ("sites", "sites.hall.power.one", "from critical_mw"),
    ("workloads", "workloads.claim", "kind h100e"),
    ("workloads", "workloads.run", "kind flop mfu_share max_h100e"),
    ("workloads", "workloads.chat", "kind tokens_per_day flop_per_token mfu_share"),
    ("money", "costs.setup", "usd at"), ("money", "costs.storage", "usd_per_month"),
    ("expectations", "milestones.a", "metric at_least"),
    ("expectations", "checks.a", "metric at at_least"), ("expectations", "checks.c", "between"),
    ("expectations", "checks.i", "at_most"),
    ("correlations", "correlations.one", "between rank"),
    ("correlations", "correlations.two", "normal"),
    ("values", "inputs.e.lognormal", "median sigma"), ("values", "inputs.m", "start growth_per_year"),
    ("values", "inputs.a", "uniform"), ("values", "inputs.f", "interval"),
    ("values", "inputs.l", "points"),
]

# Values of one number, good and bad wherever a scalar stands; beside the wrong types.
BAD_SCALARS = [
    {"uniform": [1]}, {"uniform": [1, 2, 3]}, {"uniform": ["1", 2]}, {"uniform": 5},
    {"uniform": [1, None]}, {"uniform": {"low": 1, "high": 2}}, {"unifrom": [1, 2]},
    {"triangular": [1, 2]}, {"triangular": [1, 2, 3, 4]}, {"pert": [1, 2]},
    {"pert": [1, 2, 3, 4]}, {"normal": [1]}, {"normal": [1, -1]}, {"normal": [1, 1, 1]},
    {"lognormal": {}}, {"lognormal": [1, 1]}, {"lognormal": {"median": 0, "sigma": 1}},
    {"lognormal": {"median": 1, "sigma": -0.1}}, {"lognormal": {"mean": 1, "sigma": 1}},
    {"interval": [1]}, {"interval": [1, 2], "confidence": 0}, {"interval": [1, 2], "confidence": 1},
    {"interval": [1, 2], "confidence": "0.9"}, {"interval": [1, 2], "confidence": 90},
    {"interval": [1, 2], "shape": "gamma"}, {"interval": [1, 2], "shape": 5},
    {"interval": [0, 1], "shape": "lognormal"}, {"interval": [0, 0.5], "shape": "logit-normal"},
    {"interval": [0.5, 1], "shape": "logit-normal"}, {"uniform": [1, 2], "confidence": 0.9},
    {"normal": [1, 2], "shape": "normal"}, {"confidence": 0.9}, {"shape": "normal"},
    {"discrete": []}, {"discrete": [[1]]}, {"discrete": [[1, 1, 1]]}, {"discrete": 5},
    {"discrete": [1, 1]}, {"discrete": [["1", 1]]}, {"discrete": [[1, "1"]]},
    {"discrete": [[1, -1], [2, 2]]}, {"mixture": []}, {"mixture": {}}, {"mixture": [[1]]},
    {"mixture": [["1", 1]]}, {"mixture": [[{}, 1]]}, {"mixture": [[{"title": "x"}, 1]]},
    {"mixture": [[{"confidence": 0.5}, 1]]}, {"mixture": [[{"ref": "inputs.a"}, 1]]},
    {"mixture": [[{"formula": "a"}, 1]]}, {"mixture": [[{"mixture": [[1, 1]]}, 1]]},
    {"mixture": [[{"uniform": [1, 2], "truncate": [1, 2]}, 1]]},
    {"mixture": [[{"uniform": [1, 2], "clamp": [1, 2]}, 1]]},
    {"mixture": [[{"uniform": [1, 2], "confidence": 0.9}, 1]]},
    {"mixture": [[{"uniform": [1, 2], "normal": [1, 2]}, 1]]},
    {"mixture": [[{"normal": [1, -2]}, 1]]}, {"mixture": [[{"uniform": [1, 2], "title": 5}, 1]]},
    {"empirical": []}, {"empirical": ["1"]}, {"empirical": 5}, {"empirical": [None]},
    {"ref": "a"}, {"ref": "inputs."}, {"ref": 5}, {"ref": "inputs.a.b"}, {"ref": "inputs.a\n"},
    {"formula": ""}, {"formula": 5}, {"uniform": [1, 2], "pert": [1, 2, 3]},
    {"uniform": [1, 2], "ref": "inputs.a"}, {"ref": "inputs.a", "formula": "a"},
    {"ref": "inputs.a", "truncate": [0, 9]}, {"formula": "a", "clamp": [0, 9]},
    {"uniform": [1, 2], "truncate": [0]}, {"uniform": [1, 2], "truncate": [0, 1, 2]},
    {"uniform": [1, 2], "truncate": ["0", 9]}, {"uniform": [1, 2], "truncate": 5},
    {"uniform": [1, 2], "clamp": {"low": 0}}, {"uniform": [1, 2], "clamp": [0, True]},
    {"truncate": [0, 1]}, {"uniform": [1, 2], "low": 1}, {"title": "x"}, {"value": 5},
    {"uniform": [1, 2], "citation": 5}, {"uniform": [1, 2], "title": None},
]
GOOD_SCALARS = [
    0, 7, 0.5, {"uniform": [1, 2]}, {"uniform": [1, 1]}, {"triangular": [1, 1, 3]},
    {"triangular": [1, 3, 3]}, {"pert": [1, 2, 3]}, {"pert": [2, 2, 2]},
    {"lognormal": {"median": 2, "sigma": 0}}, {"interval": [1, 2]}, {"interval": [1, 1]},
    {"interval": [1, 2], "confidence": 0.5}, {"interval": [1, 2], "shape": "lognormal"},
    {"interval": [0.1, 0.2], "shape": "logit-normal"}, {"discrete": [[1, 1]]},
    {"discrete": [[1, 0.25], [3, 0.75], [9, 0]]}, {"empirical": [3]}, {"empirical": [3, 1, 2, 2]},
    {"mixture": [[5, 1]]}, {"mixture": [[{"uniform": [1, 2], "title": "x"}, 0.5], [3, 0.5]]},
    {"mixture": [[{"interval": [1, 2], "confidence": 0.8}, 1]]},
    {"normal": [5, 1], "truncate": [1, 9]}, {"normal": [5, 0], "clamp": [0, None]},
    {"normal": [5, 1], "truncate": [0, None], "clamp": [None, 8]},
    {"uniform": [1, 2], "truncate": [None, None]}, {"uniform": [1, 2], "citation": "a report"},
    {"uniform": [1, 2], "title": "t", "$comment": {"any": 1}, "x-note": [1]}, {"ref": "inputs.a"},
    {"ref": "inputs.a", "citation": "there"}, {"formula": "a"}, {"formula": "2 * (a + 1) ^ 2"},
]
BAD_SERIES = [
    {"points": {}}, {"points": {"$comment": 1}}, {"points": {"title": "x"}}, {"points": 5},
    {"points": [1, 2]}, {"points": {"2024-13": 1}}, {"points": {"2024-01\n": 1}},
    {"points": {"2024-01": "1"}}, {"points": {"2024-01": {"points": {"2024-01": 1}}}},
    {"points": {"2024-01": 1}, "between": "cubic"}, {"points": {"2024-01": 1}, "between": 5},
    {"points": {"2024-01": 1}, "start": 1}, {"points": {"2024-01": 1}, "uniform": [1, 2]},
    {"points": {"2024-01": 1}, "base": "2024-01"}, {"points": {"2024-01": 1, "title": 5}},
    {"start": 1}, {"growth_per_year": 0.1}, {"start": 1, "growth_per_year": -1.01},
    {"start": "1", "growth_per_year": 0}, {"start": 1, "growth_per_year": "5 %"},
    {"start": 1, "growth_per_year": 0, "base": "2024-13"},
    {"start": 1, "growth_per_year": 0, "between": "step"}, {"between": "step"},
    {"start": {"points": {"2024-01": 1}}, "growth_per_year": 0}, {"base": "2024-01"},
]
GOOD_SERIES = [
    {"points": {"2024-01": 1}}, {"points": {"2024-02-29": 1, "1970-01": 2, "2199-12-31": 3}},
    {"points": {"2024-01": 1, "2024-06": {"uniform": [1, 2]}}, "between": "linear"},
    {"points": {"2024-01": 1, "$comment": "c", "x-a": 1, "title": "t"}, "between": "step"},
    {"start": 1, "growth_per_year": 0}, {"start": 1, "growth_per_year": -1},
    {"start": {"uniform": [1, 2]}, "growth_per_year": {"uniform": [0, 1]}, "base": "2020-02-29"},
    {"start": 1, "growth_per_year": 0, "citation": "a report", "x-y": None},
]

ORDER = "sources.dark.orders.po-1"
FILTERED = {"metric": "in_service", "at": "any", "at_least": 1}

# Rules between keys: base, where, the value there, whether it is valid.
RULES = [
    ("purchase", "sources", {}, False), ("purchase", "sources", {"$comment": 1}, False),
    ("purchase", "sources", {"title": "none"}, False),
    ("purchase", "sources.chips.sites", [], False),
    ("purchase", "sources.chips.sites", ["hall", "hall"], False),
    ("purchase", "sources.chips.orders", {}, False),
    ("purchase", "sources.chips.orders", {"a": {"arrives": "2024-01", "units": 1}}, False),
    ("purchase", "sources.chips.deliveries.schedule", {"2024": 5}, False),
    ("purchase", "sources.chips.deliveries.reach", 5, False),
    ("purchase", "sources.chips.deliveries.by", "2024-05", False),
    ("purchase", "sources.chips.payment", [], False),
    ("purchase", "sources.chips.payment", [{"share": 1}], True),
    ("purchase", "sources.chips.payment", [{"share": 1, "months_before_delivery": -60}], True),
    ("purchase", "sources.chips.payment", [{"share": 1, "months_before_delivery": 60}], True),
    ("purchase", "sources.chips.payment", [{"share": 0}, {"share": 1}], True),
    ("purchase", "sources.chips.vintages", {"2020-01": 5}, False),
    ("purchase", "sources.old.vintages", {}, True),
    ("purchase", "sources.old.vintages", {"2020-05-01": 5}, False),
    ("purchase", "sources.old.vintages", {"2020": 5}, False),
    ("purchase", "sources.old.deliveries", PLAIN["deliveries"], False),
    ("purchase", "sources.old.delay_months", 1, False),
    ("purchase", "sources.old.kind", "Installed", False),
    ("purchase", "sources.old.kind", "lease", False),
    ("purchase", "sources.chips.nre_usd", 5, False),
    ("purchase", "sources.chips.respin", {"probability_share": 0, "delay_months": 1}, False),
    ("purchase", "step", "week", True), ("purchase", "start", "2024-01-01", True),
    ("purchase", "start", "2024-01-02", False),
    ("purchase", "", {**YEAR, "start": "2024-01-02", "step": "week", "sources": {"a": PLAIN}}, True),
    ("purchase", "", {**YEAR, "start": "2024-01-02", "step": "month", "sources": {"a": PLAIN}},
     False),
    ("purchase", "", [], False), ("purchase", "", "plan", False), ("purchase", "", None, False),
    ("purchase", "", {}, False),
    ("orders", ORDER, {"units": 1}, False), ("orders", ORDER, {"units": 1, "ordered": "2023-01"}, True),
    ("orders", ORDER, {"units": 1, "ordered": "2023-01", "arrives": "2024-01"}, False),
    ("orders", ORDER, {"units": 1, "arrives": "2024-01", "lead_time_months": 1}, False),
    ("orders", ORDER, {"units": 1, "arrives": "2024-01", "over_months": 0}, True),
    ("orders", ORDER + ".price_usd", {"points": {"2024-01": 1}}, False),
    ("orders", "sources.dark.orders", {}, True),
    ("orders", "sources.dark", {"kind": "undisclosed", "orders": {}}, False),
    ("orders", "sources.dark", {"kind": "undisclosed", "accelerator": CHIP, "orders": {}}, True),
    ("orders", "sources.dark", {"kind": "purchase", "kw_per_unit": 1, "orders": {}}, False),
    ("orders", "sources.dark", {"kind": "purchase", "h100e": 1, "orders": {}}, False),
    ("orders", "sources.dark", {"kind": "purchase", "h100e": 1, "kw_per_unit": 1, "orders": {}},
     True),
    ("orders", "sources.dark", {"kind": "installed", "h100e": 1, "vintages": {}}, False),
    ("orders", "sources.dark", {"kind": "installed", "h100e": 1, "kw_per_unit": 2, "vintages": {}},
     True),
    ("in-house", "sources.own.deliveries.schedule", {}, True),
    ("in-house", "sources.own.deliveries.schedule", {"2024-Q0": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"2024-Q5": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"2024-01-15": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"24": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"1969": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"2200-Q1": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"2024\n": 1}, False),
    ("in-house", "sources.own.deliveries.schedule", {"1970": 1, "2199-Q4": 2, "2024-12": 3}, True),
    ("in-house", "sources.own.deliveries.schedule", {"2024": 1, "x-a": 1, "title": "t"}, True),
    ("in-house", "sources.own.deliveries.curve", "linear", False),
    ("in-house", "sources.own.deliveries", {"from": "2024-01", "to": "2024-02"}, False),
    ("in-house", "sources.own.deliveries", {}, False),
    ("lease", "sources.rent", {"kind": "lease", "units": 1, "from": "2024-01", "to": "2024-02",
                               "rate_usd_per_hour": 2}, False),
    ("lease", "sources.rent", {"kind": "lease", "units": 1, "from": "2024-01", "to": "2024-02",
                               "rate_usd_per_hour": 2, "h100e": 1}, True),
    ("lease", "sources.rent", {"kind": "lease", "units": 1, "from": "2024-01", "to": "2024-02",
                               "rate_usd_per_hour": 2, "accelerator": CHIP}, True),
    ("lease", "sources.rent.price_usd", 5, False), ("lease", "sources.rent.sites", ["a"], False),
    ("lease", "sources.rent.kw_per_unit", 1, False),
    ("reach", "sources.a.deliveries.reach_h100e", 5, False),
    ("reach", "sources.a.deliveries.to", "2024-05", False),
    ("reach", "sources.b.h100e", 0, False), ("reach", "sources.b.h100e", 0.1, True),
    ("reach", "sources.a.h100e", 0, True),
    ("sites", "sites.hall", {}, True), ("sites", "sites.hall.power", {}, True),
    ("sites", "sites", {}, True), ("sites", "sites.hall.accelerators", [5], False),
    ("sites", "sites.hall.payment", [{"share": 1, "months": 5}], False),
    ("sites", "sites.hall.power.one.pue", 1.1, False),
    ("workloads", "workloads.run.to", "2024-05", False),
    ("workloads", "workloads.run.h100e", 5, False),
    ("workloads", "workloads.claim.due", "2024-05", False),
    ("workloads", "workloads.chat.flop", 5, False),
    ("workloads", "workloads.claim.accelerators", [], False),
    ("workloads", "workloads.claim.sites", [], False),
    ("workloads", "workloads.claim.sites", ["hall", "hall"], True),
    ("workloads", "workloads.claim.priority", 1.5, False),
    ("workloads", "workloads.claim.priority", {"uniform": [1, 2]}, False),
    ("workloads", "workloads", {}, True),
    ("money", "finance", {}, True), ("money", "finance.year_starts", 4, False),
    ("money", "finance.year_starts", "4", False), ("money", "finance.year_starts", "13", False),
    ("money", "finance.year_starts", "04\n", False), ("money", "finance.year_starts", "00", False),
    ("money", "costs", {}, True), ("money", "costs.setup.from", "2024-01", False),
    ("money", "costs.setup.usd_per_month", 5, False), ("money", "costs.storage.at", "2024-01", False),
    ("money", "costs.storage.usd", 5, False), ("money", "costs.setup", {"from": "2024-01"}, False),
    ("money", "costs.setup", {}, False), ("money", "costs.setup.usd", -5, True),
    ("money", "costs.storage", {"usd_per_month": {"start": 1, "growth_per_year": 0}}, True),
    ("money", "variants.late.extends", "b.json", False),
    ("money", "variants.late.variants", {}, False),
    ("money", "variants.late.sources", {}, True), ("money", "variants", {}, True),
    ("money", "variants.late.costs", None, True),
    ("money", "variants.late", [], False),
    ("expectations", "milestones.a.at_most", 5, False),
    ("expectations", "milestones.a.at_least", "2024-01", False),
    ("expectations", "milestones.a.between", [1, 2], False),
    ("expectations", "milestones.a.metric", "milestones.b", False),
    ("expectations", "milestones.c.site", "hall", False),
    ("expectations", "milestones.a.at", "2024-01", False),
    ("expectations", "checks.a.at_most", 5, False), ("expectations", "checks.c.at_least", 1, False),
    ("expectations", "checks.c.between", [1], False),
    ("expectations", "checks.c.between", [1, 2, 3], False),
    ("expectations", "checks.c.between", [1, "2"], False),
    ("expectations", "checks.c.between", [2, 2], True),
    ("expectations", "checks.b.at", "every", False), ("expectations", "checks.b.at", "All", False),
    ("expectations", "checks.b.at_most", "2024-07", False),
    ("expectations", "checks.i.at", "any", False), ("expectations", "checks.i.every", "year", False),
    ("expectations", "checks.i.at_most", 5, False), ("expectations", "checks.i.source", "chips", False),
    ("expectations", "checks.j.at", "any", False),
    ("expectations", "checks.j.at_most", "2024-01", False),
    ("expectations", "checks.j.metric", "prepaid_usd", True),
    ("expectations", "checks.j.metric", "paid_before_start_usd", True),
    ("expectations", "checks.j.metric", "due_after_end_usd", True),
    ("expectations", "checks.j.metric", "prepaid_eur", False),
    ("expectations", "checks.j.metric", "pending.", False),
    ("expectations", "checks.j.metric", "workloads.w.done", False),
    ("expectations", "checks.i", {"metric": "milestones.a", "between": [1, 2]}, False),
    ("expectations", "checks.i", {"metric": "milestones.a", "at_least": "2024-02-29"}, True),
    ("expectations", "checks.d", {**FILTERED, "source": "chips", "site": "hall"}, False),
    ("expectations", "checks.d", {**FILTERED, "accelerator": CHIP, "site": "hall"}, False),
    ("expectations", "checks.d", FILTERED, True), ("expectations", "checks", {}, True),
    ("correlations", "correlations.one.between", [], False),
    ("correlations", "correlations.one.between", ["inputs.a"], False),
    ("correlations", "correlations.one.between", ["inputs.a", "inputs.a"], False),
    ("correlations", "correlations.one.between", ["inputs.a", 5], False),
    ("correlations", "correlations.one.normal", 0.5, False),
    ("correlations", "correlations.one.rank", {"uniform": [0, 1]}, False),
    ("correlations", "correlations", {}, True),
    ("accelerators", "accelerators.mine.tdp_w", {"uniform": [1, 2]}, False),
    ("accelerators", "accelerators.other", {}, True),
    ("values", "inputs", {}, True), ("values", "inputs.o", {"ref": "inputs.l"}, True),
    ("values", "x-anything", {"a": [None, True]}, True), ("values", "$comment", [1], True),
    ("values", "x_a", 1, False), ("values", "X-a", 1, False), ("values", "x-", None, True),
    ("values", "$ref", "x", False), ("values", "comment", "x", False), ("values", "id", "x", False),
]
# Texts that say the same number in other ways: field, text, whether it is valid.
NUMBERS = [
    ("workloads", "workloads.claim.priority", text, valid)
    for text, valid in [("1.0", True), ("2.0", True), ("1e2", True), ("1E+3", True), ("10e-1", True),
                        ("1000.0", True), ("1.5", False), ("1e-1", False), ("-0", False),
                        ("1001.0", False), ("1e4", False)]
] + [
    ("sites", "sites.hall.pue", text, valid)
    for text, valid in [("1", True), ("1.0", True), ("0.1e1", True), ("0.999999999", False),
                        ("10E-1", True), ("-1", False)]
] + [
    ("purchase", "sources.chips.delay_months", text, True)
    for text in ["-0", "-0.0", "0e5", "-3.5", "1e1"]
] + [
    ("purchase", "sources.chips.price_usd", text, valid)
    for text, valid in [("-0", True), ("-0.0", True), ("-1e-9", False), ("1e9", True)]
]

# What only the program can refuse: base, where, the value there.
BEYOND = [
    ("purchase", "end", "2023-12"), ("purchase", "end", "2199-12"),
    ("purchase", "sources.chips.accelerator", "nvidia-h100-smx"),
    ("purchase", "sources.chips.sites", ["halle"]), ("purchase", "sources.chips.sites", ["hall", "b"]),
    ("purchase", "sources.chips.replaces.source", "odl"),
    ("purchase", "sources.chips.replaces.source", "chips"),
    ("purchase", "sources.chips.payment", [{"share": 0.5}]),
    ("purchase", "sources.chips.deliveries.to", "2023-12"),
    ("purchase", "sources.chips.delay_months", {"triangular": [3, 2, 5]}),
    ("purchase", "sources.chips.delay_months", {"uniform": [2, 1]}),
    ("purchase", "sources.chips.delay_months", {"discrete": [[1, 0.5], [2, 0.4]]}),
    ("purchase", "sources.chips.delay_months", {"uniform": [1, 2], "truncate": [3, 4]}),
    ("purchase", "sources.chips.delay_months", {"uniform": [1, 2], "clamp": [4, 3]}),
    ("purchase", "sources.chips.delay_months", {"ref": "inputs.none"}),
    ("purchase", "sources.chips.delay_months", {"formula": "1 +"}),
    ("purchase", "sources.chips.delay_months", {"formula": "none"}),
    ("purchase", "sources.chips.spares_share", {"interval": [0.5, 1.2]}),
    ("purchase", "sources.chips.spares_share", {"uniform": [0, 1.5]}),
    ("purchase", "sources.chips.price_usd", {"normal": [5, 1]}),
    ("purchase", "sources.chips.price_usd", {"points": {"2024-01": 1, "2024-01-01": 2}}),
    ("installed", "sources.old.vintages", {"2024-01": 5}),
    ("in-house", "sources.own.deliveries.schedule", {"2024": 1, "2024-03": 1}),
    ("in-house", "sources.own.nre_to", "2022-12"), ("lease", "sources.rent.to", "2023-12"),
    ("reach", "sources.b.h100e", {"uniform": [0, 1]}),
    ("sites", "sites.hall.accelerators", ["nvidia-b200"]),
    ("workloads", "workloads.claim.to", "2024-01"), ("workloads", "workloads.claim.sites", ["b"]),
    ("money", "costs.storage.to", "2024-01"), ("money", "variants.late.sources", None),
    ("money", "variants.late.pue", 1.2), ("expectations", "checks.c.between", [2, 1]), ("expectations", "checks.b.at", "2030-01"),
    ("expectations", "checks.d.source", "none"), ("expectations", "milestones.f.metric", "owned"),
    ("expectations", "checks.j.metric", "pending.none"),
    ("correlations", "correlations.one.between", ["inputs.a", "inputs.e"]),
    ("correlations", "correlations.two.between", ["inputs.a", "inputs.b"]),
    ("correlations", "correlations.one.between", ["inputs.a", "sources.chips.price_usd"]),
    ("accelerators", "accelerators.mine.like", "mine"),
    ("accelerators", "accelerators.mine.like", "none"),
    ("values", "inputs.j", {"ref": "inputs.j"}),
]
