// The slow oracle: a naive scalar engine written from rules.md and scenario-format.md alone, which
// shares no code with the program. Interface: run() for one deterministic run (u = 1/2 everywhere,
// [R4]), run_trial() for any trial of many. Demand [M12] has files of its own (oracle_demand).
//
// Where the rules leave a choice, the oracle reads them like this:
//  1. `arrives` of an order is a start (a month is its first moment); its price is taken there and,
//     like the price at `ordered`, is not moved into the horizon [M6].
//  2. Cohort lives, sites' power, `replaces.from`, acceptance: a time within 1e-9 months of x0
//     counts as reached. "Strictly before x" in C(x) is before x - 1e-9 [T1, P3].
//  3. [P6] Before the first period only what stands already gives power: an increment with a delay
//     of its own whose date + delays is 0 comes on in the first period, after the opening fleet has
//     taken its places, and its build cost is spent there.
//  4. "Without a delay of its own": the key `delay_months` is absent from the increment. Such an
//     increment, dated at or before the start, stands whatever the delay of its site [P4].
//  5. `contracted_mw` is read as `power_mw` is: increments with x0 >= their date [M4].
//  6. [P5] The headroom of a refresh is that of step 4, not below 0, so a site over its power stays
//     over it by as much.
//  7. Units that wait are commissioned ones (delivered by x1 - commissioning) not yet installed;
//     `bound_supply` is met when C(infinity) - C(x1 - d - commissioning) exceeds 1e-6 [M11].
//     A lease never waits and is never outstanding.
//  8. [P8] `reach` counts accelerators of the same id; one that is `like` it is another.
//  9. `embodied_t` of a group is empty where the figure is unknown for some owned source that
//     belongs to it, by site for some owned source that may use the site, whatever is in service.
// 10. Only additive metrics have a figure in row `-`: hours_between_failures and bound_* are empty
//     there, and so are power_mw, contracted_mw and headroom_mw, which are a site's alone. The
//     other metrics, power_short_mw too, are additive. `acquired` by site: the opening fleet stands
//     at its sites, what is delivered is in `-`.
// 11. Shares by source and by accelerator are formed from the waiting units of the group [G1].
// 12. Quarters of a financial year count from its first month [G1]. A period of a week step
//     belongs where its first day is.
// 13. `lease_usd`: calendar hours are read off the calendar, so a part of a week that spans two
//     months has the hours of its days, not its share of dx [M7].
// 14. A distribution in a point of a series, or in an order, has the name of the field that holds
//     it: of price_usd.points.2024-01 that is `price_usd` (the shape of `interval` hangs on it).
// 15. `like` copies the figures of the other entry (corrected by the scenario, if it is), then the
//     entry's own replace them; an entry under a built-in id without `like` corrects it in place.
// 16. `pending` is a figure of sources with deliveries or orders; others have none.
// 17. A figure that is empty does not meet a milestone.
// 18. "Lead times at their medians" [P8]: what a lead time is in the deterministic run, so of a
//     formula its value at the medians of its inputs. Units and `over_months` of the order are
//     those of the trial.
// 19. A path is the keys on the way to the distribution, those of `points`, `start`,
//     `growth_per_year`, `schedule` and `deliveries` included; what draws by `ref` has the path of
//     the input, and a mixture one path for all its components [R1].
// 20. [M8] The rest of a last period that was cut is a period, too; what is delivered or comes into
//     effect in it is after the end. A later period begins within 60 months of the end when it
//     does so by more than 1e-9 months.
// 21. [M8] A part with months_before_delivery of 0 or less is due at x0 less those months, x0 of
//     the period as slipped; only a part that is due before counts from the plan.
// 22. [M9] What has cost 0 is charged 0; a vintage older than its depreciation opens at book 0.
// 23. Ratios have no figure in row `-`, like other metrics that are not additive [G1].
// 24. [M12] `at_most` and `at_least` of a date are its last and its first day.
// 25. [M12] A pool of at most 1e-9 H100e serves nobody: it is what rounding leaves of a fleet, and
//     who is charged must not hang on it.
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/edges.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;                  // the order in the file matters
using GroupKey = std::pair<std::string, std::string>; // by: total, source, ..., workload; name
using Series = std::vector<std::optional<double>>;    // [period]; empty: no meaning there
using SeriesTable = std::map<std::string, std::map<GroupKey, Series>>; // [metric][group]

struct Figures {
    // Group of the total: {"total", "total"}. No row where no metric of that kind has a meaning:
    // those of supply by team and workload, those of demand by source, site and accelerator. Beside
    // the metrics the divisors of their ratios: available_hours, available_h100e_hours,
    // capacity_h100e_hours, million_tokens.
    SeriesTable series;
    std::map<std::string, std::optional<double>> pending; // [units] by source
    std::map<std::string, std::optional<double>> money;   // [USD] by the name of the outcome
    double opening_book_usd = 0;                          // before the first period
    std::map<std::string, std::string> milestones;        // ISO day, "" when not reached
    std::map<std::string, std::string> completed;         // likewise, by training
    // [weeks] by training: empty without `due`, infinite when it is not completed
    std::map<std::string, std::optional<double>> weeks_late;
    std::map<std::string, std::string> checks; // pass, fail, warn
    std::vector<std::string> periods;          // ISO first day
    Edges edges;
};

/// One deterministic run of a valid scenario. `every` is period, quarter or year. Throws
/// std::runtime_error or a json exception where the scenario is not what it takes it to be.
Figures run(const Json& scenario, const Json& catalog, const std::string& every = "period");

/// Trial `trial` of a run by random sampling [R1, R3, R5], checks and milestones judged on it
/// alone. Always drawn, even if it is the only one. Throws like run().
Figures run_trial(const Json& scenario, const Json& catalog, std::uint64_t seed,
                  std::uint64_t trial, const std::string& every = "period");

// A sorted json has lost the order of the file.
Figures run(const nlohmann::json&, const Json&, const std::string& = "period") = delete;
Figures run(const nlohmann::json&, const nlohmann::json&, const std::string& = "period") = delete;

} // namespace fleetcast::oracle
