// Single figures of a run of the oracle, for its tests.
#pragma once

#include "oracle/oracle.hpp"

#include <cstddef>
#include <string>

namespace fleetcast::oracle {

/// A figure of a group; throws where there is none, or it is empty.
inline double figure(const Figures& figures, const std::string& metric, std::size_t period,
                     const std::string& by = "total", const std::string& group = "total") {
    return figures.series.at(metric).at({by, group}).at(period).value();
}

inline bool empty(const Figures& figures, const std::string& metric, std::size_t period,
                  const std::string& by = "total", const std::string& group = "total") {
    return !figures.series.at(metric).at({by, group}).at(period).has_value();
}

} // namespace fleetcast::oracle
