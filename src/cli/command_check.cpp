// fleetcast check: the checks of many scenarios, for CI.
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/check_batch.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/forecast_request.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/read_file.hpp>
#include <fleetcast/report/formats.hpp>
#include <fleetcast/report/read_result.hpp>
#include <fleetcast/report/unite_results.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace fleetcast {
namespace {

/// A form of the report beside the tables: its option and its function.
struct ReportFile {
    std::string_view option;
    std::string (*render)(const CheckReport&);
};

constexpr ReportFile report_files[] = {{"--junit", checks_junit}, {"--markdown", checks_markdown}};

std::vector<Option> check_options() {
    return {{"--junit", "FILE", "write a JUnit report, as GitLab and Jenkins read it; - is stdout",
             "", false},
            {"--markdown", "FILE", "write a summary for a pull request; - is stdout", "", false},
            {"--github", "",
             "print annotations for GitHub, at the lines of the checks, within its limits", "",
             false},
            {"--baseline", "RESULT",
             "a saved result (forecast or check -o F.json): show what moved since", "", false},
            {"--inconclusive", "VERDICT",
             "fail (default) or pass: what a check is that is too close to call", "", false},
            {"--variants", "", "check each variant of a scenario, too", "", false}};
}

/// A baseline with the text that it came from.
ForecastResult baseline_of(const std::string& path) {
    const Sources sources{{read_source(path)}};
    auto result = read_result(sources, 0);
    if (const auto* problems = std::get_if<Problems>(&result)) {
        tell(*problems, sources, Talk::normal);
        throw Failure(Exit::bad_input,
                      fmt::format("--baseline: {} is no result that could be compared with",
                                  printable(path)));
    }
    return std::get<ForecastResult>(std::move(result));
}

/// The parts of a run of the command.
class Checking {
public:
    explicit Checking(const Arguments& arguments)
        : arguments_(arguments), request_(forecast_request_of(arguments, "wide")) {
        if (!arguments.has("--table"))
            request_.view.table = "checks";
        settle_targets();
        if (arguments.has("--variants") && arguments.has("--variant"))
            throw Failure(Exit::usage, "--variants and --variant exclude each other");
        checks_.at = request_.at;
        if (const auto path = arguments.value("--baseline"))
            baseline_ = baseline_of(*path);
        checks_.read = request_.read;
        checks_.read.tells = false;
        checks_.timeout = request_.timeout;
        checks_.variants = arguments.has("--variants");
        checks_.inconclusive_passes =
            word_of("--inconclusive", arguments.value("--inconclusive").value_or("fail"),
                    {"fail", "pass"}) == "pass";
        checks_.baseline = baseline_ ? &*baseline_ : nullptr;
        checks_.keeps_results =
            std::ranges::any_of(request_.destinations,
                                [](const Destination& each) { return each.format != "terminal"; });
        checks_.keeps_series =
            std::ranges::any_of(request_.destinations, [&](const Destination& each) {
                return each.format == "csv" ? request_.view.table == "series"
                                            : each.format != "terminal";
            });
        checks_.run = request_.run;
        checks_.run.report_set = false;
        checks_.run.for_reading = false;
        if (!checks_.keeps_series && !baseline_)
            checks_.run.metrics = {"owned"}; // figures are not shown: the cheapest
        report_.baseline = arguments.value("--baseline").value_or("");
        report_.inconclusive_passes = checks_.inconclusive_passes;
    }

    int run() {
        const std::vector<GivenFile> files = given_files(arguments_.names, request_.talk);
        const Catalog catalog = load_catalog();
        const std::unique_ptr<Progress> line = progress_line(request_.talk);
        if (line)
            line->begin("", files.size(), "scenarios");
        check_files(files, catalog, checks_, [&](std::size_t done, CheckedFile checked) {
            if (line && !checked.said.empty())
                line->erase();
            if (!checked.said.empty())
                say(std::string_view(checked.said).substr(0, checked.said.size() - 1));
            if (line)
                line->tell(done);
            settle_period(checked.period);
            std::ranges::move(checked.scenarios, std::back_inserter(report_.scenarios));
            std::ranges::move(checked.results, std::back_inserter(results_));
        });
        if (line)
            line->erase();
        refuse_equal_names();
        write();
        Exit exit = Exit::ok;
        for (const CheckedScenario& scenario : report_.scenarios)
            exit = more_severe(exit, scenario.exit);
        return static_cast<int>(exit);
    }

private:
    /// The period of --at begins on one day in all scenarios.
    void settle_period(const std::string& period) {
        if (period.empty())
            return;
        if (request_.view.period && *request_.view.period != period)
            throw Failure(Exit::usage,
                          fmt::format("--at: it lies in periods that begin on different days, {} "
                                      "and {}: give --every, or check the scenarios one by one",
                                      *request_.view.period, period));
        request_.view.period = period;
    }

    /// A variant may be called as another file is.
    void refuse_equal_names() const {
        std::set<std::string_view> names;
        for (const CheckedScenario& scenario : report_.scenarios)
            if (!names.insert(scenario.name).second)
                throw Failure(Exit::usage,
                              fmt::format("two scenarios are called {}: check them one "
                                          "by one, or rename one",
                                          printable(scenario.name)));
    }

    /// The targets of all forms, which must not be in each other's way.
    void settle_targets() {
        std::vector<std::string> targets;
        for (const auto& [option, render] : report_files)
            if (const auto target = arguments_.value(option)) {
                targets.push_back(*target);
                if (writes_to_stdout(*target) && !arguments_.has("--output"))
                    request_.destinations.clear(); // it is taken
            }
        for (const Destination& each : request_.destinations)
            targets.push_back(each.target);
        std::vector<std::string> inputs = arguments_.names;
        if (const auto path = arguments_.value("--baseline"))
            inputs.push_back(*path);
        check_targets(targets, inputs, request_.no_clobber);
        checks_.targets = std::move(targets);
    }

    void write() {
        const TerminalStyle style = style_of_stdout(request_.looks);
        const bool keeps = checks_.keeps_results && !results_.empty();
        const ForecastResult result = keeps ? united(std::move(results_)) : ForecastResult{};
        std::vector<Output> outputs;
        for (const Destination& each : request_.destinations)
            outputs.push_back(
                {each.target, each.format == "terminal"
                                  ? checks_terminal(report_, style_for(each, style))
                                  : format_named(each.format).render(result, view_of(), style)});
        for (const auto& [option, render] : report_files)
            if (const auto target = arguments_.value(option))
                outputs.push_back({*target, render(report_)});
        add_annotations(outputs);
        write_outputs(outputs, request_.no_clobber);
    }

    /// GitHub reads annotations from both streams: they stand behind the report on standard output,
    /// or, where that is a document, on the other.
    void add_annotations(std::vector<Output>& outputs) const {
        if (!arguments_.has("--github"))
            return;
        const std::string annotations = checks_github(report_);
        if (annotations.empty())
            return;
        for (const Destination& each : request_.destinations)
            if (each.target == "-" && each.format == "terminal") {
                const auto output = std::ranges::find(outputs, each.target, &Output::target);
                output->bytes += annotations;
                return;
            }
        const bool is_free = std::ranges::none_of(
            outputs, [](const Output& each) { return writes_to_stdout(each.target); });
        if (is_free)
            outputs.push_back({"-", annotations});
        else
            say(std::string_view(annotations).substr(0, annotations.size() - 1));
    }

    View view_of() const {
        View view = request_.view;
        if (view.metrics.empty())
            view.metrics = metrics_shown(checks_.run);
        return view;
    }

    const Arguments& arguments_;
    ForecastRequest request_;
    std::optional<ForecastResult> baseline_;
    CheckRequest checks_;
    CheckReport report_;
    std::vector<ForecastResult> results_;
};

int run(const Arguments& arguments) { return Checking(arguments).run(); }

} // namespace

Command check_command() {
    return {
        .name = "check",
        .synopsis = "SCENARIO... [options]",
        .summary = "whether the checks of many scenarios hold, for CI",
        .about =
            "Runs each scenario, several at a time, and tells which of its `checks` hold. A "
            "scenario that is broken or takes longer than --timeout does not keep the others from "
            "being checked; a scenario without checks is a mistake.\n\n"
            "With several trials a check passes or fails only when the Monte Carlo error leaves no "
            "doubt (the Wilson interval of the share, z = 2, lies on one side of the probability "
            "asked for). Else it is too close to call: the report says how many trials would "
            "settle it, and it counts as failed unless --inconclusive pass.\n\n"
            "The exit code is 0 when all hold, 99 when a check fails, 3 when a scenario has a "
            "mistake, names a metric that there is not, or has no check, 4 when a file cannot be "
            "read, 5 when one was not finished in time. Of several the most severe counts: 1, 5, "
            "4, 3, 99, 0.\n\n"
            "A csv holds the table of checks, unless --table says otherwise.\n\n"
            "A baseline is a saved result of an earlier state: `fleetcast check plans/*.json -o "
            "baseline.json`. What moved since is told beside each verdict.",
        .options = joined({
            check_options(),
            forecast_options(),
        }),
        .examples = {"fleetcast check plans/*.json",
                     "fleetcast check plans/*.json --junit checks.xml --timeout 60",
                     "fleetcast check plan.json --github --markdown summary.md",
                     "fleetcast check plan.json --baseline main.json",
                     "fleetcast check plan.json --variants --trials 1e5"},
        .run = run,
    };
}

} // namespace fleetcast
