// What is saved cannot be made otherwise: options that would have to are refused, not passed over.
#include <fleetcast/cli/compare_apart.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/report/common_periods.hpp>
#include <fleetcast/report/join_results.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fleetcast {
namespace {

const ForecastResult* saved_of(const ComparedFile& each) {
    return std::get_if<ForecastResult>(&each.content);
}

void refuse_without_effect(const std::vector<ComparedFile>& files, const Arguments& arguments) {
    constexpr std::string_view of_runs[] = {"--trials",  "--seed",    "--sampling", "--quantiles",
                                            "--variant", "--overlay", "--set",      "--allow-root"};
    if (!std::ranges::all_of(files, saved_of))
        return;
    for (const std::string_view option : of_runs)
        if (arguments.has(option))
            throw Failure(Exit::usage,
                          fmt::format("{} has no effect: these are saved results", option));
}

/// By which periods to report, so that they are those of what is saved.
Every every_of_saved(const std::vector<ComparedFile>& files, const Arguments& arguments) {
    const auto asked = arguments.value("--every");
    std::optional<Every> first;
    for (const ComparedFile& each : files) {
        if (saved_of(each) == nullptr)
            continue;
        for (const ManifestScenario& scenario : saved_of(each)->manifest.scenarios) {
            if (asked && *asked != scenario.every)
                throw Failure(Exit::usage, fmt::format("--every: {} of {} was saved by {}, which "
                                                       "cannot be changed",
                                                       printable(scenario.name),
                                                       printable(each.file.path), scenario.every));
            first = first.value_or(every_of(scenario.every));
        }
    }
    return first.value_or(Every::period);
}

/// The scenario run as `forecast` runs it.
ForecastResult run_alone(const LoadedScenario& loaded, const std::string& path,
                         const Catalog& catalog, const ForecastRequest& request) {
    const std::unique_ptr<Progress> line = progress_line(request.talk);
    RunRequest wanted = request_of(request.run, loaded.scenario);
    wanted.settings = watched(std::move(wanted.settings), loaded.name, line.get());
    wanted.settings.stop = stop_after(request.timeout, path);
    auto run = run_scenario(loaded, catalog, wanted);
    if (line)
        line->erase();
    if (const auto* problems = std::get_if<Problems>(&run)) {
        tell(*problems, loaded.sources, request.talk);
        throw Failure(Exit::bad_input, "the comparison was not finished");
    }
    std::vector<FinishedRun> runs;
    runs.push_back({&loaded, std::get<ScenarioRun>(std::move(run)), wanted.every});
    warn_of_threads(runs, request);
    return make_result(runs, catalog, request.run);
}

/// The metrics that are asked for, or the default ones, of which there is some difference.
std::vector<std::string> metrics_of(const ForecastResult& all, const ForecastRequest& request,
                                    std::vector<std::string>& notes) {
    const auto& comparisons = all.manifest.comparisons;
    std::vector<std::string> metrics;
    for (const std::string& metric : metrics_shown(request.run)) {
        bool is_there = false, is_compared = false;
        for (const SeriesRow& row : all.series)
            if (row.metric == metric) {
                is_there = true;
                is_compared =
                    is_compared || std::ranges::find(comparisons, row.scenario,
                                                     &Comparison::difference) != comparisons.end();
            }
        if (is_compared)
            metrics.push_back(metric);
        if (!is_there)
            notes.push_back(fmt::format("none of the results has {}: left out", metric));
    }
    if (metrics.empty())
        throw Failure(Exit::bad_input, "the results have no metric that is asked for in common");
    return metrics;
}

void note_groups(const ForecastResult& all, const std::string& by,
                 std::vector<std::string>& notes) {
    for (const ManifestScenario& scenario : all.manifest.scenarios)
        if (by != "total" && std::ranges::none_of(all.series, [&](const SeriesRow& row) {
                return row.scenario == scenario.name && row.by == by;
            }))
            notes.push_back(fmt::format("{} has no figures by {}", printable(scenario.name), by));
}

/// The first day of the period that holds the date's last moment in every scenario.
std::string period_at(const Date& date, const ForecastResult& all) {
    const std::string day = iso_day(last_day(date));
    std::string common;
    for (const ManifestScenario& scenario : all.manifest.scenarios) {
        const auto spans = spans_of(all, scenario.name);
        const auto found = std::ranges::find_if(
            spans, [&](const PeriodSpan& span) { return span.first <= day && day < span.next; });
        if (found == spans.end())
            throw Failure(Exit::usage,
                          fmt::format("--at: {} is outside the horizon of {}, {} to {}",
                                      text_of(date), printable(scenario.name), scenario.start,
                                      scenario.end));
        if (!common.empty() && found->first != common)
            throw Failure(Exit::usage,
                          fmt::format("--at: {} lies in periods that begin on different days, {} "
                                      "and {}",
                                      text_of(date), common, found->first));
        common = found->first;
    }
    return common;
}

} // namespace

ForecastResult compare_apart(const std::vector<ComparedFile>& files, const Catalog& catalog,
                             const Arguments& arguments, ForecastRequest& request) {
    refuse_without_effect(files, arguments);
    request.run.every = every_of_saved(files, arguments);
    request.run.report_set = true;
    request.run.settings.spread = request.run.settings.waits = true;
    std::vector<NamedResult> results;
    for (const ComparedFile& each : files)
        results.push_back({each.file.name, saved_of(each) != nullptr
                                               ? *saved_of(each)
                                               : run_alone(std::get<Examined>(each.content).loaded,
                                                           each.file.path, catalog, request)});
    Joined joined = join_results(std::move(results));
    const ForecastResult& all = joined.result;
    request.run.workloads =
        std::ranges::find(all.series, "demand_h100e", &SeriesRow::metric) != all.series.end();
    request.view.metrics = metrics_of(all, request, joined.notes);
    note_groups(all, request.view.by, joined.notes);
    if (request.at)
        request.view.period = period_at(*request.at, all);
    if (request.talk != Talk::quiet)
        for (const std::string& text : joined.notes)
            say("note: " + text);
    return std::move(joined.result);
}

} // namespace fleetcast
