// A share of trials and how well a run knows it.
// Interface: Proportion, proportion_of(), trials_to_settle(). What a check makes of it is left to
// expectations.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace fleetcast {

struct Proportion {
    double share = 0;         // of the trials
    double se = 0;            // standard error of the share
    double low = 0, high = 0; // Wilson interval with z = 2; of one trial both are the share
    bool operator==(const Proportion&) const = default;
};

/// The share of `trials` in which something held, from the trials in which it did in each of the
/// equal replicates [replicate]. One replicate: the binomial error (rules.md, S1); several: that
/// of their mean (R6).
/// The interval is E. B. Wilson's (JASA 22, 1927) at the number of random trials that would have
/// the same error, n = s(1 - s)/se^2: the trials of one replicate; with several, which are
/// stratified, what their spread tells (between 16 and 1e18), or the trials where it tells nothing
/// because all replicates agree.
Proportion proportion_of(const std::vector<std::uint64_t>& held, std::uint64_t trials);

/// At how many trials the interval would no longer hold `probability`, if the share stayed what it
/// is: Wilson's leaves it out when (s - p)^2 > z^2 p(1 - p)/n. Rounded up to two digits; nothing
/// where the share is the probability.
std::optional<double> trials_to_settle(const std::vector<std::uint64_t>& held, std::uint64_t trials,
                                       double probability);

} // namespace fleetcast
