// How often a run of the oracle met each limit and edge of the rules. Interface: hit(), add(),
// edge_table(). Summing over many runs is in random_edges.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fleetcast::oracle {

using Edges = std::map<std::string, long>;

/// The edges that runs of the medians meet too, in the order of the printed table; those of demand
/// are listed where they are counted.
const std::vector<std::string>& edge_names();

/// Those that only trials off the medians meet (a clamp may act at a median as well).
const std::vector<std::string>& trial_edge_names();

/// All edges at count 0.
Edges no_edges();

/// Counts one edge (or `times`); throws std::logic_error for a name that is in neither list.
void hit(Edges& edges, const std::string& name, long times = 1);

/// Adds counts to counts.
void add(Edges& sum, const Edges& more);

/// The counts as text, one edge a line.
std::string edge_table(const Edges& edges);

} // namespace fleetcast::oracle
