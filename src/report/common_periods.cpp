// A period ends where the next of its scenario begins, the last one with the horizon.
#include <fleetcast/report/common_periods.hpp>

#include <fleetcast/base/time_grid.hpp>
#include <fleetcast/report/series_index.hpp>

namespace fleetcast {
namespace {

std::string day_after(const std::string& iso) {
    const auto date = parse_date(iso);
    return date ? iso_day(last_day(*date) + std::chrono::days(1)) : std::string();
}

bool are_same(const PeriodSpan& a, const PeriodSpan& b) {
    return a.first == b.first && (a.next == b.next || a.next.empty() || b.next.empty());
}

} // namespace

std::vector<PeriodSpan> spans_of(const ForecastResult& result, std::string_view scenario) {
    const ManifestScenario* own = scenario_named(result.manifest, scenario);
    std::vector<PeriodSpan> spans;
    for (const std::size_t p : periods_of(result, scenario, std::nullopt)) {
        if (!spans.empty())
            spans.back().next = result.periods[p];
        spans.push_back({p, result.periods[p], {}});
    }
    if (!spans.empty() && own != nullptr)
        spans.back().next = day_after(own->end);
    return spans;
}

std::vector<CommonPeriod> common_periods(const ForecastResult& base, std::string_view base_name,
                                         const ForecastResult& other, std::string_view other_name) {
    std::vector<CommonPeriod> common;
    const std::vector<PeriodSpan> mine = spans_of(base, base_name),
                                  others = spans_of(other, other_name);
    for (std::size_t a = 0, b = 0; a < mine.size() && b < others.size();) {
        if (are_same(mine[a], others[b]))
            common.push_back({mine[a].period, others[b].period});
        const bool is_behind = mine[a].first <= others[b].first;
        b += others[b].first <= mine[a].first;
        a += is_behind;
    }
    return common;
}

} // namespace fleetcast
