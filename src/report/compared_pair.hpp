// The largest differences, milestones, trainings, shortages and checks of two scenarios side by
// side. Interface: ComparedPair, largest_beside(), milestones_beside() and its like. The figures of
// all periods are left to compare_terminal.cpp.
#pragma once

#include "telling.hpp"

namespace fleetcast {

/// A comparison with what its parts need.
struct ComparedPair {
    const Comparison& names;
    std::string base, other;          // over columns
    std::vector<std::size_t> periods; // that both have
};

/// One scale for both and the change, fine enough for two digits of the largest change.
Scale scale_of_pair(std::string_view unit, const Estimates& base, const Estimates& other,
                    const Estimates& change, bool uncertain);

/// The figures that differ most of their size, of what was asked: the total, then its members;
/// empty where none differs.
std::string largest_beside(const Telling& telling, const ComparedPair& pair,
                           const ForecastResult& asked);

/// When each reaches them, and the shift of the median dates; empty without milestones.
std::string milestones_beside(const Telling& telling, const ComparedPair& pair);

/// When each completes them, and the shift of the median days; empty without trainings.
std::string trainings_beside(const Telling& telling, const ComparedPair& pair);

/// Teams and workloads that are short in some trials of either; empty where none is.
std::string shortages_beside(const Telling& telling, const ComparedPair& pair);

/// Each condition with both verdicts; empty without checks.
std::string checks_beside(const Telling& telling, const ComparedPair& pair);

} // namespace fleetcast
