// An object of a saved result: what stands at its keys, each mistake told to the reader.
// Interface: ResultObject, has_many_problems(). Which keys there are is left to read_result.cpp.
#pragma once

#include <fleetcast/load/reader.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// Whether so much is wrong with a result that the rest need not be read.
bool has_many_problems(const Reader& reader);

/// Keeps references to the reader and the node. A key that is missing, or whose value is of
/// another type, is reported and read as an empty text, 0 or an empty list.
class ResultObject {
public:
    ResultObject(Reader& reader, const Node& node, std::string path);

    bool is_object() const { return is_object_; }
    const Node& node() const { return node_; }
    Spot spot() const { return {&node_, path_, {}}; }
    std::string path_of(std::string_view key) const;

    /// The value, or nullptr: then it is reported.
    const Node* at(std::string_view key) const;
    /// The value, or nullptr where it is no array.
    const Node* list(std::string_view key) const;

    std::string text(std::string_view key) const;
    /// A word that can stand in a table as it is: a name (see is_name()), or nothing.
    std::string label(std::string_view key) const;
    /// One of the words.
    std::string word(std::string_view key, const std::vector<std::string>& words) const;
    double number(std::string_view key) const;
    /// A whole number from 0 to 2^64 - 1, exactly.
    std::uint64_t count(std::string_view key) const;
    bool truth(std::string_view key) const;
    /// An ISO day, "2024-01-01".
    std::string day(std::string_view key) const;
    std::vector<std::string> texts(std::string_view key) const;
    std::vector<double> numbers(std::string_view key) const;
    std::vector<std::string> days(std::string_view key) const;

private:
    Spot spot_of(const Node& node, std::string_view key) const;
    std::string day_of(const Spot& spot) const;

    Reader& reader_;
    const Node& node_;
    std::string path_;
    bool is_object_;
};

} // namespace fleetcast
