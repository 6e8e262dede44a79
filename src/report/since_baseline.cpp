#include <fleetcast/report/since_baseline.hpp>

#include "join_notes.hpp"

#include <fleetcast/report/common_periods.hpp>
#include <fleetcast/report/spread.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace fleetcast {
namespace {

/// Whether one of two names is the other with folders before it.
bool differ_by_folders(const std::string& a, const std::string& b) {
    return a.ends_with("/" + b) || b.ends_with("/" + a);
}

/// The baseline's name of a scenario; nothing where it has none. How many folders a name has hangs
/// on what else was on its command line.
std::optional<std::string> name_in(const ForecastResult& baseline, const std::string& name,
                                   bool only_one) {
    const auto& all = baseline.manifest.scenarios;
    if (std::ranges::find(all, name, &ManifestScenario::name) != all.end())
        return name;
    const auto is_near = [&](const ManifestScenario& each) {
        return differ_by_folders(each.name, name);
    };
    if (std::ranges::count_if(all, is_near) == 1)
        return std::ranges::find_if(all, is_near)->name;
    return only_one && all.size() == 1 ? std::optional(all.front().name) : std::nullopt;
}

/// Metrics of the total that the baseline does not have: "owned, h100e".
std::string metrics_that_lack(const ForecastResult& baseline, const std::string& before,
                              const ForecastResult& now) {
    std::set<std::string_view> known;
    for (const SeriesRow& row : baseline.series)
        if (row.scenario == before && row.by == "total")
            known.insert(row.metric);
    std::vector<std::string> missing;
    for (const SeriesRow& row : now.series)
        if (row.by == "total" && !known.contains(row.metric))
            missing.push_back(row.metric);
    return fmt::format("{}", fmt::join(missing, ", "));
}

/// What makes a baseline another run than this one, in words.
std::vector<std::string> notes_of(const ForecastResult& baseline, const std::string& before,
                                  const ForecastResult& now) {
    std::vector<std::string> notes;
    const auto& old =
        *std::ranges::find(baseline.manifest.scenarios, before, &ManifestScenario::name);
    const auto& current = now.manifest.scenarios.front();
    const bool samples = old.trials > 1 || current.trials > 1;
    const auto unequal = [&](std::string_view what, const auto& then, const auto& here) {
        if (then != here)
            notes.push_back(fmt::format("the baseline has {} {}, here it is {}", what, then, here));
    };
    if (samples) {
        unequal("seed", baseline.manifest.seed, now.manifest.seed);
        unequal("trials", old.trials, current.trials);
        unequal("sampling", baseline.manifest.sampling, now.manifest.sampling);
    }
    unequal("version", baseline.manifest.version, now.manifest.version);
    unequal("catalogue", baseline.manifest.catalog_version, now.manifest.catalog_version);
    if (horizon(old) != horizon(current))
        notes.push_back(
            fmt::format("the baseline runs from {}, here from {}: only periods with the "
                        "same days are compared",
                        horizon(old), horizon(current)));
    if (before != current.name)
        notes.push_back(fmt::format("compared with {} of the baseline", before));
    const std::string missing = metrics_that_lack(baseline, before, now);
    if (!missing.empty())
        notes.push_back("the baseline has no figures of " + missing);
    return notes;
}

} // namespace

CheckedScenario compared_with(const ForecastResult& baseline, const ForecastResult& result,
                              bool only_one, CheckedScenario out) {
    const auto before = name_in(baseline, out.name, only_one);
    if (!before) {
        out.notes.push_back("the baseline does not have this scenario");
        return out;
    }
    out.notes = notes_of(baseline, *before, result);
    if (common_periods(baseline, *before, result, out.name).empty()) {
        out.exit = Exit::bad_input;
        out.problems.push_back(
            {Severity::error, out.file, 0, 0, "", "has no period in common with the baseline", ""});
        return out;
    }
    const std::string center = spread_of(result.manifest).center;
    out.moved = largest_differences(baseline, *before, result, out.name, center);
    std::erase_if(out.moved, [](const Difference& each) { return each.by != "total"; });
    for (CheckedRow& check : out.checks)
        for (const CheckRow& old : baseline.checks)
            if (old.scenario == *before && old.check == check.row.check)
                check.before = old;
    return out;
}

} // namespace fleetcast
