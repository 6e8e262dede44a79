// The parts of validate(), one for each part of a scenario.
#pragma once

#include <fleetcast/base/suggest.hpp>
#include <fleetcast/model/lookup.hpp>
#include <fleetcast/validate/validate.hpp>

#include <string>
#include <utility>
#include <vector>

namespace fleetcast {

/// Collects problems by path.
struct Findings {
    Problems problems;
    void wrong(std::string path, std::string message, std::string hint = {}) {
        problems.push_back(
            {Severity::error, {}, std::move(path), std::move(message), std::move(hint)});
    }
    /// "unknown site "menlo"", with the nearest of the names there are.
    void unknown(std::string path, std::string_view what, const std::string& name,
                 const std::vector<std::string>& names) {
        wrong(std::move(path), "unknown " + std::string(what) + " \"" + name + "\"",
              names.empty() ? "there are none" : did_you_mean(name, names));
    }
};

/// Whether a required date was there and could be read; else that was reported.
inline bool is_given(const Date& date) { return date != Date{}; }

void validate_sources(const Scenario& scenario, const Catalog& catalog, Findings& findings);
void validate_sites(const Scenario& scenario, const Catalog& catalog, Findings& findings);
void validate_inputs(const Scenario& scenario, Findings& findings);
void validate_correlations(const Scenario& scenario, Findings& findings);

} // namespace fleetcast
