// fleetcast validate: every mistake of every file, before anything is run.
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/patch_options.hpp>
#include <fleetcast/cli/scenarios.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/diagnostics.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace fleetcast {
namespace {

std::string counted(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count == 0 ? "no" : std::to_string(count), what,
                       count == 1 ? "" : "s");
}

/// "plan.json: valid, 3 sources, 2 sites, 36 months"
std::string verdict(const Examined& examined) {
    const Scenario& scenario = examined.loaded.scenario;
    const auto periods = period_count(scenario.start, scenario.end, scenario.step);
    std::string text = fmt::format(
        "{}: valid, {}, {}{}, {}", printable(examined.loaded.sources.texts.front().name),
        counted(scenario.sources.size(), "source"), counted(scenario.sites.size(), "site"),
        scenario.workloads.empty() ? "" : ", " + counted(scenario.workloads.size(), "workload"),
        counted(static_cast<std::size_t>(periods), scenario.step == Step::week ? "week" : "month"));
    const auto warnings =
        std::ranges::count(examined.problems, Severity::warning, &Problem::severity);
    if (warnings > 0)
        text += ", " + counted(static_cast<std::size_t>(warnings), "warning");
    return text + '\n';
}

/// What is wrong with all files: errors always, warnings and notes unless quiet.
std::vector<Finding> findings_of(const Batch& batch, Talk talk) {
    std::vector<Finding> findings = batch.unread;
    for (const Examined& examined : batch.scenarios)
        std::ranges::move(fleetcast::findings_of(examined.problems, examined.loaded.sources),
                          std::back_inserter(findings));
    if (talk == Talk::quiet)
        std::erase_if(findings,
                      [](const Finding& finding) { return finding.severity != Severity::error; });
    return findings;
}

int run(const Arguments& arguments) {
    const std::string form =
        word_of("--diagnostics", arguments.value("--diagnostics").value_or("text"),
                {"text", "json", "github", "sarif"});
    const bool is_document = form != "text";
    ReadRequest request;
    request.patches = patch_request_of(arguments);
    request.talk = talk_of(arguments);
    request.variants = true;
    request.tells = !is_document;
    const Batch batch = read_scenarios(arguments.names, load_catalog(), request);
    std::string text;
    if (is_document)
        text = diagnostics_document(findings_of(batch, request.talk), form);
    for (const Examined& examined : batch.scenarios)
        if (!is_document && !has_errors(examined.problems))
            text += verdict(examined);
    print(text);
    return static_cast<int>(batch.exit);
}

} // namespace

Command validate_command() {
    return {
        .name = "validate",
        .synopsis = "SCENARIO... [options]",
        .summary = "find every mistake of a scenario at once",
        .about =
            "Reads each scenario and prints everything that is wrong with it on stderr, in the "
            "order of the file: the line, the column, what was expected, and a way out. Warnings "
            "tell of what is allowed but probably not meant, such as orders that exceed the "
            "power, or an input that nothing uses; notes tell which defaults had an effect.\n\n"
            "A valid file gets one line on stdout. The exit code is 0 when every file is valid, 3 "
            "when one has a mistake, 4 when one cannot be read.\n\n"
            "With --diagnostics json, github or sarif all of it is one document on stdout, and the "
            "lines for valid files are left out; the exit code is the same.",
        .options = joined({{{"--diagnostics", "FORM",
                             "text (default), json, github (annotations of a pull request) or "
                             "sarif (2.1.0, for code scanning)",
                             "", false}},
                           patch_options(),
                           talk_options()}),
        .examples = {"fleetcast validate plan.json", "fleetcast validate plans/*.json --quiet",
                     "fleetcast validate plans/*.json --diagnostics sarif > findings.sarif"},
        .run = run,
    };
}

} // namespace fleetcast
