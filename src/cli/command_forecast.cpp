// fleetcast forecast: options -> scenarios -> result -> formats -> files.
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/scenarios.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/formats.hpp>
#include <fleetcast/report/make_result.hpp>
#include <fleetcast/report/target.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>

namespace fleetcast {
namespace {

/// What the options ask for.
struct Request {
    RunOptions run;
    View view;
    std::optional<Date> at;
    bool says_trials = false;
    Talk talk = Talk::normal;
    Looks looks;
    std::vector<Destination> destinations;
    bool no_clobber = false;
};

Request request_of(const Arguments& arguments) {
    Request request;
    request.says_trials = arguments.has("--trials");
    if (const auto trials = arguments.value("--trials"))
        trials_of(*trials);
    if (const auto seed = arguments.value("--seed"))
        request.run.seed = seed_of(*seed);
    if (const auto metrics = arguments.value("--metrics"))
        request.run.metrics = metrics_of(*metrics);
    if (const auto by = arguments.value("--by"))
        request.run.by = group_of(*by);
    if (const auto every = arguments.value("--every"))
        request.run.every = every_of(*every);
    if (const auto at = arguments.value("--at"))
        request.at = date_of(*at);
    request.view.metrics = request.run.metrics.empty() ? default_metrics() : request.run.metrics;
    request.view.by = text_of(request.run.by);
    request.view.table =
        word_of("--table", arguments.value("--table").value_or("series"), table_names());
    request.view.long_layout = word_of("--layout", arguments.value("--layout").value_or("wide"),
                                       {"wide", "long"}) == "long";
    request.talk = talk_of(arguments);
    request.looks = looks_of(arguments);
    request.no_clobber = arguments.has("--no-clobber");
    request.destinations = destinations_of(arguments, arguments.names);
    request.run.report_set = std::ranges::any_of(
        request.destinations, [](const Destination& each) { return each.format == "json"; });
    return request;
}

/// The first day of the report period that holds the date's last moment.
std::string period_at(const Date& date, const LoadedScenario& loaded, std::optional<Every> every) {
    const Scenario& scenario = loaded.scenario;
    const TimeGrid grid = make_time_grid(scenario.start, scenario.end, scenario.step);
    const auto period = grid.period_ending(grid.ends(date));
    if (!period)
        throw Failure(Exit::usage,
                      fmt::format("--at: {} is outside the horizon of {}, {} to {}", text_of(date),
                                  loaded.name, text_of(scenario.start), text_of(scenario.end)));
    const auto reports =
        report_periods(grid, every.value_or(scenario.report_every.value_or(Every::period)),
                       scenario.finance.year_starts);
    const auto first = std::ranges::find(reports, reports[*period]) - reports.begin();
    return iso_day(grid.periods[static_cast<std::size_t>(first)].first);
}

/// A long run is told by quarter on a terminal, unless someone said otherwise.
std::optional<Every> every_for_reading(const std::vector<LoadedScenario>& scenarios,
                                       const Request& request) {
    constexpr double most_rows = 24;
    const bool read_only = std::ranges::all_of(
        request.destinations, [](const Destination& each) { return each.format == "terminal"; });
    const bool is_long = std::ranges::any_of(scenarios, [](const LoadedScenario& loaded) {
        const Scenario& scenario = loaded.scenario;
        return period_count(scenario.start, scenario.end, scenario.step) > most_rows;
    });
    const bool said =
        request.at || std::ranges::any_of(scenarios, [](const LoadedScenario& loaded) {
            return loaded.scenario.report_every.has_value();
        });
    return read_only && is_long && !said ? std::optional(Every::quarter) : std::nullopt;
}

std::string common_period(const Date& date, const std::vector<LoadedScenario>& scenarios,
                          std::optional<Every> every) {
    std::string common;
    for (const LoadedScenario& loaded : scenarios) {
        const std::string label = period_at(date, loaded, every);
        if (!common.empty() && label != common)
            throw Failure(
                Exit::usage,
                fmt::format("--at: {} lies in periods that begin on different days, {} and "
                            "{}: give --every, or run the scenarios one by one",
                            text_of(date), common, label));
        common = label;
    }
    return common;
}

/// Half of the memory that is free now. [byte]
double half_of_free_memory() {
    std::ifstream memory("/proc/meminfo");
    std::string key;
    double kibibytes = 0;
    while (memory >> key) {
        if (key == "MemAvailable:" && memory >> kibibytes)
            return kibibytes * 1024 / 2;
        memory.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return std::numeric_limits<double>::infinity(); // a system that does not say
}

/// Runs them all; a mistake that only a run finds is told with the lines of its scenario.
std::vector<FinishedRun> finished(const std::vector<LoadedScenario>& scenarios,
                                  const Catalog& catalog, const Request& request) {
    std::vector<FinishedRun> runs;
    bool failed = false;
    for (const LoadedScenario& loaded : scenarios) {
        const RunRequest wanted = request_of(request.run, loaded.scenario);
        auto run = run_scenario(loaded, catalog, wanted);
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

std::vector<Output> rendered(const ForecastResult& result, const Request& request) {
    TerminalStyle style = style_of_stdout(request.looks);
    std::vector<Output> outputs;
    for (const Destination& each : request.destinations) {
        TerminalStyle own = style;
        own.color = style.color && (each.target == "-" || each.target == "/dev/stdout");
        outputs.push_back(
            {each.target, format_named(each.format).render(result, request.view, own)});
    }
    return outputs;
}

int run(const Arguments& arguments) {
    Request request = request_of(arguments);
    const Catalog catalog = load_catalog();
    Batch batch = read_scenarios(arguments.names, catalog, request.talk, Notes::of_the_whole);
    if (batch.exit != Exit::ok)
        return static_cast<int>(batch.exit);
    std::vector<LoadedScenario> scenarios;
    for (Examined& examined : batch.scenarios)
        scenarios.push_back(std::move(examined.loaded));
    if (!request.run.every)
        request.run.every = every_for_reading(scenarios, request);
    if (request.at)
        request.view.period = common_period(*request.at, scenarios, request.run.every);
    request.run.memory = half_of_free_memory();
    const ForecastResult result =
        make_result(finished(scenarios, catalog, request), catalog, request.run);
    const bool uncertain =
        std::ranges::any_of(result.manifest.scenarios, &ManifestScenario::uncertain_inputs);
    if (uncertain && !request.says_trials && request.talk != Talk::quiet)
        say("note: inputs are uncertain: this version runs every input at its median, as with "
            "--trials 1");
    const std::vector<Output> outputs = rendered(result, request);
    write_outputs(outputs, request.no_clobber);
    if (request.talk == Talk::verbose)
        for (std::size_t i = 0; i < outputs.size(); ++i)
            say(fmt::format("fleetcast: wrote {} as {}, {} bytes", shown_target(outputs[i].target),
                            request.destinations[i].format, outputs[i].bytes.size()));
    return 0;
}

} // namespace

Command forecast_command() {
    return {
        .name = "forecast",
        .synopsis = "SCENARIO... [options]",
        .summary = "what runs when, what waits for power, what it costs",
        .about =
            "Simulates each scenario, period by period, and reports units, H100-equivalents, "
            "power, energy and cost, what waited and what it waited for, when milestones are "
            "reached, and whether checks hold.\n\n"
            "A SCENARIO is a JSON file, or - for standard input. Several are shown side by side. "
            "This version runs every uncertain input at its median. Problems go to stderr; with a "
            "mistake in any scenario nothing is run and nothing is written.",
        .options = joined({
            {{"--metrics", "A,B",
              "what to report: names between commas, or all; see `fleetcast help metrics`", "",
              false},
             {"--by", "GROUP", "a row for each source, site or accelerator beside the total", "",
              false},
             {"--every", "SPAN",
              "report by period, quarter or year; the scenario's report_every by default, and on a "
              "terminal quarters where that is not given and there are more than 24 periods",
              "", false},
             {"--at", "DATE", "only the period that holds the end of this month or day, as 2024-12",
              "", false},
             {"--table", "NAME",
              "which table a csv holds: series (default), outcomes, checks or inputs", "", false},
             {"--layout", "NAME",
              "csv with a column for each metric (wide, default), or a row for each figure (long)",
              "", false}},
            output_options(),
            {{"--trials", "N", "1: this version runs the median inputs", "", false},
             {"--seed", "N",
              "seed of the random numbers, 1 by default; a run of the medians draws none", "",
              false}},
            looks_options(),
            talk_options(),
        }),
        .examples = {"fleetcast forecast plan.json",
                     "fleetcast forecast plan.json --every year --by source",
                     "fleetcast forecast plan.json --metrics owned,h100e --at 2024-12",
                     "fleetcast forecast base.json late.json --format csv > both.csv",
                     "fleetcast forecast plan.json -o plan.csv -o result.json"},
        .run = run,
    };
}

} // namespace fleetcast
