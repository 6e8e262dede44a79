// Reports of checks made by hand, harmless and nasty.
#pragma once

#include <fleetcast/report/check_report.hpp>

#include <string>

namespace fleetcast::testing {

inline CheckedRow checked(const std::string& scenario, const std::string& check,
                          const std::string& verdict) {
    CheckedRow each;
    each.row = {scenario, check, verdict,
                0.35,     0.005, "owned of nvidia-h100-sxm at 2024-12 at_least 350000",
                10'000,   0.34,  0.359,
                0.8};
    if (verdict == "pass")
        each.row.share = 0.95, each.row.low = 0.945, each.row.high = 0.954;
    each.file = "plans/" + scenario + ".json";
    each.line = 12;
    each.column = 5;
    return each;
}

inline CheckedScenario passing_scenario(const std::string& name) {
    CheckedScenario scenario;
    scenario.name = name;
    scenario.file = "plans/" + name + ".json";
    scenario.checks = {checked(name, "h100s", "pass"), checked(name, "cash", "pass"),
                       checked(name, "power", "pass")};
    return scenario;
}

inline CheckedScenario failing_scenario(const std::string& name) {
    CheckedScenario scenario = passing_scenario(name);
    scenario.exit = Exit::check_failed;
    scenario.checks[0] = checked(name, "h100s", "fail");
    scenario.checks[0].before = checked(name, "h100s", "pass").row;
    scenario.checks[0].before->share = 0.85;
    scenario.checks[1] = checked(name, "cash", "too-close");
    scenario.checks[1].settled_by = 42'187.3;
    scenario.moved = {
        {"owned", "units", "total", "total", "2024-12-01", 350'000, 280'000, -0.2},
        {"cum_cost_usd", "usd", "total", "total", "2024-06-01", 0, 1.5e9, std::nullopt}};
    return scenario;
}

inline CheckedScenario broken_scenario(const std::string& name) {
    CheckedScenario scenario;
    scenario.name = name;
    scenario.file = "plans/" + name + ".json";
    scenario.exit = Exit::bad_input;
    for (const std::size_t line : {3, 5, 7, 9, 11})
        scenario.problems.push_back({Severity::error, scenario.file, line, 7, "sources.h100.units",
                                     "must be at least 0, got -3", ""});
    scenario.problems[0].hint = "did you mean 3?";
    return scenario;
}

/// One passes, one fails, one is broken.
inline CheckReport sample_checks() {
    return {{passing_scenario("base"), failing_scenario("late"), broken_scenario("torn")},
            "main.json",
            false};
}

/// Everything that some format reads as its own: quotes, brackets, separators, escapes, the end of
/// a CDATA section, a right-to-left override, U+2028, U+FFFF, a NUL and a byte that is no UTF-8.
inline const std::string nasty =
    std::string("</script><img onerror=x>|`*_[a](b)\\ %0A::error::x,y: \"q\" 'r' & ]]> \x1b[31m"
                "\xe2\x80\xae\xe2\x80\xa8\xef\xbf\xbf\r\n\tz\xff") +
    '\0';

inline CheckReport nasty_checks() {
    CheckReport report = sample_checks();
    for (CheckedScenario& scenario : report.scenarios) {
        scenario.name += nasty;
        scenario.file += nasty;
        for (CheckedRow& each : scenario.checks) {
            each.row.check += nasty;
            each.row.limit += nasty;
            each.file += nasty;
        }
        for (Finding& finding : scenario.problems) {
            finding.file += nasty;
            finding.path += nasty;
            finding.message += nasty;
            finding.hint += nasty;
        }
        for (Difference& difference : scenario.moved)
            difference.metric += nasty;
        scenario.notes = {nasty};
    }
    report.baseline += nasty;
    return report;
}

} // namespace fleetcast::testing
