// fleetcast schema: the format of a scenario for editors and other programs.
#include <fleetcast/base/result.hpp>
#include <fleetcast/cli/command.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/schema.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/schema.hpp>
#include <fleetcast/simulate/metrics.hpp>

#include <fmt/format.h>

namespace fleetcast {
namespace {

int run(const Arguments& arguments) {
    if (!arguments.names.empty())
        throw Failure(Exit::usage,
                      fmt::format("schema takes nothing, got {}", shown(arguments.names[0])));
    print(schema_text());
    return 0;
}

} // namespace

std::string schema_text() {
    std::vector<std::string> names;
    for (const Metric& metric : metrics())
        names.emplace_back(metric.name);
    return scenario_schema(names);
}

Command schema_command() {
    return {
        .name = "schema",
        .synopsis = "[options]",
        .summary = "the JSON Schema of a scenario, for editors",
        .about = "Prints the JSON Schema (draft 2020-12) of a scenario. With it an editor "
                 "completes keys, shows what they mean and marks mistakes while one types; name "
                 "the file under \"$schema\" at the top of a scenario. The schema is also "
                 "installed as share/fleetcast/scenario.schema.json, and `init` writes it beside "
                 "the scenario.\n\n"
                 "A schema cannot say everything: whether a name is known, whether dates are in "
                 "order and the like is said by `validate`.",
        .options = {},
        .examples = {"fleetcast schema > scenario.schema.json"},
        .run = run,
    };
}

} // namespace fleetcast
