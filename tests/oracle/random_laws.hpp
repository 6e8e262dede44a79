// Random distributions of every kind. Interface: LawMaker.
#pragma once

#include "oracle/random_dice.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <string>

namespace fleetcast::oracle {

struct Range { // legal values of a field
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
};

struct LawMaker {
    Dice& dice;
    double value; // a likely one
    double low;   // low < value < high, all in the range
    double high;
    Range range;
    std::string field; // its own name: the shape of an interval hangs on it

    /// A distribution above 0 and inside the range, cut where its support would leave it.
    nlohmann::ordered_json make();
    /// A distribution without regard to the range, `low` and `value` of any sign; of the kinds only
    /// normal, interval and mixture have an unbounded support.
    nlohmann::ordered_json make_free();
    /// A distribution that is always `value`.
    nlohmann::ordered_json make_fixed();

private:
    nlohmann::ordered_json interval();
    nlohmann::ordered_json mixture();
    nlohmann::ordered_json component();
    nlohmann::ordered_json cut(nlohmann::ordered_json law);
    nlohmann::ordered_json cut_if_needed(nlohmann::ordered_json law);
    bool limited() const;
};

} // namespace fleetcast::oracle
