// fleetcast validate: every mistake of every file, before anything is run.
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/scenarios.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/load/catalog.hpp>

#include <fmt/format.h>

#include <algorithm>

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

int run(const Arguments& arguments) {
    const Talk talk = talk_of(arguments);
    const Batch batch = read_scenarios(arguments.names, load_catalog(), talk, Notes::all);
    std::string verdicts;
    for (const Examined& examined : batch.scenarios)
        if (!has_errors(examined.problems))
            verdicts += verdict(examined);
    print(verdicts);
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
            "when one has a mistake, 4 when one cannot be read.",
        .options = talk_options(),
        .examples = {"fleetcast validate plan.json", "fleetcast validate plans/*.json --quiet"},
        .run = run,
    };
}

} // namespace fleetcast
