// The closed sets of words of a scenario: what is written, and what it means.
// Interface: Words, HasWords.
#pragma once

#include <fleetcast/model/scenario.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace fleetcast {

template <class Enum, std::size_t N>
using WordTable = std::array<std::pair<std::string_view, Enum>, N>;

/// `Words<Enum>::table`: the words of a set, in the order in which messages list them.
template <class Enum> struct Words;

template <> struct Words<Step> {
    static constexpr WordTable<Step, 2> table{{{"month", Step::month}, {"week", Step::week}}};
};

template <> struct Words<Every> {
    static constexpr WordTable<Every, 3> table{
        {{"period", Every::period}, {"quarter", Every::quarter}, {"year", Every::year}}};
};

template <> struct Words<Basis> {
    static constexpr WordTable<Basis, 4> table{{{"bf16", Basis::bf16},
                                                {"fp8", Basis::fp8},
                                                {"memory_bandwidth", Basis::memory_bandwidth},
                                                {"memory", Basis::memory}}};
};

template <> struct Words<Curve> {
    static constexpr WordTable<Curve, 4> table{{{"linear", Curve::linear},
                                                {"s-curve", Curve::s_curve},
                                                {"front-loaded", Curve::front_loaded},
                                                {"back-loaded", Curve::back_loaded}}};
};

template <> struct Words<CheckSeverity> {
    static constexpr WordTable<CheckSeverity, 2> table{
        {{"error", CheckSeverity::error}, {"warn", CheckSeverity::warn}}};
};

template <> struct Words<IntervalShape> {
    static constexpr WordTable<IntervalShape, 3> table{
        {{"lognormal", IntervalShape::lognormal},
         {"normal", IntervalShape::normal},
         {"logit-normal", IntervalShape::logit_normal}}};
};

template <class T>
concept HasWords = requires {
    Words<T>::table;
};

} // namespace fleetcast
