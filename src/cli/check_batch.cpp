#include <fleetcast/cli/check_batch.hpp>

#include <fleetcast/base/in_parallel.hpp>
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/report/since_baseline.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fleetcast {
namespace {

Problems without_notes(Problems problems) {
    std::erase_if(problems,
                  [](const Problem& problem) { return problem.severity == Severity::note; });
    return problems;
}

Exit exit_of(const std::vector<CheckedRow>& checks, bool inconclusive_passes) {
    const bool fails = std::ranges::any_of(checks, [&](const CheckedRow& check) {
        return is_failure(check.row, inconclusive_passes);
    });
    return fails ? Exit::check_failed : Exit::ok;
}

/// Where a check is written.
void place_check(CheckedRow& check, const LoadedScenario& loaded) {
    const Place place = locate_key(loaded.document, "checks." + check.row.check);
    if (place.file >= loaded.sources.texts.size())
        return;
    const auto& [name, text] = loaded.sources.texts[place.file];
    const Position position = position_of(text, place.offset);
    check.file = name;
    check.line = position.line;
    check.column = position.column;
}

std::vector<CheckedRow> rows_of(const ForecastResult& result, const ScenarioRun& run,
                                const LoadedScenario& loaded) {
    std::vector<CheckedRow> rows;
    for (std::size_t i = 0; i < result.checks.size(); ++i) {
        rows.push_back({result.checks[i], {}, 0, 0, run.verdicts.checks[i].settled_by, {}});
        place_check(rows.back(), loaded);
    }
    return rows;
}

class FileChecker {
public:
    FileChecker(const GivenFile& file, const Catalog& catalog, const CheckRequest& request)
        : file_(file), catalog_(catalog), request_(request) {}

    CheckedFile checked() {
        const std::optional<LoadedScenario> loaded = check(request_.read.patches.variant);
        const bool is_whole = loaded && out_.scenarios.front().exit != Exit::bad_input;
        if (is_whole && request_.variants)
            for (const std::string& name : variant_names(*loaded))
                check(name);
        return std::move(out_);
    }

private:
    /// The scenario, or a variant of it; nothing where it could not be read.
    std::optional<LoadedScenario> check(const std::optional<std::string>& variant) {
        CheckedScenario scenario;
        scenario.name = file_.name + (variant ? "@" + *variant : "");
        scenario.file = file_.path;
        std::optional<LoadedScenario> loaded;
        try {
            loaded = run(variant, scenario);
        } catch (const Failure& failure) {
            if (failure.code == Exit::usage)
                throw;
            scenario.exit = failure.code;
            scenario.problems.push_back(
                {Severity::error, file_.path, 0, 0, "", failure.what(), ""});
            out_.said += fmt::format("fleetcast: {}\n", failure.what());
        }
        out_.scenarios.push_back(std::move(scenario));
        return loaded;
    }

    LoadedScenario run(const std::optional<std::string>& variant, CheckedScenario& scenario) {
        const Stop stop = stop_after(request_.timeout, file_.path);
        ReadRequest read = request_.read;
        read.patches.variant = variant;
        if (!text_) // of the variants, too: it may be standard input
            text_ = read_text(file_, read.talk);
        Examined examined = read_scenario(file_, *text_, catalog_, read, stop);
        if (examined.loaded.scenario.checks.empty() && !has_errors(examined.problems))
            examined.problems.push_back(
                {Severity::error, locate(examined.loaded.document, "checks"), "checks",
                 "there is no check: nothing would be tested", "add \"checks\" to the scenario"});
        refuse_inputs(request_.targets, examined.loaded);
        scenario.problems =
            news_of(findings_of(without_notes(examined.problems), examined.loaded.sources));
        if (has_errors(examined.problems)) {
            scenario.exit = Exit::bad_input;
            out_.said += text_of_errors(examined.problems, examined.loaded.sources);
            return std::move(examined.loaded);
        }
        if (request_.at)
            settle_period(examined.loaded);
        RunOptions options = request_.run;
        options.settings.stop = stop;
        const RunRequest wanted = request_of(options, examined.loaded.scenario);
        auto run = run_scenario(examined.loaded, catalog_, wanted);
        if (const auto* problems = std::get_if<Problems>(&run)) {
            scenario.exit = Exit::bad_input;
            std::ranges::move(findings_of(*problems, examined.loaded.sources),
                              std::back_inserter(scenario.problems));
            out_.said += text_of_errors(*problems, examined.loaded.sources);
            return std::move(examined.loaded);
        }
        std::vector<FinishedRun> runs;
        runs.push_back({&examined.loaded, std::get<ScenarioRun>(std::move(run)), wanted.every});
        ForecastResult result = make_result(runs, catalog_, options);
        scenario.checks = rows_of(result, runs.front().run, examined.loaded);
        scenario.exit = exit_of(scenario.checks, request_.inconclusive_passes);
        if (request_.baseline != nullptr)
            scenario =
                compared_with(*request_.baseline, result, request_.only_one, std::move(scenario));
        if (!request_.keeps_series)
            result.series = {};
        if (request_.keeps_results)
            out_.results.push_back(std::move(result));
        return std::move(examined.loaded);
    }

    /// Findings that were not told of the scenario already, of which this is a variant.
    std::vector<Finding> news_of(std::vector<Finding> findings) const {
        if (!out_.scenarios.empty())
            std::erase_if(findings, [&](const Finding& each) {
                const auto& told = out_.scenarios.front().problems;
                return each.severity != Severity::error &&
                       std::ranges::find(told, each) != told.end();
            });
        return findings;
    }

    void settle_period(const LoadedScenario& loaded) {
        const std::string period = common_period(*request_.at, loaded, request_.run.every);
        if (!out_.period.empty() && out_.period != period)
            throw Failure(Exit::usage, fmt::format("--at: the period begins on different days in "
                                                   "the variants of {}",
                                                   printable(file_.path)));
        out_.period = period;
    }

    const GivenFile& file_;
    const Catalog& catalog_;
    const CheckRequest& request_;
    std::optional<SourceText> text_;
    CheckedFile out_;
};

} // namespace

CheckedFile check_file(const GivenFile& file, const Catalog& catalog, const CheckRequest& request) {
    return FileChecker(file, catalog, request).checked();
}

void check_files(const std::vector<GivenFile>& files, const Catalog& catalog,
                 const CheckRequest& request,
                 const std::function<void(std::size_t done, CheckedFile)>& take) {
    const unsigned threads = threads_for_pieces(request.run.settings.threads, files.size());
    CheckRequest own = request;
    own.run.settings = side_by_side(std::move(own.run.settings), files.size(), threads);
    own.only_one = files.size() == 1;
    in_parallel(
        files.size(), threads, [&](std::size_t i) { return check_file(files[i], catalog, own); },
        [&](std::size_t i, CheckedFile checked) { take(i + 1, std::move(checked)); });
}

} // namespace fleetcast
