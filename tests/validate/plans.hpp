// Small scenarios for tests of what is refused and warned about, and what is said of them in
// lines of text: "path: message". Places and hints are left to tests that look at printed text.
#pragma once

#include "support/run.hpp"

#include <string>
#include <string_view>

namespace fleetcast::testing {

/// `text` in the place of each `@`.
inline std::string filled(std::string_view pattern, std::string_view text) {
    std::string out;
    for (const char c : pattern)
        c == '@' ? out.append(text) : out.append(1, c);
    return out;
}

/// A sound scenario of 2024 with these members besides.
inline std::string scenario_with(std::string_view sources, std::string_view more = "") {
    std::string out =
        R"({"start":"2024-01","end":"2024-12","sources":{)" + std::string(sources) + "}";
    return out.append(more.empty() ? "" : ",").append(more) + "}";
}

/// A delivery of 100 units in January and February.
inline constexpr const char* some_units =
    R"("deliveries":{"units":100,"from":"2024-01","to":"2024-02"})";

/// A purchase `s` of 100 H100s with these members besides.
inline std::string purchase_with(std::string_view members, std::string_view more = "") {
    return scenario_with(R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm",)" +
                             std::string(some_units) + (members.empty() ? "" : ",") +
                             std::string(members) + "}",
                         more);
}

/// Scenarios with a member in a place of their own, for each place that a field can have.
inline std::string installed_with(std::string_view members) {
    return scenario_with(
        filled(R"("s":{"kind":"installed","h100e":1,"kw_per_unit":1,@})", members));
}
inline std::string in_house_with(std::string_view members) {
    return scenario_with(filled(R"("s":{"kind":"in-house","h100e":1,"kw_per_unit":1,)" +
                                    std::string(some_units) + ",@}",
                                members));
}
inline std::string lease_with(std::string_view members) {
    return scenario_with(
        filled(R"("s":{"kind":"lease","h100e":1,"from":"2024-01","to":"2024-06",@})", members));
}
inline std::string deliveries_with(std::string_view members) {
    return scenario_with(filled(
        R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","deliveries":{@}})", members));
}
inline std::string order_with(std::string_view members) {
    return scenario_with(filled(
        R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","orders":{"po":{@}}})", members));
}
inline std::string site_with(std::string_view members) {
    return purchase_with("", filled(R"("sites":{"hall":{@}})", members));
}

/// A workload `w` with these members beside 100 H100s; one of each kind.
inline std::string workload_with(std::string_view members, std::string_view more = "") {
    return purchase_with("", filled(R"("workloads":{"w":{@}})", members) +
                                 (more.empty() ? "" : "," + std::string(more)));
}
inline std::string reserved_with(std::string_view members) {
    return workload_with(filled(R"("kind":"reserved",@)", members));
}
inline std::string training_with(std::string_view members) {
    return workload_with(filled(R"("kind":"training",@)", members));
}
inline std::string inference_with(std::string_view members) {
    return workload_with(filled(R"("kind":"inference",@)", members));
}

/// What is said of a scenario at one severity: a line "path: message" for each, in file order.
inline std::string said(Severity severity, const std::string& scenario) {
    std::string text;
    for (const Problem& problem : problems_of(scenario))
        if (problem.severity == severity)
            text += (text.empty() ? "" : "\n") + problem.path + ": " + problem.message;
    return text;
}
inline std::string errors(const std::string& scenario) { return said(Severity::error, scenario); }
inline std::string warnings(const std::string& scenario) {
    return said(Severity::warning, scenario);
}
inline std::string notes(const std::string& scenario) { return said(Severity::note, scenario); }

/// The hint of the only problem that there is; else what there is.
inline std::string hint(const std::string& scenario) {
    std::string text;
    int count = 0;
    for (const Problem& problem : problems_of(scenario))
        if (problem.severity == Severity::error) {
            text += problem.hint;
            ++count;
        }
    return count == 1 ? text : std::to_string(count) + " errors: " + text;
}

} // namespace fleetcast::testing
