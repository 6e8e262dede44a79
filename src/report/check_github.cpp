// One annotation for each check that does not pass, and for each problem of a scenario.
#include <fleetcast/report/check_report.hpp>

#include "check_words.hpp"
#include "finding_words.hpp"

#include <fleetcast/base/printable.hpp>

namespace fleetcast {
namespace {

Annotation annotation_of(const CheckedScenario& scenario, const CheckedRow& each,
                         const CheckReport& report) {
    return {is_failure(each.row, report.inconclusive_passes) ? Severity::error : Severity::warning,
            each.file,
            each.line,
            each.column,
            scenario.name + ": " + each.row.check,
            printable(each.row.limit + ": " + told_of(each))};
}

} // namespace

std::string checks_github(const CheckReport& report) {
    std::vector<Annotation> annotations;
    for (const CheckedScenario& scenario : report.scenarios) {
        for (const Finding& finding : scenario.problems)
            annotations.push_back(annotation_of(finding));
        if (is_broken(scenario) && scenario.problems.empty())
            annotations.push_back(
                {Severity::error, scenario.file, 0, 0, scenario.name, "could not be checked"});
        for (const CheckedRow& each : scenario.checks)
            if (each.row.verdict != "pass")
                annotations.push_back(annotation_of(scenario, each, report));
    }
    return github_annotations(annotations);
}

} // namespace fleetcast
