#include <fleetcast/cli/check_batch.hpp>

#include <fleetcast/base/in_parallel.hpp>
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/report/common_periods.hpp>
#include <fleetcast/report/spread.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace fleetcast {
namespace {

/// Errors always; what is only a warning or a note would bury them in a batch.
std::string text_of(const Problems& problems, const Sources& sources) {
    std::string text;
    for (const Problem& problem : problems)
        if (problem.severity == Severity::error)
            text += format_problem(problem, sources);
    return text;
}

Problems without_notes(Problems problems) {
    std::erase_if(problems,
                  [](const Problem& problem) { return problem.severity == Severity::note; });
    return problems;
}

Exit exit_of(const std::vector<CheckedRow>& checks, bool inconclusive_passes) {
    const bool fails = std::ranges::any_of(checks, [&](const CheckedRow& check) {
        return check.row.verdict == "fail" ||
               (check.row.verdict == "too-close" && !inconclusive_passes);
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

/// Whether one of two names is the other with folders before it.
bool differ_by_folders(const std::string& a, const std::string& b) {
    return a.ends_with("/" + b) || b.ends_with("/" + a);
}

/// The baseline's name of a scenario; nothing where it has none. How many folders a name has hangs
/// on what else was on its command line.
std::optional<std::string> name_in(const ForecastResult& baseline, const std::string& name,
                                   bool only_one) {
    const auto& all = baseline.manifest.scenarios;
    if (std::ranges::find(all, name, &ManifestScenario::name) != all.end())
        return name;
    const auto is_near = [&](const ManifestScenario& each) {
        return differ_by_folders(each.name, name);
    };
    if (std::ranges::count_if(all, is_near) == 1)
        return std::ranges::find_if(all, is_near)->name;
    return only_one && all.size() == 1 ? std::optional(all.front().name) : std::nullopt;
}

/// The last day and the kind of periods, in words: "2024-12-31 by quarter".
std::string end_of(const ManifestScenario& scenario) {
    return fmt::format("{} by {}", scenario.end,
                       scenario.every == "period" ? scenario.step : scenario.every);
}

/// Metrics of the total that the baseline does not have: "owned, h100e".
std::string metrics_that_lack(const ForecastResult& baseline, const std::string& before,
                              const ForecastResult& now) {
    std::set<std::string_view> known;
    for (const SeriesRow& row : baseline.series)
        if (row.scenario == before && row.by == "total")
            known.insert(row.metric);
    std::vector<std::string> missing;
    for (const SeriesRow& row : now.series)
        if (row.by == "total" && !known.contains(row.metric))
            missing.push_back(row.metric);
    return fmt::format("{}", fmt::join(missing, ", "));
}

/// What makes a baseline another run than this one, in words.
std::vector<std::string> notes_of(const ForecastResult& baseline, const std::string& before,
                                  const ForecastResult& now) {
    std::vector<std::string> notes;
    const auto& old =
        *std::ranges::find(baseline.manifest.scenarios, before, &ManifestScenario::name);
    const auto& current = now.manifest.scenarios.front();
    const bool samples = old.trials > 1 || current.trials > 1;
    const auto unequal = [&](std::string_view what, const auto& then, const auto& here) {
        if (then != here)
            notes.push_back(fmt::format("the baseline has {} {}, here it is {}", what, then, here));
    };
    if (samples) {
        unequal("seed", baseline.manifest.seed, now.manifest.seed);
        unequal("trials", old.trials, current.trials);
        unequal("sampling", baseline.manifest.sampling, now.manifest.sampling);
    }
    unequal("version", baseline.manifest.version, now.manifest.version);
    unequal("catalogue", baseline.manifest.catalog_version, now.manifest.catalog_version);
    if (old.start != current.start || end_of(old) != end_of(current))
        notes.push_back(fmt::format("the baseline runs from {} to {}, here from {} to {}: only "
                                    "periods with the same days are compared",
                                    old.start, end_of(old), current.start, end_of(current)));
    if (before != current.name)
        notes.push_back(fmt::format("compared with {} of the baseline", before));
    const std::string missing = metrics_that_lack(baseline, before, now);
    if (!missing.empty())
        notes.push_back("the baseline has no figures of " + missing);
    return notes;
}

/// What moved since the baseline.
void compare_with(const ForecastResult& baseline, const ForecastResult& result, bool only_one,
                  CheckedScenario& out) {
    const auto before = name_in(baseline, out.name, only_one);
    if (!before) {
        out.notes.push_back("the baseline does not have this scenario");
        return;
    }
    out.notes = notes_of(baseline, *before, result);
    if (common_periods(baseline, *before, result, out.name).empty()) {
        out.exit = Exit::bad_input;
        out.problems.push_back(
            {Severity::error, out.file, 0, 0, "", "has no period in common with the baseline", ""});
        return;
    }
    const std::string center = spread_of(result.manifest).center;
    out.moved = largest_differences(baseline, *before, result, out.name, center);
    std::erase_if(out.moved, [](const Difference& each) { return each.by != "total"; });
    for (CheckedRow& check : out.checks)
        for (const CheckRow& old : baseline.checks)
            if (old.scenario == *before && old.check == check.row.check)
                check.before = old;
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
        Examined examined = read_scenario(file_, catalog_, read, stop);
        if (examined.loaded.scenario.checks.empty() && !has_errors(examined.problems))
            examined.problems.push_back(
                {Severity::error, locate(examined.loaded.document, "checks"), "checks",
                 "there is no check: nothing would be tested", "add \"checks\" to the scenario"});
        refuse_inputs(request_.targets, examined.loaded);
        scenario.problems =
            news_of(findings_of(without_notes(examined.problems), examined.loaded.sources));
        if (has_errors(examined.problems)) {
            scenario.exit = Exit::bad_input;
            out_.said += text_of(examined.problems, examined.loaded.sources);
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
            out_.said += text_of(*problems, examined.loaded.sources);
            return std::move(examined.loaded);
        }
        std::vector<FinishedRun> runs;
        runs.push_back({&examined.loaded, std::get<ScenarioRun>(std::move(run)), wanted.every});
        ForecastResult result = make_result(runs, catalog_, options);
        scenario.checks = rows_of(result, runs.front().run, examined.loaded);
        scenario.exit = exit_of(scenario.checks, request_.inconclusive_passes);
        if (request_.baseline != nullptr)
            compare_with(*request_.baseline, result, request_.only_one, scenario);
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
    if (files.size() > 1) // the threads share the files, not the trials
        own.run.settings.threads = 1;
    own.run.settings.memory /= threads;
    own.only_one = files.size() == 1;
    in_parallel(
        files.size(), threads, [&](std::size_t i) { return check_file(files[i], catalog, own); },
        [&](std::size_t i, CheckedFile checked) { take(i + 1, std::move(checked)); });
}

} // namespace fleetcast
