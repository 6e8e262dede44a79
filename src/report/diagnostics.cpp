// SARIF is left to sarif.cpp.
#include <fleetcast/report/diagnostics.hpp>

#include "finding_words.hpp"

#include <fleetcast/report/json_text.hpp>

#include <fmt/format.h>

namespace fleetcast {
namespace {

std::string_view name_of(Severity severity) {
    return severity == Severity::error     ? "error"
           : severity == Severity::warning ? "warning"
                                           : "note";
}

/// Lines and columns count from 1.
std::string number(std::size_t count) { return count == 0 ? "null" : std::to_string(count); }

std::string of(const Finding& finding) {
    return fmt::format("{{\"severity\":{},\"file\":{},\"line\":{},\"column\":{},\"path\":{},"
                       "\"message\":{},\"hint\":{}}}",
                       quoted(name_of(finding.severity)), quoted(finding.file),
                       number(finding.line), number(finding.column), quoted(finding.path),
                       quoted(finding.message), quoted(finding.hint));
}

} // namespace

std::vector<Finding> findings_of(const Problems& problems, const Sources& sources) {
    std::vector<Finding> findings;
    for (const Problem& problem : problems) {
        Finding finding{problem.severity, "", 0, 0, problem.path, problem.message, problem.hint};
        if (problem.place.file < sources.texts.size()) {
            const SourceText& source = sources.texts[problem.place.file];
            const Position position = position_of(source.text, problem.place.offset);
            finding.file = source.name;
            finding.line = position.line;
            finding.column = position.column;
        } else if (!sources.texts.empty()) {
            finding.file = sources.texts.front().name;
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::string diagnostics_json(const std::vector<Finding>& findings) {
    return fmt::format("{{\"fleetcast_diagnostics\":1,\n\"diagnostics\":{}}}\n",
                       json_rows(findings, [](const Finding& each) { return of(each); }));
}

std::string diagnostics_github(const std::vector<Finding>& findings) {
    std::vector<Annotation> annotations;
    for (const Finding& finding : findings)
        annotations.push_back(annotation_of(finding));
    return github_annotations(annotations, "fleetcast validate tells all");
}

std::string diagnostics_document(const std::vector<Finding>& findings, std::string_view form) {
    return form == "sarif"    ? diagnostics_sarif(findings)
           : form == "github" ? diagnostics_github(findings)
                              : diagnostics_json(findings);
}

} // namespace fleetcast
