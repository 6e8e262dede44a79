// Claimants and pools put together as far as nothing tells them apart. Interface: ClaimGroup,
// claim_groups(), linked_sets().
#pragma once

#include <fleetcast/simulate/allocation.hpp>

#include <vector>

namespace fleetcast {

/// Claimants and pools that hang together. Those of a class may use the same pools, and the pools
/// of a kind may be used by the same claimants.
struct ClaimGroup {
    std::vector<std::vector<Index>> classes; // [class] claimants
    std::vector<std::vector<Index>> kinds;   // [kind] pools
    std::vector<std::vector<Index>> reach;   // [class] kinds of pools that it may use, ascending
};

/// Groups that have no claimant and no pool in common. Pools that nobody may use, and claimants
/// that may use none, are in no group.
std::vector<ClaimGroup> claim_groups(const std::vector<Claimant>& claimants,
                                     std::size_t pool_count);

/// Classes that can be short together, and the kinds of pools they share; both ascending.
struct LinkedSet {
    std::vector<Index> classes, kinds;
};

/// The sets of classes that decide what is possible: what their members are served in all must not
/// exceed the pools that some member may use. Left out are sets that fall apart into two with no
/// pool in common, and those to which a class could be added that brings no pool along: another set
/// says more. Empty where there are more than `most`.
std::vector<LinkedSet> linked_sets(const std::vector<std::vector<Index>>& reach, std::size_t most);

} // namespace fleetcast
