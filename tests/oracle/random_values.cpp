// How random values are made; every distribution keeps inside the range of its field.
#include "oracle/random_values.hpp"

#include "oracle/oracle_time.hpp"

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

Json ValueMaker::plain_law(double value, double low, double high, Range range,
                           const std::string& field) {
    const bool share = field.size() > 6 && field.substr(field.size() - 6) == "_share";
    const bool inside_1 = low > 0 && high < 1;
    const double wide_low = std::max(range.low, low * 0.8);
    const double wide_high = std::min(range.high, high * 1.5);
    const auto within = [&](Json law) { // for an unbounded support
        const bool open_above = std::isinf(range.high) && dice_.chance(50);
        law[dice_.chance(60) ? "truncate" : "clamp"] =
            Json::array({wide_low, open_above ? Json() : Json(wide_high)});
        return law;
    };
    const auto if_needed = [&](Json law) { // for a support above 0
        return range.low > 0 || !std::isinf(range.high) ? within(law) : law;
    };
    switch (dice_.below(11)) {
    case 0:
        return {{"uniform", {low, high}}};
    case 1:
        return {{"triangular", {low, value, high}}};
    case 2:
        return {{"pert", {low, value, high}}};
    case 3:
        return within({{"normal", {value, four_digits(value * 0.2)}}});
    case 4:
        return if_needed({{"lognormal", {{"median", value}, {"sigma", 0.25}}}});
    case 5: {
        Json law = {{"interval", {low, high}}};
        if (dice_.chance(50))
            law["confidence"] = dice_.pick<double>({0.5, 0.8, 0.95});
        if (share && inside_1) {
            if (range.high < 1)
                return within(law);
            return law;
        }
        if (share)
            law["shape"] = "lognormal";
        return if_needed(law);
    }
    case 6: {
        Json law = {{"interval", {low, high}}};
        if (inside_1 && dice_.chance(50)) {
            law["shape"] = "logit-normal";
            return range.low > 0 || range.high < 1 ? within(law) : law;
        }
        law["shape"] = dice_.chance(50) ? "normal" : "lognormal";
        return within(law);
    }
    case 7:
        return {{"discrete", {{value, 0.5}, {low, 0.25}, {high, 0.25}}}};
    case 8:
        return {{"discrete", {{low, 0.5}, {high, 0.5}}}};
    case 9: {
        if (dice_.chance(50)) {
            return {{"mixture",
                     {{{{"uniform", {low, value}}}, 0.3},
                      {{{"triangular", {low, value, high}}}, 0.7}}}};
        }
        return {{"mixture", {{low, 0.2}, {{{"uniform", {low, high}}}, 0.8}}}};
    }
    default:
        return {{"empirical", {value, low, high, four_digits((low + value) / 2), value}}};
    }
}

Json ValueMaker::law(const std::string& field, double value, Range range) {
    double low = std::max(four_digits(value * dice_.between(0.6, 0.9)), range.low);
    double high = std::min(four_digits(value * dice_.between(1.1, 1.5)), range.high);
    if (low == value)
        low = four_digits(value * 0.99 + range.low * 0.01);
    if (high == value)
        high = four_digits(value * 0.99 + range.high * 0.01);
    Json law = plain_law(value, std::min(low, value), std::max(high, value), range, field);
    const bool free = !law.contains("truncate") && !law.contains("clamp");
    if (free && dice_.chance(20)) {
        const double cut = dice_.chance(50) ? value : four_digits((low + value) / 2);
        law[dice_.chance(50) ? "truncate" : "clamp"] =
            Json::array({std::max(cut, range.low), Json()});
    }
    if (dice_.chance(3))
        law["citation"] = "made up";
    return law;
}

Json ValueMaker::formula(const std::string& field, const Json& base, double factor) {
    const std::string b = add_input(field, base);
    const std::string k = add_input("factor", factor);
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

Json ValueMaker::scalar(const std::string& field, double value, Range range) {
    value = four_digits(value);
    if (value <= 0)
        return value;
    const int kind = dice_.below(100);
    const bool inside = value > range.low && value < range.high;
    if (kind < 50 || !inside)
        return value;
    if (kind < 78)
        return law(field, value, range);
    if (kind < 92) {
        std::vector<std::string>& known = known_[field];
        if (known.empty() || dice_.chance(60)) {
            Json input = dice_.chance(60) ? law(field, value, range) : Json(value);
            if (dice_.chance(15))
                input = formula(field, four_digits(value / 1.25), 1.25);
            known.push_back(add_input(field, input));
        }
        return {{"ref", "inputs." + dice_.pick(known)}};
    }
    return formula(field, four_digits(value / 1.25), 1.25);
}

Json ValueMaker::delay(int low, int high) {
    const double a = low;
    const double b = high;
    const double middle = dice_.from_to(low, high);
    switch (dice_.below(12)) {
    case 0:
        return {{"uniform", {a, b}}};
    case 1:
        return {{"triangular", {a, middle, b}}};
    case 2:
        return {{"pert", {a, middle, b}}};
    case 3:
        return {{"normal", {middle, 1.5}}, {"truncate", {a, b + 1}}};
    case 4:
        return {{"discrete", {{a, 0.3}, {middle + 0.25, 0.4}, {b + 1, 0.3}}}};
    case 5:
        return {{"interval", {a - 1, b + 1}}, {"shape", "normal"}, {"clamp", {a - 2, b + 2}}};
    case 6:
        return {{"empirical", {a, middle, b, b}}};
    case 7:
        return dice_.between(a, b);
    default:
        return middle;
    }
}

Json ValueMaker::points(const std::string& field, double value, bool may_be_negative) {
    std::vector<std::pair<std::string, Json>> list;
    int month = dice_.from_to(-6, 3);
    const int count = dice_.from_to(1, 5);
    for (int i = 0; i < count; ++i) {
        const double here = four_digits(value * dice_.between(0.5, 1.5));
        Json scalar = dice_.chance(70) ? Json(here) : law(field, here);
        if (may_be_negative && dice_.chance(15))
            scalar = -here;
        list.emplace_back(date(month, month), scalar);
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

Json ValueMaker::series(const std::string& field, double value, bool may_be_negative) {
    value = four_digits(value);
    const auto plain = [&]() -> Json {
        if (dice_.chance(60))
            return points(field, value, may_be_negative);
        Json growth = {{"start", dice_.chance(60) ? Json(value) : law(field, value)},
                       {"growth_per_year", dice_.between(-0.35, 0.2)}};
        if (dice_.chance(30))
            growth["growth_per_year"] = {{"uniform", {-0.3, 0.1}}};
        if (dice_.chance(30))
            growth["base"] = date(-18, 6);
        return growth;
    };
    const int kind = dice_.below(100);
    if (kind < 30)
        return scalar(field, value);
    if (kind < 75)
        return plain();
    if (kind < 87)
        return {{"ref", "inputs." + add_input(field, plain())}};
    return formula(field, plain(), 1.25);
}

} // namespace fleetcast::oracle
