// What all forms share: which checks fail, and the counts.
#include <fleetcast/report/check_report.hpp>

#include "check_words.hpp"

#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

namespace fleetcast {

bool is_failure(const CheckRow& row, bool inconclusive_passes) {
    return row.verdict == "fail" || (row.verdict == "too-close" && !inconclusive_passes);
}

CheckCounts counts_of(const CheckReport& report) {
    CheckCounts counts;
    counts.scenarios = report.scenarios.size();
    for (const CheckedScenario& scenario : report.scenarios) {
        ++(scenario.exit == Exit::ok ? counts.passed
           : is_broken(scenario)     ? counts.broken
                                     : counts.failed);
        counts.checks += scenario.checks.size();
        for (const CheckedRow& each : scenario.checks)
            ++(each.row.verdict == "pass"        ? counts.pass
               : each.row.verdict == "fail"      ? counts.fail
               : each.row.verdict == "too-close" ? counts.too_close
                                                 : counts.warn);
    }
    return counts;
}

std::string summary_of(const CheckReport& report) {
    const CheckCounts counts = counts_of(report);
    const auto parts = [](std::vector<std::pair<std::size_t, std::string>> all) {
        std::vector<std::string> told;
        for (auto& [count, text] : all)
            if (count > 0)
                told.push_back(std::move(text));
        return (told.empty() ? "" : ": ") + joined(told, ", ");
    };
    return counted(counts.scenarios, "scenario") +
           parts({{counts.passed, ended(counts.passed, "pass")},
                  {counts.failed, ended(counts.failed, "fail")},
                  {counts.broken, shown_count(counts.broken) + " could not be checked"}}) +
           "; " + counted(counts.checks, "check") +
           parts({{counts.pass, ended(counts.pass, "pass")},
                  {counts.fail, ended(counts.fail, "fail")},
                  {counts.too_close, shown_count(counts.too_close) + " too close"},
                  {counts.warn, ended(counts.warn, "warn")}});
}

} // namespace fleetcast
