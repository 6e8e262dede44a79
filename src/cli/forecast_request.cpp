#include <fleetcast/cli/forecast_request.hpp>

#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/patch_options.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/report/formats.hpp>
#include <fleetcast/report/target.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace fleetcast {
namespace {

bool any_output(const ForecastRequest& request, std::string_view format) {
    return std::ranges::any_of(request.destinations,
                               [&](const Destination& each) { return each.format == format; });
}

bool all_outputs(const ForecastRequest& request, std::string_view format) {
    return std::ranges::all_of(request.destinations,
                               [&](const Destination& each) { return each.format == format; });
}

/// A csv of means and quantiles side by side needs no more than these, the other tables of a csv
/// none of them; everything else shows standard deviations or errors.
bool needs_spread(const ForecastRequest& request) {
    const View& view = request.view;
    const bool shows_it = view.table == "outcomes" || (view.table == "series" && view.long_layout);
    return shows_it || !all_outputs(request, "csv");
}

/// A long run is told by quarter on a terminal, unless someone said otherwise.
bool is_told_by_quarter(const std::vector<LoadedScenario>& scenarios,
                        const ForecastRequest& request) {
    const auto has_many = [](const LoadedScenario& loaded) { return is_long(loaded.scenario); };
    const auto says = [](const LoadedScenario& loaded) {
        return loaded.scenario.report_every.has_value();
    };
    return all_outputs(request, "terminal") && !request.at &&
           std::ranges::any_of(scenarios, has_many) && std::ranges::none_of(scenarios, says);
}

/// The files that are read, none of which may be written.
std::vector<std::string> inputs_of(const Arguments& arguments, const PatchRequest& patches) {
    std::vector<std::string> inputs = arguments.names;
    for (const Patch& patch : patches.patches)
        if (patch.kind == Patch::Kind::overlay)
            inputs.push_back(patch.text);
    return inputs;
}

/// --metrics, --by, --every, --at, --table and --layout.
std::vector<Option> view_options(std::string_view layout_doc) {
    return {
        {"--metrics", "A,B",
         "what to report: names between commas, or all; see `fleetcast help metrics`", "", false},
        {"--by", "GROUP",
         "a row for each source, site, accelerator, team or workload beside the total; by team and "
         "workload, unless --metrics says otherwise, of demand_h100e, served_h100e, "
         "shortfall_h100e and charged_usd",
         "", false},
        {"--every", "SPAN",
         "report by period, quarter or year; the scenario's report_every by default, and on a "
         "terminal quarters where that is not given and there are more than 24 periods",
         "", false},
        {"--at", "DATE", "only the period that holds the end of this month or day, as 2024-12", "",
         false},
        {"--table", "NAME", "which table a csv holds: series (default), outcomes, checks or inputs",
         "", false},
        {"--layout", "NAME", layout_doc, "", false}};
}

} // namespace

std::vector<Option> forecast_options(std::string_view layout_doc) {
    return joined({patch_options(), view_options(layout_doc), output_options(), trial_options(),
                   looks_options(), talk_options()});
}

ForecastRequest forecast_request_of(const Arguments& arguments, const std::string& first_layout) {
    ForecastRequest request;
    request.run.settings = settings_of(arguments);
    if (const auto metrics = arguments.value("--metrics"))
        request.run.metrics = metrics_of(*metrics);
    if (const auto by = arguments.value("--by"))
        request.run.by = group_of(*by);
    if (const auto every = arguments.value("--every"))
        request.run.every = every_of(*every);
    if (const auto at = arguments.value("--at"))
        request.at = date_of(*at);
    request.view.by = text_of(request.run.by);
    request.view.table =
        word_of("--table", arguments.value("--table").value_or("series"), table_names());
    request.view.long_layout =
        word_of("--layout", arguments.value("--layout").value_or(first_layout), {"wide", "long"}) ==
        "long";
    request.talk = talk_of(arguments);
    request.read.patches = patch_request_of(arguments);
    request.read.talk = request.talk;
    request.read.notes = Notes::of_the_whole;
    request.timeout = request.read.timeout = timeout_given(arguments);
    request.looks = looks_of(arguments);
    request.no_clobber = arguments.has("--no-clobber");
    request.destinations = destinations_of(arguments, inputs_of(arguments, request.read.patches));
    request.run.report_set = any_output(request, "json");
    request.run.for_reading = any_output(request, "terminal");
    request.run.settings.spread = needs_spread(request);
    request.run.settings.waits = !all_outputs(request, "csv");
    return request;
}

std::vector<LoadedScenario> loaded_of(Batch batch) {
    std::vector<LoadedScenario> scenarios;
    for (Examined& examined : batch.scenarios)
        scenarios.push_back(std::move(examined.loaded));
    return scenarios;
}

void refuse_inputs(const ForecastRequest& request, const std::vector<LoadedScenario>& scenarios) {
    std::vector<std::string> targets;
    for (const Destination& each : request.destinations)
        targets.push_back(each.target);
    for (const LoadedScenario& loaded : scenarios)
        refuse_inputs(targets, loaded);
}

void settle_metrics(const std::vector<LoadedScenario>& scenarios, ForecastRequest& request) {
    request.run.workloads = std::ranges::any_of(
        scenarios, [](const LoadedScenario& loaded) { return !loaded.scenario.workloads.empty(); });
    request.view.metrics = metrics_shown(request.run);
}

std::optional<Every> every_told(const std::vector<LoadedScenario>& scenarios,
                                const ForecastRequest& request) {
    if (!request.run.every && is_told_by_quarter(scenarios, request))
        return Every::quarter;
    return request.run.every;
}

std::optional<std::string> period_told(const std::vector<LoadedScenario>& scenarios,
                                       const ForecastRequest& request) {
    if (!request.at)
        return std::nullopt;
    return common_period(*request.at, scenarios, request.run.every);
}

std::unique_ptr<Progress> progress_line(Talk talk) {
    if (talk == Talk::quiet || !can_rewrite_stderr())
        return nullptr;
    return std::make_unique<Progress>(stderr_terminal());
}

RunSettings watched(RunSettings settings, const std::string& name, Progress* line) {
    if (line == nullptr)
        return settings;
    line->begin(name, trials_of_run(settings.sampling, settings.trials));
    settings.progress = [line](std::uint64_t done) { line->tell(done); };
    return settings;
}

void warn_of_threads(const std::vector<FinishedRun>& runs, const ForecastRequest& request) {
    const unsigned asked = request.run.settings.threads;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    for (const FinishedRun& finished : runs) {
        const Forecast& forecast = finished.run.forecast;
        const auto wanted = std::min<std::uint64_t>(asked > 0 ? asked : cores,
                                                    (forecast.trials - 1) / task_trials + 1);
        if (forecast.threads >= wanted || request.talk == Talk::quiet)
            continue;
        say(fmt::format("warning: only {} of {} threads could be started; the results are the same",
                        forecast.threads, wanted));
        return;
    }
}

void write_result(const ForecastResult& result, const ForecastRequest& request) {
    if (result.manifest.quantile_form == "log-buckets" && request.talk != Talk::quiet)
        say("note: quantiles are within 0.5 % of the exact ones, which would need more than the "
            "memory cap (--memory)");
    const TerminalStyle style = style_of_stdout(request.looks);
    std::vector<Output> outputs;
    for (const Destination& each : request.destinations) {
        outputs.push_back(
            {each.target,
             format_named(each.format).render(result, request.view, style_for(each, style))});
    }
    write_outputs(outputs, request.no_clobber);
    if (request.talk == Talk::verbose)
        for (std::size_t i = 0; i < outputs.size(); ++i)
            say(fmt::format("fleetcast: wrote {} as {}, {} bytes", shown_target(outputs[i].target),
                            request.destinations[i].format, outputs[i].bytes.size()));
}

} // namespace fleetcast
