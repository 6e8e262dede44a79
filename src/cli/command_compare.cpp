// fleetcast compare: scenarios over the same trials, and their differences to the first.
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/forecast_request.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/load/catalog.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fleetcast {
namespace {

constexpr std::size_t least_scenarios = 2;

void refuse_too_few(std::size_t count) {
    if (count < least_scenarios)
        throw Failure(Exit::usage,
                      fmt::format("compare needs a base and one or more others, got {}",
                                  count == 0 ? "no scenario" : "one scenario"));
}

ForecastRequest request_for(const Arguments& arguments) {
    ForecastRequest request = forecast_request_of(arguments, "long");
    if (!request.view.long_layout)
        throw Failure(Exit::usage, "--layout: the csv of a comparison is long; run `fleetcast "
                                   "forecast` for the wide one, without differences");
    return request;
}

std::string horizon_text(const Scenario& scenario) {
    return fmt::format("{} to {} by {}", text_of(scenario.start), text_of(scenario.end),
                       scenario.step == Step::week ? "week" : "month");
}

/// The difference is of the periods that both have: with the same days. Failure (bad input) when
/// there is none; a note where some days of both lie in periods that differ.
void check_periods(const LoadedScenario& base, const LoadedScenario& other, Every every,
                   Talk talk) {
    const std::string names = fmt::format("{} and {}", printable(base.name), printable(other.name));
    const std::vector<ReportSpan> mine = report_spans(base.scenario, every);
    std::size_t common = 0, unequal = 0;
    for (const ReportSpan& span : report_spans(other.scenario, every)) {
        const bool is_in_both = std::ranges::find(mine, span) != mine.end();
        const bool overlaps = span.first <= mine.back().last && span.last >= mine.front().first;
        common += is_in_both;
        unequal += overlaps && !is_in_both;
    }
    if (common == 0)
        throw Failure(Exit::bad_input,
                      fmt::format("{} have no period in common: {}, and {}", names,
                                  horizon_text(base.scenario), horizon_text(other.scenario)));
    if (unequal > 0 && talk != Talk::quiet)
        say(fmt::format("note: {} of {} {} other days in {}: no difference is taken there",
                        unequal == 1 ? "1 period" : fmt::format("{} periods", unequal),
                        printable(other.name), unequal == 1 ? "has" : "have",
                        printable(base.name)));
}

std::vector<FinishedRun> finished(const std::vector<LoadedScenario>& scenarios,
                                  const Catalog& catalog, const ForecastRequest& request) {
    const std::unique_ptr<Progress> line = progress_line(request.talk);
    std::vector<const LoadedScenario*> pointers;
    std::vector<RunRequest> wanted;
    for (const LoadedScenario& loaded : scenarios) {
        pointers.push_back(&loaded);
        wanted.push_back(request_of(request.run, loaded.scenario));
        wanted.back().settings = watched(std::move(wanted.back().settings), "", line.get());
    }
    auto together = run_together(pointers, catalog, wanted);
    if (line)
        line->erase();
    if (const auto* problems = std::get_if<std::vector<Problems>>(&together)) {
        for (std::size_t i = 0; i < scenarios.size(); ++i)
            tell((*problems)[i], scenarios[i].sources, request.talk);
        throw Failure(Exit::bad_input, "the comparison was not finished");
    }
    std::vector<FinishedRun> runs;
    for (std::size_t i = 0; i < scenarios.size(); ++i)
        runs.push_back({&scenarios[i], std::move(std::get<std::vector<ScenarioRun>>(together)[i]),
                        wanted[i].every});
    return runs;
}

int run(const Arguments& arguments) {
    refuse_too_few(arguments.names.size());
    ForecastRequest request = request_for(arguments);
    const Catalog catalog = load_catalog();
    Batch batch = read_scenarios(arguments.names, catalog, request.talk, Notes::of_the_whole);
    if (batch.exit != Exit::ok)
        return static_cast<int>(batch.exit);
    const std::vector<LoadedScenario> scenarios = loaded_of(std::move(batch));
    refuse_too_few(scenarios.size());
    settle_metrics(scenarios, request);
    const Every every = every_of_report(scenarios.front().scenario, every_told(scenarios, request));
    request.run.every = every;
    request.view.period = period_told(scenarios, request);
    for (std::size_t i = 1; i < scenarios.size(); ++i)
        check_periods(scenarios.front(), scenarios[i], every, request.talk);
    const auto runs = finished(scenarios, catalog, request);
    warn_of_threads(runs, request);
    write_result(make_comparison(runs, catalog, request.run), request);
    return 0;
}

} // namespace

Command compare_command() {
    return {
        .name = "compare",
        .synopsis = "BASE OTHER... [options]",
        .summary = "scenarios side by side, and their differences to the first",
        .about =
            "Runs all scenarios over the same trials: an input that several have has the same "
            "draw in each. So the band of a difference is that of the difference itself, without "
            "the noise that two separate forecasts would put into it.\n\n"
            "For each metric it shows what the base and the others have, and OTHER less BASE with "
            "its quantiles, for the periods that both have: those with the same days. All are "
            "reported by the spans of --every, else of the base. A csv is long, the "
            "differences in it under OTHER-BASE as scenario.",
        .options = joined({
            view_options("long, the only one that a comparison has"),
            output_options(),
            trial_options(),
            looks_options(),
            talk_options(),
        }),
        .examples = {"fleetcast compare base.json late.json",
                     "fleetcast compare base.json late.json early.json --every year",
                     "fleetcast compare base.json late.json --metrics h100e --at 2024-12",
                     "fleetcast compare base.json late.json --format csv > difference.csv"},
        .run = run,
    };
}

} // namespace fleetcast
