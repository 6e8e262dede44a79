// fleetcast forecast: options -> scenarios -> result -> formats -> files.
#include <fleetcast/cli/forecast_request.hpp>
#include <fleetcast/load/catalog.hpp>

#include <utility>

namespace fleetcast {
namespace {

/// Runs them one by one; a mistake that only a run finds is told with the lines of its scenario.
std::vector<FinishedRun> finished(const std::vector<LoadedScenario>& scenarios,
                                  const Catalog& catalog, const ForecastRequest& request) {
    const std::unique_ptr<Progress> line = progress_line(request.talk);
    std::vector<FinishedRun> runs;
    bool failed = false;
    for (const LoadedScenario& loaded : scenarios) {
        RunRequest wanted = request_of(request.run, loaded.scenario);
        wanted.settings = watched(std::move(wanted.settings),
                                  scenarios.size() > 1 ? loaded.name : "", line.get());
        wanted.settings.stop = stop_after(request.timeout, loaded.sources.texts.front().name);
        auto run = run_scenario(loaded, catalog, wanted);
        if (line)
            line->erase();
        if (const auto* problems = std::get_if<Problems>(&run))
            tell(*problems, loaded.sources, request.talk);
        else
            runs.push_back({&loaded, std::get<ScenarioRun>(std::move(run)), wanted.every});
        failed = failed || std::holds_alternative<Problems>(run);
    }
    if (failed)
        throw Failure(Exit::bad_input, "the forecast was not finished");
    return runs;
}

int run(const Arguments& arguments) {
    ForecastRequest request = forecast_request_of(arguments, "wide");
    const Catalog catalog = load_catalog();
    Batch batch = read_scenarios(arguments.names, catalog, request.read);
    if (batch.exit != Exit::ok)
        return static_cast<int>(batch.exit);
    const std::vector<LoadedScenario> scenarios = loaded_of(std::move(batch));
    refuse_inputs(request, scenarios);
    settle_metrics(scenarios, request);
    request.run.every = every_told(scenarios, request);
    request.view.period = period_told(scenarios, request);
    const auto runs = finished(scenarios, catalog, request);
    warn_of_threads(runs, request);
    write_result(make_result(runs, catalog, request.run), request);
    return 0;
}

} // namespace

Command forecast_command() {
    return {
        .name = "forecast",
        .synopsis = "SCENARIO... [options]",
        .summary = "what runs when, what waits for power, what it costs, who gets it",
        .about =
            "Simulates each scenario, period by period, and reports units, H100-equivalents, "
            "power, energy and cost, what waited and what it waited for, who gets the fleet and "
            "who goes short, when trainings are done and milestones reached, and whether checks "
            "hold.\n\n"
            "Where an input is uncertain this is done for many trials, each with its own draw of "
            "every such input, and means and quantiles are reported, with their Monte Carlo "
            "error. The same scenario, seed and number of trials give the same bytes on any "
            "machine.\n\n"
            "A SCENARIO is a JSON file, or - for standard input. Several are run one by one with "
            "the same seed and shown side by side; `fleetcast compare` gives their differences. "
            "Problems go to stderr; with a mistake in any scenario nothing is run and nothing is "
            "written.",
        .options = forecast_options(),
        .examples = {"fleetcast forecast plan.json",
                     "fleetcast forecast plan.json --every year --by source",
                     "fleetcast forecast plan.json --by team",
                     "fleetcast forecast plan.json --metrics owned,h100e --at 2024-12",
                     "fleetcast forecast plan.json --trials 1e6 --quantiles 5,50,95",
                     "fleetcast forecast base.json late.json --format csv > both.csv",
                     "fleetcast forecast plan.json -o plan.csv -o result.json"},
        .run = run,
    };
}

} // namespace fleetcast
