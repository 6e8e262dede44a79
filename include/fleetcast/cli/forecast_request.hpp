// What forecast and compare have in common: their options, the scenarios, the report's periods and
// the outputs. What is run, and how, is left to the two commands.
#pragma once

#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/report/make_result.hpp>
#include <fleetcast/report/tables.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// What the options ask for.
struct ForecastRequest {
    ReadRequest read;
    RunOptions run;
    View view;
    std::optional<Date> at;
    std::optional<double> timeout; // of each scenario [s]
    Talk talk = Talk::normal;
    Looks looks;
    std::vector<Destination> destinations;
    bool no_clobber = false;
};

/// The options of a forecast, which compare, check and sweep have, too: patches, what is shown,
/// outputs, trials, looks and talk; --layout with that explanation.
std::vector<Option>
forecast_options(std::string_view layout_doc = "csv with a column for each metric and statistic "
                                               "(wide, default), or a row for each figure (long)");

/// From the words of the command line; a layout not given is the first. Failure (usage, refused,
/// io) as the options say.
ForecastRequest forecast_request_of(const Arguments& arguments, const std::string& first_layout);

/// The scenarios themselves, out of a batch in which none has an error.
std::vector<LoadedScenario> loaded_of(Batch batch);

/// Failure (usage) when an output is a base that some scenario extends.
void refuse_inputs(const ForecastRequest& request, const std::vector<LoadedScenario>& scenarios);

/// The metrics shown, which are the same of all scenarios: those of demand where any has workloads.
void settle_metrics(const std::vector<LoadedScenario>& scenarios, ForecastRequest& request);

/// By which periods all are reported, where that is not left to each: what --every says, else
/// quarters when many periods are only to be read and nobody asked for others.
std::optional<Every> every_told(const std::vector<LoadedScenario>& scenarios,
                                const ForecastRequest& request);

/// The first day of the one period that --at names. Failure (usage) when there is none.
std::optional<std::string> period_told(const std::vector<LoadedScenario>& scenarios,
                                       const ForecastRequest& request);

/// The line of progress; nullptr where stderr cannot show it or quiet was asked for.
std::unique_ptr<Progress> progress_line(Talk talk);

/// The settings of a run that begins now and tells on the line, if there is one, how far it is.
RunSettings watched(RunSettings settings, const std::string& name, Progress* line);

/// Says that the system gave fewer threads than were asked for and had work, when it did.
void warn_of_threads(const std::vector<FinishedRun>& runs, const ForecastRequest& request);

/// Renders every output, then writes them. Failure (io, pipe) as in write_outputs().
void write_result(const ForecastResult& result, const ForecastRequest& request);

} // namespace fleetcast
