// Why a trial could not be finished: a mistake of the input that only a run can see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace fleetcast {

/// What the two sides of a law of conservation may differ by, of its largest term (rules.md, C1).
inline constexpr double conservation_slack = 1e-9;

struct TrialFailure {
    std::string path; // of the value; empty: of the whole
    std::string message;
    bool internal = false; // a law of conservation was broken: not the user's mistake
    std::uint64_t trial = 0;
    std::size_t plan = 0; // of those run together
    bool operator==(const TrialFailure&) const = default;
};

} // namespace fleetcast
