// What the cases of the rules share: short ways to write a scenario, and rows of figures that
// compare within 1e-9. The arithmetic of a case stands in the case itself.
#pragma once

#include "support/catch.hpp"
#include "support/run.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast::testing::rules {

using testing::forecast;
using testing::printed_problems;
using testing::problems_of;

/// A figure compared within 1e-9 of itself.
inline Approx near(double value) { return Approx(value).epsilon(1e-9).margin(1e-9); }

/// All periods of one metric and group; rows are equal when every figure is near the other's.
struct Row {
    std::vector<double> figures;
};

inline bool operator==(const Row& left, const Row& right) {
    return std::equal(
        left.figures.begin(), left.figures.end(), right.figures.begin(), right.figures.end(),
        [](double a, double b) { return std::abs(a - b) <= 1e-9 * (1 + std::abs(b)); });
}

inline std::ostream& operator<<(std::ostream& out, const Row& row) {
    out << '{';
    for (const double figure : row.figures)
        out << ' ' << figure;
    return out << " }";
}

/// The whole fleet's figures of a metric; throws where one is empty.
inline Row row(const Figures& figures, std::string_view metric) {
    Row result;
    for (std::size_t period = 0; period < figures.periods(); ++period)
        result.figures.push_back(figures.total(metric, period));
    return result;
}

/// One member's figures of a metric; throws where one is empty.
inline Row row(const Figures& figures, std::string_view by, std::string_view group,
               std::string_view metric) {
    Row result;
    for (std::size_t period = 0; period < figures.periods(); ++period)
        result.figures.push_back(figures.of(by, group, metric, period));
    return result;
}

/// A scenario: first and last month, the members of `sources`, and further top-level keys.
inline std::string plan(const std::string& start, const std::string& end,
                        const std::string& sources, const std::string& rest = "") {
    return R"({"start": ")" + start + R"(", "end": ")" + end + R"(", "sources": {)" + sources +
           "}" + (rest.empty() ? "" : ", " + rest) + "}";
}

/// A source of 1 H100e and 1 kW a unit.
inline std::string source(const std::string& kind, const std::string& name,
                          const std::string& fields) {
    return '"' + name + R"(": {"kind": ")" + kind + R"(", "h100e": 1, "kw_per_unit": 1, )" +
           fields + '}';
}

inline std::string installed(const std::string& name, const std::string& fields) {
    return source("installed", name, fields);
}

inline std::string purchase(const std::string& name, const std::string& fields) {
    return source("purchase", name, fields);
}

/// A purchase of 2 kW a unit.
inline std::string big_purchase(const std::string& name, const std::string& fields) {
    return '"' + name + R"(": {"kind": "purchase", "h100e": 1, "kw_per_unit": 2, )" + fields + '}';
}

inline std::string lease(const std::string& name, const std::string& fields) {
    return '"' + name + R"(": {"kind": "lease", "h100e": 1, )" + fields + '}';
}

/// `deliveries`: so many units, evenly within one month.
inline std::string within(const std::string& month, const std::string& units) {
    return R"("deliveries": {"units": )" + units + R"(, "from": ")" + month + R"(", "to": ")" +
           month + R"("})";
}

/// `deliveries`: so many units, evenly from one month to another.
inline std::string even(const std::string& from, const std::string& to, const std::string& units) {
    return R"("deliveries": {"units": )" + units + R"(, "from": ")" + from + R"(", "to": ")" + to +
           R"("})";
}

/// `orders`: so many units, all at the first moment of a date.
inline std::string at_once(const std::string& date, const std::string& units) {
    return R"("orders": {"po": {"arrives": ")" + date + R"(", "units": )" + units +
           R"(, "over_months": 0}})";
}

/// The member of `sites` with so many MW from the start on, and further fields.
inline std::string site(const std::string& name, const std::string& mw,
                        const std::string& fields = "") {
    return '"' + name + R"(": {"power": {"p": {"from": "2024-01", "critical_mw": )" + mw + "}}" +
           (fields.empty() ? "" : ", " + fields) + '}';
}

inline std::string sites(const std::string& members) { return R"("sites": {)" + members + '}'; }

} // namespace fleetcast::testing::rules
