// Everything that has a name: values by name, in the order of the file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleetcast {

template <class T> using Named = std::vector<std::pair<std::string, T>>;

/// The value of that name, or nullptr.
template <class T> const T* find(const Named<T>& named, std::string_view name) {
    for (const auto& [key, value] : named)
        if (key == name)
            return &value;
    return nullptr;
}

template <class T>
std::optional<std::size_t> index_of(const Named<T>& named, std::string_view name) {
    for (std::size_t i = 0; i < named.size(); ++i)
        if (named[i].first == name)
            return i;
    return std::nullopt;
}

template <class T> std::vector<std::string> names_of(const Named<T>& named) {
    std::vector<std::string> names;
    for (const auto& [key, value] : named)
        names.push_back(key);
    return names;
}

} // namespace fleetcast
