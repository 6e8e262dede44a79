// A program's figures against those of the oracle, of one run or of trials. Interface:
// compare_figures(), compare_trials(). How the program is run is left to the caller, so nothing
// here knows it.
#pragma once

#include "oracle/oracle.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace fleetcast::oracle {

/// What a program says: every figure of one run or trial.
struct ProgramFigures {
    std::vector<std::string> periods;         // ISO first day
    std::map<std::string, std::string> units; // [metric]
    SeriesTable series;                       // every metric, as in oracle::Figures
};

/// Where the two disagree, as sentences; the first few are kept.
struct Differences {
    std::vector<std::string> first;
    long found = 0;
    long compared = 0; // figures

    void add(std::string what);
    void same(const std::string& what, const std::string& ours, const std::string& theirs);
};

/// Figure by figure, to 1e-9 of the largest figure of the metric in that run. Ratios are compared
/// by what they divide: by little, they can be anything. A row that the oracle does not have must
/// be empty, or 0 where it has others of the metric by the same kind. `where` begins each sentence.
void compare_figures(const ProgramFigures& ours, const Figures& expected, const std::string& where,
                     Differences& differences);

/// Which trials of which scenario.
struct TrialRange {
    std::string text;             // the scenario
    std::string every = "period"; // or quarter, year
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    std::size_t count = 1;
};

/// Runs trials first, first + 1, ... by random sampling: one entry each, or why it could not.
using RunTrials =
    std::function<std::variant<std::vector<ProgramFigures>, std::string>(const TrialRange&)>;

/// Every trial of the range by the program and by the oracle, whose edges are added up.
void compare_trials(const TrialRange& range, const Json& catalog, const RunTrials& run_trials,
                    Differences& differences, Edges& edges);

} // namespace fleetcast::oracle
