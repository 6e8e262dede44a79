// fleetcast compare: scenarios over the same trials, and their differences to the first. What is
// saved, and what stands beside it, is left to compare_apart().
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/compare_apart.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/forecast_request.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/differences.hpp>

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

ComparedFiles read_files(const Arguments& arguments, const Catalog& catalog,
                         const ForecastRequest& request) {
    if (!arguments.has("--variants"))
        return read_compared(arguments.names, catalog, request.read);
    if (arguments.names.size() != 1)
        throw Failure(Exit::usage,
                      fmt::format("--variants compares the variants of one file, got {} files",
                                  arguments.names.size()));
    if (arguments.has("--variant"))
        throw Failure(Exit::usage, "--variants and --variant exclude each other");
    return read_variants(arguments.names.front(), catalog, request.read);
}

bool is_saved(const ComparedFile& each) {
    return std::holds_alternative<ForecastResult>(each.content);
}

std::size_t count_scenarios(const std::vector<ComparedFile>& files) {
    std::size_t count = 0;
    for (const ComparedFile& each : files)
        count +=
            is_saved(each) ? std::get<ForecastResult>(each.content).manifest.scenarios.size() : 1;
    return count;
}

/// Over the same trials; what is to be shown is put into the request.
ForecastResult compare_together(std::vector<ComparedFile> files, const Catalog& catalog,
                                ForecastRequest& request) {
    std::vector<LoadedScenario> scenarios;
    for (ComparedFile& each : files)
        scenarios.push_back(std::move(std::get<Examined>(each.content).loaded));
    settle_metrics(scenarios, request);
    const Every every = every_of_report(scenarios.front().scenario, every_told(scenarios, request));
    request.run.every = every;
    request.view.period = period_told(scenarios, request);
    for (std::size_t i = 1; i < scenarios.size(); ++i)
        check_periods(scenarios.front(), scenarios[i], every, request.talk);
    const auto runs = finished(scenarios, catalog, request);
    warn_of_threads(runs, request);
    return make_comparison(runs, catalog, request.run);
}

int run(const Arguments& arguments) {
    if (arguments.names.empty())
        refuse_too_few(0);
    ForecastRequest request = request_for(arguments);
    const Catalog catalog = load_catalog();
    ComparedFiles all = read_files(arguments, catalog, request);
    if (all.exit != Exit::ok)
        return static_cast<int>(all.exit);
    for (const ComparedFile& each : all.files)
        if (const auto* examined = std::get_if<Examined>(&each.content))
            refuse_inputs(request, {examined->loaded});
    refuse_too_few(count_scenarios(all.files));
    const ForecastResult result = std::ranges::any_of(all.files, is_saved)
                                      ? compare_apart(all.files, catalog, arguments, request)
                                      : compare_together(std::move(all.files), catalog, request);
    write_result(result, request);
    const bool asks = arguments.has("--exit-code");
    return static_cast<int>(asks && differ(asked_of(result, request.view)) ? Exit::differ
                                                                           : Exit::ok);
}

std::vector<Option> compare_options() {
    return {{"--variants", "", "compare a scenario with each of its own `variants`", "", false},
            {"--exit-code", "",
             "end with 10 where a figure that is asked for, an outcome or the verdict of a check "
             "of any OTHER differs from BASE; without it differences are not an error",
             "", false}};
}

} // namespace

Command compare_command() {
    return {
        .name = "compare",
        .synopsis = "BASE OTHER... | SCENARIO --variants [options]",
        .summary = "scenarios side by side, and their differences to the first",
        .about =
            "Runs all scenarios over the same trials: an input that several have has the same "
            "draw in each. So the band of a difference is that of the difference itself, without "
            "the noise that two separate forecasts would put into it.\n\n"
            "It shows where they differ most, and for each metric what the base and the others "
            "have, and OTHER less BASE with its quantiles, for the periods that both have: those "
            "with the same days. All are reported by the spans of --every, else of the base. A csv "
            "is long, the differences in it under OTHER-BASE as scenario.\n\n"
            "BASE and OTHER may be saved results too (`fleetcast forecast plan.json -o "
            "old.json`): each scenario in them takes part, and scenarios beside them are run by "
            "themselves. Such a difference is one of means, and its band is not known.",
        .options = joined({
            compare_options(),
            forecast_options("long, the only one that a comparison has"),
        }),
        .examples = {"fleetcast compare base.json late.json",
                     "fleetcast compare base.json late.json early.json --every year",
                     "fleetcast compare base.json late.json --metrics h100e --at 2024-12",
                     "fleetcast compare plan.json --variants",
                     "fleetcast compare old-result.json plan.json --exit-code",
                     "fleetcast compare base.json late.json --format csv > difference.csv"},
        .run = run,
    };
}

} // namespace fleetcast
