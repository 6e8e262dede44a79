// Each row is held against its counterpart, found by name.
#include <fleetcast/report/differences.hpp>

#include <fleetcast/report/common_periods.hpp>
#include <fleetcast/report/series_index.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace fleetcast {
namespace {

/// A difference, and how large it is of its own size.
struct Ranked {
    Difference difference;
    double size = 0; // from 0 to 2
};

constexpr double largest_size = 2; // as of 0 and any other figure

double size_of(const Difference& each) {
    if (!each.before || !each.after)
        return largest_size;
    const double a = *each.before, b = *each.after;
    const double larger = std::max(std::abs(a), std::abs(b)); // keeps the sum finite
    return largest_size * std::abs(a / larger - b / larger) /
           (std::abs(a / larger) + std::abs(b / larger));
}

/// How far apart two figures are; one without a counterpart comes behind all others.
double distance(std::optional<double> a, std::optional<double> b) {
    if (a && b)
        return std::abs(*a - *b);
    return a.has_value() == b.has_value() ? 0 : std::numeric_limits<double>::denorm_min();
}

/// Where the two rows differ most, if they do.
std::optional<Difference> difference_of(const SeriesRow& base, const SeriesRow& other,
                                        std::string_view stat, const ForecastResult& result,
                                        const std::vector<CommonPeriod>& periods) {
    std::optional<Difference> found;
    double most = 0;
    for (const CommonPeriod& each : periods) {
        const auto before = figure(&base, stat, each.base),
                   after = figure(&other, stat, each.other);
        const double apart = distance(before, after);
        if (apart <= most)
            continue;
        most = apart;
        found =
            Difference{base.metric,
                       base.unit,
                       base.by,
                       base.group,
                       result.periods[each.base],
                       before,
                       after,
                       before && after && *before != 0 ? std::optional((*after - *before) / *before)
                                                       : std::nullopt};
    }
    return found;
}

bool has_stat(const SeriesRow& row, std::string_view stat) {
    return !is_uncertain(&row) ||
           std::ranges::any_of(row.stats, [&](const auto& each) { return each.first == stat; });
}

/// Whether any statistic that both have differs in one of the periods.
bool rows_differ(const SeriesRow& base, const SeriesRow& other,
                 const std::vector<CommonPeriod>& periods) {
    for (const SeriesRow* row : {&base, &other})
        for (const auto& [stat, figures] : row->stats) {
            if (!has_stat(base, stat) || !has_stat(other, stat) ||
                (stat == "value" && is_uncertain(row == &base ? &other : &base)))
                continue;
            for (const CommonPeriod& each : periods)
                if (figure(&base, stat, each.base) != figure(&other, stat, each.other))
                    return true;
        }
    return false;
}

bool is_nothing(const SeriesRow& row) {
    return std::ranges::all_of(row.stats, [](const auto& stat) {
        return std::ranges::all_of(stat.second,
                                   [](const auto& each) { return each.value_or(0) == 0; });
    });
}

/// Whether the figures of one differ from those of the other, seen from the rows of the one.
bool figures_differ(const ForecastResult& result, const SeriesIndex& index, const std::string& one,
                    const std::string& other, const std::vector<CommonPeriod>& periods) {
    return std::ranges::any_of(result.series, [&](const SeriesRow& row) {
        if (row.scenario != one)
            return false;
        const SeriesRow* counterpart = index.find(other, row.by, row.group, row.metric);
        if (counterpart != nullptr)
            return rows_differ(row, *counterpart, periods);
        const bool has_metric = index.find(other, "total", "total", row.metric) != nullptr;
        return has_metric && !index.groups(other, row.by).empty() && !is_nothing(row);
    });
}

/// Whether an outcome of one is another, or none, of the other.
bool outcomes_differ(const ForecastResult& result, const std::string& one,
                     const std::string& other) {
    const auto& rows = result.outcomes;
    return std::ranges::any_of(rows, [&](const OutcomeRow& row) {
        if (row.scenario != one)
            return false;
        bool is_there = false, has_stats = false; // in the other
        for (const OutcomeRow& each : rows) {
            if (each.scenario != other || each.outcome != row.outcome)
                continue;
            if (each.stat == row.stat)
                return each.number != row.number || each.date != row.date;
            is_there = true;
            has_stats = has_stats || each.stat != "value";
        }
        return !is_there || has_stats != (row.stat != "value");
    });
}

bool checks_differ(const ForecastResult& result, const std::string& one, const std::string& other) {
    return std::ranges::any_of(result.checks, [&](const CheckRow& row) {
        return row.scenario == one &&
               std::ranges::none_of(result.checks, [&](const CheckRow& each) {
                   return each.scenario == other && each.check == row.check &&
                          each.verdict == row.verdict;
               });
    });
}

} // namespace

std::vector<Difference> largest_differences(const ForecastResult& base, std::string_view base_name,
                                            const ForecastResult& other,
                                            std::string_view other_name, std::string_view stat) {
    const SeriesIndex others(other);
    const auto periods = common_periods(base, base_name, other, other_name);
    std::vector<Ranked> ranked;
    for (const SeriesRow& row : base.series) {
        const SeriesRow* counterpart = row.scenario == base_name
                                           ? others.find(other_name, row.by, row.group, row.metric)
                                           : nullptr;
        if (counterpart == nullptr)
            continue;
        if (auto found = difference_of(row, *counterpart, stat, base, periods)) {
            const double size = size_of(*found);
            ranked.push_back({std::move(*found), size});
        }
    }
    std::ranges::stable_sort(ranked, std::greater(), &Ranked::size);
    std::vector<Difference> out;
    for (Ranked& each : ranked)
        out.push_back(std::move(each.difference));
    return out;
}

ForecastResult asked_of(const ForecastResult& result, const View& view) {
    ForecastResult asked = result;
    std::erase_if(asked.series, [&](const SeriesRow& row) {
        return (row.by != "total" && row.by != view.by) ||
               std::ranges::find(view.metrics, row.metric) == view.metrics.end();
    });
    if (view.period)
        for (SeriesRow& row : asked.series)
            for (auto& [stat, figures] : row.stats)
                for (std::size_t p = 0; p < figures.size(); ++p)
                    if (asked.periods[p] != *view.period)
                        figures[p].reset();
    return asked;
}

bool differ(const ForecastResult& result) {
    const SeriesIndex index(result);
    return std::ranges::any_of(result.manifest.comparisons, [&](const Comparison& names) {
        const auto periods = common_periods(result, names.base, result, names.other);
        const auto both_ways = [&](const auto& test) {
            return test(names.base, names.other) || test(names.other, names.base);
        };
        return both_ways([&](const std::string& one, const std::string& other) {
            return figures_differ(result, index, one, other, periods) ||
                   outcomes_differ(result, one, other) || checks_differ(result, one, other);
        });
    });
}

} // namespace fleetcast
