// The kinds, one after the other.
#include "oracle/random_laws.hpp"

#include <algorithm>
#include <cmath>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

bool LawMaker::limited() const { return range.low > 0 || !std::isinf(range.high); }

/// For a support that leaves every range.
Json LawMaker::cut(Json law) {
    const double wide_low = std::max(range.low, low * 0.8);
    const double wide_high = std::min(range.high, high * 1.5);
    const bool open_above = std::isinf(range.high) && dice.chance(50);
    law[dice.chance(60) ? "truncate" : "clamp"] =
        Json::array({wide_low, open_above ? Json() : Json(wide_high)});
    return law;
}

/// For a support of all numbers above 0.
Json LawMaker::cut_if_needed(Json law) { return limited() ? cut(law) : law; }

Json LawMaker::interval() {
    const bool share = field.size() > 6 && field.substr(field.size() - 6) == "_share";
    const bool inside_1 = low > 0 && high < 1;
    Json law = {{"interval", {low, high}}};
    if (dice.chance(50))
        law["confidence"] = dice.pick<double>({0.5, 0.8, 0.95});
    if (dice.chance(50)) { // the shape that it has when none is given
        if (share && inside_1)
            return range.low > 0 || range.high < 1 ? cut(law) : law;
        if (share)
            law["shape"] = "lognormal";
        return cut_if_needed(law);
    }
    if (inside_1 && dice.chance(50)) {
        law["shape"] = "logit-normal";
        return range.low > 0 || range.high < 1 ? cut(law) : law;
    }
    law["shape"] = dice.chance(50) ? "normal" : "lognormal";
    return cut(law);
}

/// A part of a mixture, above 0.
Json LawMaker::component() {
    switch (dice.below(9)) {
    case 0:
        return low;
    case 1:
        return {{"uniform", {low, value}}};
    case 2:
        return {{"triangular", {low, value, high}}};
    case 3:
        return {{"pert", {low, value, high}}};
    case 4:
        return {{"discrete", {{low, 0.5}, {high, 0.5}}}};
    case 5:
        return {{"empirical", {low, value, value, high}}};
    case 6:
        return {{"lognormal", {{"median", value}, {"sigma", 0.3}}}};
    case 7:
        return {{"interval", {low, high}}, {"shape", "lognormal"}};
    default:
        return {{"normal", {value, four_digits(value * 0.15)}}};
    }
}

Json LawMaker::mixture() {
    const std::vector<std::vector<double>> shares = {
        {0.3, 0.7}, {0.2, 0.8}, {0.5, 0.25, 0.25}, {1}, {0.125, 0.375, 0.25, 0.25}};
    Json parts = Json::array();
    bool above_0 = false;  // some part can be any number above 0
    bool anywhere = false; // some part can be any number
    for (const double share : dice.pick(shares)) {
        const Json part = component();
        anywhere = anywhere || part.contains("normal");
        above_0 = above_0 || part.contains("lognormal") || part.contains("interval");
        parts.push_back(Json::array({part, share}));
    }
    const Json law = {{"mixture", parts}};
    return anywhere ? cut(law) : above_0 ? cut_if_needed(law) : law;
}

Json LawMaker::make() {
    switch (dice.below(11)) {
    case 0:
        return {{"uniform", {low, high}}};
    case 1:
        return {{"triangular", {low, value, high}}};
    case 2:
        return {{"pert", {low, value, high}}};
    case 3:
        return cut({{"normal", {value, four_digits(value * 0.2)}}});
    case 4:
        return cut_if_needed({{"lognormal", {{"median", value}, {"sigma", 0.25}}}});
    case 5:
    case 6:
        return interval();
    case 7:
        return {{"discrete", {{value, 0.5}, {low, 0.25}, {high, 0.25}}}};
    case 8:
        return {{"discrete", {{low, 0.5}, {high, 0.5}}}};
    case 9:
        return mixture();
    default:
        return {{"empirical", {value, low, high, four_digits((low + value) / 2), value}}};
    }
}

Json LawMaker::make_fixed() {
    switch (dice.below(6)) {
    case 0:
        return {{"uniform", {value, value}}};
    case 1:
        return {{"triangular", {value, value, value}}};
    case 2:
        return {{"pert", {value, value, value}}};
    case 3:
        return {{"discrete", Json::array({Json::array({value, 1})})}};
    case 4:
        return {{"lognormal", {{"median", value}, {"sigma", 0}}}};
    default:
        return {{"empirical", Json::array({value})}};
    }
}

Json LawMaker::make_free() {
    const double sd = std::max(four_digits((high - low) / 4), 0.001);
    switch (dice.below(9)) {
    case 0:
        return {{"uniform", {low, high}}};
    case 1:
        return {{"triangular", {low, value, high}}};
    case 2:
        return {{"pert", {low, value, high}}};
    case 3:
        return {{"normal", {value, sd}}};
    case 4: {
        Json law = {{"interval", {low, high + sd}}, {"shape", "normal"}};
        if (dice.chance(50))
            law["confidence"] = 0.8;
        return law;
    }
    case 5:
        return {{"discrete", {{low, 0.3}, {value + sd / 8, 0.4}, {high, 0.3}}}};
    case 6:
        return {{"empirical", {low, value, high, high}}};
    case 7: {
        const Json wide = {{"normal", {high, sd}}};
        return {{"mixture", {{value, 0.6}, {wide, 0.4}}}};
    }
    default: {
        const Json part = {{"uniform", {low, value}}};
        const Json other = {{"triangular", {low, value, high}}};
        return {{"mixture", {{part, 0.25}, {other, 0.75}}}};
    }
    }
}

} // namespace fleetcast::oracle
