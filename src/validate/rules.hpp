// The parts of validate(), one for each part of a scenario.
#pragma once

#include <fleetcast/base/suggest.hpp>
#include <fleetcast/model/lookup.hpp>
#include <fleetcast/validate/validate.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace fleetcast {

/// Collects problems by path.
struct Findings {
    Problems problems;
    std::size_t compared = 0; // names, in search of one that was meant
    void wrong(std::string path, std::string message, std::string hint = {}) {
        problems.push_back(
            {Severity::error, {}, std::move(path), std::move(message), std::move(hint)});
    }
    /// "unknown site "menlo"", with the nearest of the names there are, until very many were
    /// looked through.
    void unknown(std::string path, std::string_view what, const std::string& name,
                 const std::vector<std::string>& names) {
        constexpr std::size_t most_compared = 100'000;
        compared += names.size();
        wrong(std::move(path), "unknown " + std::string(what) + " \"" + name + "\"",
              names.empty()               ? "there are none"
              : compared <= most_compared ? did_you_mean(name, names)
                                          : "");
    }
};

/// "goes in a circle: a -> b -> a", from the circle's `first` member on; of a long one the
/// beginning.
template <class T>
std::string in_a_circle(const Named<T>& named, const std::vector<std::size_t>& circle,
                        std::size_t first = 0) {
    constexpr std::size_t most_named = 12;
    std::string text = "goes in a circle: ";
    for (std::size_t i = 0; i < std::min(circle.size(), most_named); ++i)
        text += named[circle[(first + i) % circle.size()]].first + " -> ";
    if (circle.size() > most_named)
        text += "(" + std::to_string(circle.size() - most_named) + " more) -> ";
    return text + named[circle[first]].first;
}

/// Whether a required date was there and could be read; else that was reported.
inline bool is_given(const Date& date) { return date != Date{}; }

void validate_sources(const Scenario& scenario, const Catalog& catalog, Findings& findings);
void validate_sites(const Scenario& scenario, const Catalog& catalog, Findings& findings);
void validate_workloads(const Scenario& scenario, const Catalog& catalog, Findings& findings);
void validate_inputs(const Scenario& scenario, Findings& findings);
void validate_correlations(const Scenario& scenario, Findings& findings);

} // namespace fleetcast
