// The correlations that a scenario lists, as one matrix (rules.md, R3).
// Interface: ScoreMatrix, score_matrix().
#pragma once

#include <fleetcast/model/scenario.hpp>
#include <fleetcast/random/correlation.hpp>

#include <string>
#include <vector>

namespace fleetcast {

/// Correlations of the normal scores of the inputs listed, 0 where a pair is not listed.
struct ScoreMatrix {
    std::vector<std::string> paths; // in the order first listed
    Matrix matrix;                  // [path][path]
};

/// The matrix of all lists. A path named twice in one list counts once; of a pair in two lists
/// the later holds.
ScoreMatrix score_matrix(const Scenario& scenario);

} // namespace fleetcast
