// How random values are made; every distribution keeps inside the range of its field. The kinds of
// distributions are left to random_laws.
#include "oracle/random_values.hpp"

#include "oracle/oracle_time.hpp"
#include "oracle/random_laws.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

double four_digits(double value) {
    if (value == 0)
        return 0;
    double scale = 1;
    while (std::abs(value) * scale < 1000)
        scale *= 10;
    while (std::abs(value) * scale >= 10000 && scale > 1)
        scale /= 10;
    return std::round(value * scale) / scale;
}

double Dice::between(double low, double high) {
    const double u = static_cast<double>(next() >> 11) / 9007199254740992.0;
    return std::clamp(four_digits(low + u * (high - low)), low, high);
}

std::string Horizon::month_text(int offset) const { return day_text(offset, 1).substr(0, 7); }

std::string Horizon::day_text(int offset, int day_of_month) const {
    const int count = year * 12 + month - 1 + offset;
    return iso({count / 12, count % 12 + 1, day_of_month});
}

std::string ValueMaker::date(int low_month, int high_month) {
    const int offset = dice_.from_to(low_month, high_month);
    if (dice_.chance(65))
        return horizon_.month_text(offset);
    return horizon_.day_text(offset, dice_.from_to(1, 28));
}

std::string ValueMaker::add_input(const std::string& field, const Json& value) {
    const std::string name = "i" + std::to_string(inputs_.size()) + "_" + field;
    inputs_[name] = value;
    return name;
}

Json ValueMaker::law(const std::string& field, double value, Range range) {
    if (dice_.chance(3))
        return LawMaker{dice_, value, value, value, range, field}.make_fixed();
    double low = std::max(four_digits(value * dice_.between(0.6, 0.9)), range.low);
    double high = std::min(four_digits(value * dice_.between(1.1, 1.5)), range.high);
    if (low == value)
        low = four_digits(value * 0.99 + range.low * 0.01);
    if (high == value)
        high = four_digits(value * 0.99 + range.high * 0.01);
    low = std::min(low, value);
    high = std::max(high, value);
    Json law = LawMaker{dice_, value, low, high, range, field}.make();
    const bool free = !law.contains("truncate") && !law.contains("clamp");
    if (free && dice_.chance(25)) {
        const double cut = dice_.chance(50) ? value : four_digits((low + value) / 2);
        const double upper = four_digits(value + (high - value) * 0.6);
        Json ends = Json::array({std::max(cut, range.low), Json()});
        if (dice_.chance(30))
            ends = Json::array({Json(), std::min(upper, range.high)});
        else if (cut < value && value < upper && dice_.chance(40))
            ends[1] = upper;
        // A truncation must leave something of what has atoms.
        const bool clamp =
            law.contains("mixture") || (law.contains("discrete") && ends[1] == upper);
        law[clamp || dice_.chance(50) ? "clamp" : "truncate"] = ends;
    }
    if (dice_.chance(3))
        law["citation"] = "made up";
    return law;
}

Json ValueMaker::free_law(double low, double middle, double high) {
    Json law =
        LawMaker{dice_, middle, std::min(low, middle), std::max(high, middle), {-1e9}, "free"}
            .make_free();
    if (dice_.chance(20)) {
        law[dice_.chance(50) ? "truncate" : "clamp"] = dice_.chance(50)
                                                           ? Json::array({low - 0.5, high + 0.5})
                                                           : Json::array({low - 0.25, Json()});
    }
    return law;
}

Json ValueMaker::formula(const std::string& field, const Json& base, double factor,
                         bool uncertain) {
    const std::string b = add_input(field, base);
    std::vector<std::string>& known = known_["factor"]; // one draw in several formulas
    const bool shared = uncertain && factor == 1.25 && !known.empty() && dice_.chance(40);
    const std::string k =
        shared ? dice_.pick(known)
               : add_input("factor", uncertain ? law("factor", factor) : Json(factor));
    if (uncertain && !shared && factor == 1.25)
        known.push_back(k);
    const std::vector<std::string> texts = {b + " * " + k,
                                            "max(" + b + ", -1e12) * " + k + " ^ 2 / " + k,
                                            b + " * exp(log(" + k + "))",
                                            "min(" + b + "*" + k + ", 1.5e15)",
                                            "-(-" + b + ") * sqrt(" + k + " ^ 2)",
                                            b + " * " + k + " + (-" + k + "^2 + " + k + " * " + k +
                                                ")",
                                            b + " * " + k + " * 2 ^ 1 ^ 3 / 2",
                                            "(" + b + " - 3 - -3) * abs(-" + k + ")"};
    return {{"formula", dice_.pick(texts)}};
}

Json ValueMaker::scalar_formula(const std::string& field, double value, Range range) {
    const double base = four_digits(value / 1.25);
    const bool no_limits = range.low == 0 && std::isinf(range.high);
    // What a formula gives must stay in the range whatever its inputs draw.
    const Range narrow{range.low / 1.25 * 1.01, range.high / 1.25 * 0.99};
    const bool inside = base > narrow.low && base < narrow.high;
    const Json start = inside && dice_.chance(60) ? law(field, base, narrow) : Json(base);
    return formula(field, start, 1.25, no_limits && dice_.chance(50));
}

Json ValueMaker::scalar(const std::string& field, double value, Range range) {
    value = four_digits(value);
    if (value <= 0)
        return value;
    const int kind = dice_.below(100);
    const bool inside = value > range.low && value < range.high;
    if (kind < 42 || !inside)
        return value;
    if (kind < 76)
        return law(field, value, range);
    if (kind < 90) {
        std::vector<std::string>& known = known_[field];
        if (known.empty() || dice_.chance(60)) {
            Json input = dice_.chance(75) ? law(field, value, range) : Json(value);
            if (dice_.chance(15))
                input = scalar_formula(field, value, range);
            if (!known.empty() && dice_.chance(15))
                input = {{"ref", "inputs." + dice_.pick(known)}};
            known.push_back(add_input(field, input));
        }
        return {{"ref", "inputs." + dice_.pick(known)}};
    }
    return scalar_formula(field, value, range);
}

Json ValueMaker::delay(int low, int high) {
    const double middle = dice_.from_to(low, high);
    const int kind = dice_.below(100);
    if (kind < 30)
        return middle;
    if (kind < 38)
        return dice_.between(low, high);
    if (kind < 45 && middle > 0)
        return law("delay_months", middle);
    if (kind < 80)
        return free_law(low, middle, high);
    std::vector<std::string>& known = known_["delay"];
    if (known.empty() || dice_.chance(50))
        known.push_back(add_input("delay", free_law(low, middle, high)));
    const std::string name = dice_.pick(known);
    if (kind < 92)
        return {{"ref", "inputs." + name}};
    const std::string other = dice_.pick(known);
    const std::vector<std::string> texts = {"(" + name + " + " + other + ") / 2", name + " * 0.5",
                                            "max(" + name + ", 0)",
                                            "min(" + name + ", 2) - abs(" + other + ") / 4"};
    return {{"formula", dice_.pick(texts)}};
}

Json ValueMaker::points(const std::string& field, double value, bool may_be_negative) {
    std::vector<std::pair<std::string, Json>> list;
    int month = dice_.from_to(-6, 3);
    const int count = dice_.from_to(1, 5);
    for (int i = 0; i < count; ++i) {
        const double here = four_digits(value * dice_.between(0.5, 1.5));
        Json point = dice_.chance(50)   ? Json(here)
                     : dice_.chance(75) ? law(field, here)
                                        : scalar(field, here);
        if (may_be_negative && dice_.chance(25))
            point = dice_.chance(50) ? Json(-here) : free_law(-here, here / 2, here);
        list.emplace_back(date(month, month), point);
        month += dice_.from_to(1, 8);
    }
    if (dice_.chance(10))
        std::reverse(list.begin(), list.end());
    Json series;
    for (const auto& [when, scalar] : list)
        series["points"][when] = scalar;
    if (dice_.chance(55))
        series["between"] = dice_.chance(75) ? "linear" : "step";
    return series;
}

Json ValueMaker::growth(const std::string& field, double value) {
    Json growth = {{"start", dice_.chance(45)   ? Json(value)
                             : dice_.chance(75) ? law(field, value)
                                                : scalar(field, value)},
                   {"growth_per_year", dice_.between(-0.35, 0.2)}};
    if (dice_.chance(55)) {
        // Within (-1, 1) whatever is drawn: a yearly factor is above 0.
        Json law = LawMaker{dice_,
                            -0.05,
                            dice_.between(-0.35, -0.1),
                            dice_.between(0.01, 0.3),
                            {-0.9, 0.9},
                            "growth_per_year"}
                       .make_free();
        const bool open =
            law.contains("normal") || law.contains("interval") || law.contains("mixture");
        if (open)
            law[dice_.chance(60) ? "truncate" : "clamp"] = Json::array({-0.5, 0.4});
        growth["growth_per_year"] = law;
        if (dice_.chance(25))
            growth["growth_per_year"] = {{"ref", "inputs." + add_input("growth", law)}};
    }
    if (dice_.chance(30))
        growth["base"] = date(-18, 6);
    return growth;
}

Json ValueMaker::series(const std::string& field, double value, bool may_be_negative) {
    value = four_digits(value);
    const auto plain = [&]() -> Json {
        return dice_.chance(60) ? points(field, value, may_be_negative) : growth(field, value);
    };
    const int kind = dice_.below(100);
    if (kind < 30) {
        if (may_be_negative && dice_.chance(15))
            return free_law(-value, value / 2, value);
        return scalar(field, value);
    }
    if (kind < 75)
        return plain();
    if (kind < 87)
        return {{"ref", "inputs." + add_input(field, plain())}};
    return formula(field, plain(), 1.25, dice_.chance(50));
}

} // namespace fleetcast::oracle
