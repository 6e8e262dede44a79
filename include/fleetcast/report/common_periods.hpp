// The periods of scenarios in results, with their days. Interface: PeriodSpan, spans_of(),
// CommonPeriod, common_periods().
#pragma once

#include <fleetcast/report/forecast_result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// A period of a scenario, as ISO days.
struct PeriodSpan {
    std::size_t period = 0; // in the periods of the result
    std::string first;
    std::string next; // the day after its last; empty where the result does not know it
    bool operator==(const PeriodSpan&) const = default;
};

/// The periods of a scenario, in order; of a name that the manifest lacks all of the result's.
std::vector<PeriodSpan> spans_of(const ForecastResult& result, std::string_view scenario);

/// A period that two scenarios have, as the indices in their results.
struct CommonPeriod {
    std::size_t base = 0, other = 0;
    bool operator==(const CommonPeriod&) const = default;
};

/// Periods with the same first and the same last day, in order.
std::vector<CommonPeriod> common_periods(const ForecastResult& base, std::string_view base_name,
                                         const ForecastResult& other, std::string_view other_name);

} // namespace fleetcast
