// The tolerance, and the walk over figures.
#include "oracle/compare_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

namespace fleetcast::oracle {

namespace {

constexpr double tolerance = 1e-9; // of the largest figure of that metric in the run
// A metric that is 0 but for rounding errors is measured by the largest figure of its unit.
constexpr double rounding = 1e-15;
constexpr std::size_t kept = 5; // sentences

// A divisor below this, of the largest in the run, may be nothing but rounding.
constexpr double little = 1e-12;

/// What ratios divide by, told by the oracle.
const std::map<std::string, std::string>& divisors() {
    static const std::map<std::string, std::string> names = {
        {"tco_usd_per_gpu_hour", "available_hours"},
        {"tco_usd_per_h100e_hour", "available_h100e_hours"},
        {"tco_with_capital_usd_per_gpu_hour", "available_hours"},
        {"tco_with_capital_usd_per_h100e_hour", "available_h100e_hours"},
        {"usd_per_million_tokens", "million_tokens"},
        {"utilisation", "capacity_h100e_hours"}};
    return names;
}

/// One metric of a run as the oracle has it, in the form in which it is compared.
class Expected {
public:
    Expected(const std::string& metric, const SeriesTable& series)
        : metric_(metric), groups_(series.at(metric)) {
        if (divisors().contains(metric) && series.contains(divisors().at(metric)))
            divisors_ = &series.at(divisors().at(metric));
        for (const auto& [key, row] : groups_) {
            kinds_.insert(key.first);
            for (std::size_t p = 0; p < row.size(); ++p) {
                largest_ = std::max(largest_, std::fabs(comparable(key, p, row[p]).value_or(0)));
                largest_divisor_ = std::max(largest_divisor_, divisor(key, p));
            }
        }
    }

    bool agrees(const GroupKey& key, std::size_t p, std::optional<double> ours,
                double slack) const {
        const auto row = groups_.find(key);
        if (row == groups_.end())
            return !ours || (*ours == 0 && kinds_.contains(key.first));
        const auto mine = comparable(key, p, ours);
        const auto theirs = comparable(key, p, row->second.at(p));
        if (mine && theirs)
            return std::fabs(*mine - *theirs) <= slack;
        if (!mine && theirs && divisors_ != nullptr)
            return divisor(key, p) <= little * largest_divisor_;
        return mine.has_value() == theirs.has_value();
    }

    std::optional<double> figure(const GroupKey& key, std::size_t p) const {
        const auto row = groups_.find(key);
        return row == groups_.end() ? std::nullopt : row->second.at(p);
    }

    double largest() const { return largest_; }
    double largest_divisor() const { return largest_divisor_; }

private:
    double divisor(const GroupKey& key, std::size_t p) const {
        if (divisors_ == nullptr || !divisors_->contains(key))
            return 1;
        return divisors_->at(key).at(p).value();
    }

    /// Hours between failures are compared as failures an hour, 0 where they are empty: a fleet
    /// that is gone but for rounding has any number of hours, but no failures.
    std::optional<double> comparable(const GroupKey& key, std::size_t p,
                                     std::optional<double> value) const {
        if (metric_ == "hours_between_failures")
            return value ? 1.0 / *value : 0.0;
        return value ? std::optional(*value * divisor(key, p)) : value;
    }

    std::string metric_;
    const std::map<GroupKey, Series>& groups_;
    const std::map<GroupKey, Series>* divisors_ = nullptr;
    std::set<std::string> kinds_;
    double largest_ = 0;
    double largest_divisor_ = 0;
};

/// Where a fleet, or what is served, is nothing but rounding: a quotient then has any value or
/// none, and who is charged is anybody.
class Nothing {
public:
    Nothing(const ProgramFigures& ours, const Figures& expected)
        : ours_(ours.series), theirs_(expected.series) {}

    bool holds(const std::string& metric, const GroupKey& key, std::size_t p) const {
        if (metric.starts_with("tco_"))
            return is_little(
                ours_, metric.find("h100e") == std::string::npos ? "available" : "available_h100e",
                key, p);
        const GroupKey total{"total", "total"};
        if (metric.starts_with("charged_") || metric == "usd_per_million_tokens")
            return key != total && is_little(ours_, "served_h100e", total, p) &&
                   is_little(theirs_, "served_h100e", total, p);
        return false;
    }

private:
    static bool is_little(const SeriesTable& series, const std::string& metric, const GroupKey& key,
                          std::size_t p) {
        const auto& groups = series.at(metric);
        if (!groups.contains(key))
            return false;
        double largest = 0;
        for (const std::optional<double>& value : groups.at({"total", "total"}))
            largest = std::max(largest, value.value_or(0));
        return groups.at(key).at(p).value_or(0) <= little * largest;
    }

    const SeriesTable& ours_;
    const SeriesTable& theirs_;
};

/// The unit in which a metric is compared.
std::string unit_of(const std::string& metric, const ProgramFigures& ours) {
    if (metric == "hours_between_failures")
        return ours.units.at("failures");
    if (metric.starts_with("tco_") || metric == "usd_per_million_tokens")
        return ours.units.at("opex_usd");
    return ours.units.at(metric);
}

std::string text_of(std::optional<double> value) {
    return value ? fmt::format("{}", *value) : "empty";
}

} // namespace

void Differences::add(std::string what) {
    ++found;
    if (first.size() < kept)
        first.push_back(std::move(what));
}

void Differences::same(const std::string& what, const std::string& ours,
                       const std::string& theirs) {
    if (ours != theirs)
        add(fmt::format("{}: \"{}\" against \"{}\"", what, ours, theirs));
}

void compare_figures(const ProgramFigures& ours, const Figures& expected, const std::string& where,
                     Differences& differences) {
    differences.same(where + "periods", fmt::format("{}", fmt::join(ours.periods, " ")),
                     fmt::format("{}", fmt::join(expected.periods, " ")));
    if (ours.periods != expected.periods)
        return;
    std::map<std::string, double> of_unit; // largest figure
    for (const auto& [metric, groups] : ours.series) {
        double& largest = of_unit[unit_of(metric, ours)];
        largest = std::max(largest, Expected(metric, expected.series).largest());
    }
    const Nothing nothing(ours, expected);
    for (const auto& [metric, our_groups] : ours.series) {
        const Expected theirs(metric, expected.series);
        const double scale =
            metric == "utilisation" ? theirs.largest_divisor() : of_unit[unit_of(metric, ours)];
        const double slack = std::max(tolerance * theirs.largest(), rounding * scale);
        for (const auto& [key, our_row] : our_groups) {
            for (std::size_t p = 0; p < ours.periods.size(); ++p) {
                ++differences.compared;
                if (!theirs.agrees(key, p, our_row.at(p), slack) && !nothing.holds(metric, key, p))
                    differences.add(fmt::format("{}{} of {} {} in {}: {} against {}", where, metric,
                                                key.first, key.second, expected.periods.at(p),
                                                text_of(our_row.at(p)),
                                                text_of(theirs.figure(key, p))));
            }
        }
    }
}

void compare_trials(const TrialRange& range, const Json& catalog, const RunTrials& run_trials,
                    Differences& differences, Edges& edges) {
    const auto answer = run_trials(range);
    if (const auto* failure = std::get_if<std::string>(&answer))
        return differences.add(*failure);
    const auto& trials = std::get<std::vector<ProgramFigures>>(answer);
    if (trials.size() != range.count)
        return differences.add(fmt::format("{} trials for {}", trials.size(), range.count));
    const Json scenario = Json::parse(range.text, nullptr, true, true);
    for (std::size_t k = 0; k < trials.size(); ++k) {
        const Figures expected =
            run_trial(scenario, catalog, range.seed, range.first + k, range.every);
        add(edges, expected.edges);
        compare_figures(trials[k], expected, fmt::format("trial {}: ", range.first + k),
                        differences);
    }
}

} // namespace fleetcast::oracle
