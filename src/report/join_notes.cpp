// Each note names both, so that it can be read alone.
#include "join_notes.hpp"

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/report/common_periods.hpp>
#include <fleetcast/report/figure_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace fleetcast {
namespace {

std::string version_told(const Manifest& made) { return "by version " + made.version; }
std::string catalog_told(const Manifest& made) {
    return "with the catalogue of " + made.catalog_version;
}
std::string trials_told(const Manifest& made) {
    return made.trials == 1
               ? "at the medians"
               : fmt::format("with {} trials", with_thousands(static_cast<double>(made.trials), 0));
}
std::string seed_told(const Manifest& made) {
    return made.trials == 1 ? "" : fmt::format("with seed {}", made.seed);
}
std::string sampling_told(const Manifest& made) {
    return made.trials == 1 ? "" : fmt::format("with {} sampling", made.sampling);
}
std::string quantiles_told(const Manifest& made) {
    std::vector<std::string> texts;
    for (const double percent : made.quantiles)
        texts.push_back(figure_text(percent));
    return made.trials == 1 ? "" : "with the quantiles " + joined(texts, ", ");
}

/// In what respects results are made, in words; empty where it had no effect.
constexpr std::string (*circumstances[])(const Manifest& made) = {
    version_told, catalog_told, trials_told, seed_told, sampling_told, quantiles_told};

/// Periods of the other that lie in the horizon of the base and are no periods of it.
std::size_t count_unequal(const ForecastResult& all, const std::string& base,
                          const std::string& other, std::size_t common) {
    const auto mine = spans_of(all, base);
    const auto others = spans_of(all, other);
    const auto inside =
        static_cast<std::size_t>(std::ranges::count_if(others, [&](const PeriodSpan& span) {
            return span.first < mine.back().next && span.next > mine.front().first;
        }));
    return inside - std::min(inside, common);
}

using Metrics = std::map<std::string, std::string>; // name -> unit

/// The unit of each metric of a scenario's total.
Metrics metrics_of(const ForecastResult& all, const std::string& scenario) {
    Metrics units;
    for (const SeriesRow& row : all.series)
        if (row.scenario == scenario && row.by == "total")
            units[row.metric] = row.unit;
    return units;
}

/// Metrics of the one that the other lacks, or has in another unit.
std::vector<std::string> lacking(const Metrics& one, const Metrics& other) {
    std::vector<std::string> names;
    for (const auto& [name, unit] : one)
        if (const auto found = other.find(name); found == other.end() || found->second != unit)
            names.push_back(name);
    return names;
}

} // namespace

std::string horizon(const ManifestScenario& scenario) {
    return fmt::format("{} to {} by {}", scenario.start, scenario.end,
                       scenario.every.empty() || scenario.every == "period" ? scenario.step
                                                                            : scenario.every);
}

std::vector<std::string> notes_of_making(const std::vector<NamedResult>& results) {
    std::vector<std::string> notes;
    const NamedResult& base = results.front();
    for (auto other = results.begin() + 1; other != results.end(); ++other)
        for (const auto& told : circumstances) {
            const std::string mine = told(base.result.manifest),
                              others = told(other->result.manifest);
            if (mine != others && !mine.empty() && !others.empty())
                notes.push_back(printable(
                    fmt::format("{} was made {}, {} {}", other->name, others, base.name, mine)));
        }
    return notes;
}

std::vector<std::string> notes_of_scenarios(const ForecastResult& all) {
    const auto& scenarios = all.manifest.scenarios;
    const ManifestScenario& base = scenarios.front();
    const Metrics mine = metrics_of(all, base.name);
    std::vector<std::string> notes;
    const auto add = [&](const std::string& text) { notes.push_back(printable(text)); };
    for (auto other = scenarios.begin() + 1; other != scenarios.end(); ++other) {
        const std::string names = printable(base.name) + " and " + printable(other->name);
        const auto common = common_periods(all, base.name, all, other->name).size();
        if (common == 0)
            throw Failure(Exit::bad_input, fmt::format("{} have no period in common: {}, and {}",
                                                       names, horizon(base), horizon(*other)));
        if (other->start != base.start || other->end != base.end)
            add(fmt::format("{} goes from {} to {}, {} from {} to {}: they are compared where they "
                            "overlap",
                            other->name, other->start, other->end, base.name, base.start,
                            base.end));
        if (const auto count = count_unequal(all, base.name, other->name, common); count > 0)
            add(fmt::format("{} of {} {} other days in {}: no difference is taken there",
                            count == 1 ? "1 period" : fmt::format("{} periods", count), other->name,
                            count == 1 ? "has" : "have", base.name));
        const Metrics others = metrics_of(all, other->name);
        const auto others_lack = lacking(mine, others), base_lacks = lacking(others, mine);
        if (others_lack.size() == mine.size())
            throw Failure(Exit::bad_input, names + " have no metric in common");
        if (!others_lack.empty())
            add(fmt::format("{} has no {}, as {} has: left out", other->name,
                            joined(others_lack, ", "), base.name));
        if (!base_lacks.empty())
            add(fmt::format("{} has no {}, as {} has: left out", base.name,
                            joined(base_lacks, ", "), other->name));
    }
    return notes;
}

} // namespace fleetcast
