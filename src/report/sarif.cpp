// SARIF 2.1.0 (OASIS, 2020), with what GitHub asks for beyond it: every result has a rule, a file
// and a line.
#include <fleetcast/report/diagnostics.hpp>

#include "finding_words.hpp"

#include <fleetcast/report/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {
namespace {

constexpr std::size_t most_results = 5000; // GitHub shows no more of a run

struct Rule {
    Severity severity;
    std::string_view id, level, doc;
};

/// The ids are stable: GitHub knows a finding again by its rule, file and line.
constexpr std::array<Rule, 3> rules = {
    {{Severity::error, "scenario-mistake", "error", "The scenario cannot be run as it is written"},
     {Severity::warning, "scenario-doubt", "warning", "Allowed, but probably not meant"},
     {Severity::note, "scenario-remark", "note",
      "Worth knowing, such as a default that had an effect"}}};

/// The path as a relative reference of a URI: its bytes but letters, digits and -._~/ as %XX. One
/// from the root is a file URI.
std::string uri_of(std::string_view path) {
    while (path.starts_with("./"))
        path.remove_prefix(std::min(path.find_first_not_of('/', 1), path.size()));
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') ||
                              std::string_view("-._~/").find(c) != std::string_view::npos;
        uri += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

std::string of(const Rule& rule) {
    return fmt::format("{{\"id\":{},\"shortDescription\":{{\"text\":{}}},"
                       "\"defaultConfiguration\":{{\"level\":{}}}}}",
                       quoted(rule.id), quoted(rule.doc), quoted(rule.level));
}

std::string of(const Finding& finding) {
    const Rule& rule = *std::ranges::find(rules, finding.severity, &Rule::severity);
    std::string message = finding.path.empty() ? "" : finding.path + ": ";
    message += finding.message;
    if (!finding.hint.empty())
        message += "\nhint: " + finding.hint;
    if (!is_of_a_file(finding)) // it has no place in a repository
        return fmt::format(
            "{{\"ruleId\":{},\"level\":{},\"message\":{{\"text\":{}}},\"locations\":[]}}",
            quoted(rule.id), quoted(rule.level), quoted(finding.file + ": " + message));
    const std::string column =
        finding.column == 0 ? "" : fmt::format(",\"startColumn\":{}", finding.column);
    const std::string logical =
        finding.path.empty() ? ""
                             : fmt::format(",\"logicalLocations\":[{{\"fullyQualifiedName\":{}}}]",
                                           quoted(finding.path));
    return fmt::format("{{\"ruleId\":{},\"level\":{},\"message\":{{\"text\":{}}},\"locations\":["
                       "{{\"physicalLocation\":{{\"artifactLocation\":{{\"uri\":{}}},"
                       "\"region\":{{\"startLine\":{}{}}}}}{}}}]}}",
                       quoted(rule.id), quoted(rule.level), quoted(message),
                       quoted(uri_of(finding.file)), std::max<std::size_t>(finding.line, 1), column,
                       logical);
}

/// The first of them, and one that tells of the rest.
std::vector<Finding> within_limit(const std::vector<Finding>& findings) {
    if (findings.size() <= most_results)
        return findings;
    std::vector<Finding> kept(findings.begin(), findings.begin() + (most_results - 1));
    Finding rest;
    rest.severity = Severity::note;
    rest.file = findings[kept.size()].file;
    rest.message =
        fmt::format("and {} more, fleetcast validate tells all", findings.size() - kept.size());
    kept.push_back(std::move(rest));
    return kept;
}

} // namespace

std::string diagnostics_sarif(const std::vector<Finding>& findings) {
    return fmt::format(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\":\"2.1.0\",\n"
        "\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"fleetcast\",\"semanticVersion\":{},\n"
        "\"rules\":{}}}}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":{}}}]}}\n",
        quoted(FLEETCAST_VERSION), json_rows(rules, [](const Rule& each) { return of(each); }),
        json_rows(within_limit(findings), [](const Finding& each) { return of(each); }));
}

} // namespace fleetcast
