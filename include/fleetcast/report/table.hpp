// A typed table that knows no format: named columns with a unit and a kind, rows of cells.
// tables.hpp builds them from a result; csv.hpp and its like write them.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace fleetcast {

/// An ISO day, "2024-01-01".
struct Day {
    std::string iso;
    bool operator==(const Day&) const = default;
};

/// Nothing, a number, a text or a day. "Nothing" is a figure without a meaning.
using Cell = std::variant<std::monostate, double, std::string, Day>;

enum class Kind { number, text, date, number_or_date };

struct Column {
    std::string name;
    std::string unit; // of all its numbers; empty where rows differ or there is none
    Kind kind = Kind::text;
    bool operator==(const Column&) const = default;
};

struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows; // [row][column]
    bool operator==(const Table&) const = default;
};

} // namespace fleetcast
