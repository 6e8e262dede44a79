// fleetcast sweep: a grid of scenarios over the same random numbers, one row for each point.
#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/base/in_parallel.hpp>
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/forecast_request.hpp>
#include <fleetcast/cli/periods.hpp>
#include <fleetcast/cli/sweep_journal.hpp>
#include <fleetcast/cli/swept.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/csv.hpp>
#include <fleetcast/report/formats.hpp>
#include <fleetcast/report/sweep_report.hpp>
#include <fleetcast/report/unite_results.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace fleetcast {
namespace {

/// What became of a point.
struct PointRun {
    std::optional<ForecastResult> result;
    std::string said; // why there is none, for stderr
    Exit exit = Exit::ok;
};

class Sweeping {
public:
    explicit Sweeping(const Arguments& arguments)
        : request_(forecast_request_of(arguments, "wide")), catalog_(load_catalog()) {
        if (arguments.names.size() != 1)
            throw Failure(Exit::usage, fmt::format("sweep varies one scenario, got {}",
                                                   arguments.names.empty()
                                                       ? "none"
                                                       : std::to_string(arguments.names.size())));
        std::vector<Axis> axes;
        for (const std::string& text : arguments.values("--vary"))
            axes.push_back(axis_of(text));
        if (axes.empty())
            throw Failure(Exit::usage, "sweep needs --vary PATH=a,b,c or --vary PATH=lo:hi:step");
        swept_ = swept_over(std::move(axes));
        resume_ = arguments.value("--resume");
        if (resume_)
            check_resume(arguments);
        request_.run.report_set = false;
        request_.run.for_reading = false;
        file_ = given_files(arguments.names, request_.talk).front();
    }

    int run() {
        if (!read_base())
            return static_cast<int>(Exit::bad_input);
        settle_metrics({swept_.base}, request_);
        request_.view.period = period();
        if (resume_)
            journal_.emplace(*resume_, run_key(swept_.base, catalog_, request_.run));
        run_points();
        write();
        return static_cast<int>(exit_);
    }

private:
    /// The scenario, without its varied values: mistakes that these take away are none. Whether
    /// its points can be run; what is wrong, or suspicious, with all of them is told.
    bool read_base() {
        ReadRequest read = request_.read;
        read.tells = false;
        Examined base =
            read_scenario(file_, catalog_, read, stop_after(request_.timeout, file_.path));
        swept_.base = std::move(base.loaded);
        refuse_inputs(request_, {swept_.base});
        if (resume_)
            refuse_inputs({*resume_}, swept_.base);
        if (swept_.base.document.kind != Node::Kind::object || has_errors(base.problems)) {
            if (swept_.base.document.kind != Node::Kind::object || !first_point_is_sound()) {
                tell(base.problems, swept_.base.sources, request_.talk);
                return false;
            }
            return true;
        }
        tell(base.problems, swept_.base.sources, request_.talk);
        tell_news(base.problems);
        return true;
    }

    bool first_point_is_sound() const {
        return !has_errors(
            examine(loaded_at(swept_, 0), catalog_, stop_after(request_.timeout, file_.path)));
    }

    /// Warnings that the varied values bring, as of a name that nothing uses.
    void tell_news(const Problems& known) const {
        const LoadedScenario first = loaded_at(swept_, 0);
        Problems news = examine(first, catalog_, stop_after(request_.timeout, file_.path));
        std::erase_if(news, [&](const Problem& problem) {
            return problem.severity != Severity::warning ||
                   std::ranges::find(known, problem) != known.end();
        });
        tell(news, first.sources, request_.talk);
    }

    void check_resume(const Arguments& arguments) const {
        if (*resume_ == "-")
            throw Failure(Exit::usage, "--resume: standard input cannot be taken up again");
        std::vector<std::string> targets{*resume_};
        for (const Destination& each : request_.destinations)
            targets.push_back(each.target);
        check_targets(targets, arguments.names, false);
    }

    void run_points() {
        const std::unique_ptr<Progress> line = progress_line(request_.talk);
        if (line)
            line->begin("", swept_.count, "points");
        const unsigned threads = threads_for_pieces(request_.run.settings.threads, swept_.count);
        request_.run.settings =
            side_by_side(std::move(request_.run.settings), swept_.count, threads);
        report_ = {swept_.base.name, {}, {}, {}};
        for (const Axis& axis : swept_.axes)
            report_.paths.push_back(axis.path);
        in_parallel(
            swept_.count, threads, [&](std::size_t point) { return run_point(point); },
            [&](std::size_t point, PointRun done) {
                if (line && !done.said.empty())
                    line->erase();
                if (!done.said.empty())
                    say(std::string_view(done.said).substr(0, done.said.size() - 1));
                exit_ = more_severe(exit_, done.exit);
                if (done.result) {
                    report_.points.push_back(
                        {done.result->manifest.scenarios.front().name, values_at(swept_, point)});
                    results_.push_back(std::move(*done.result));
                }
                if (line)
                    line->tell(point + 1);
            });
        if (line)
            line->erase();
    }

    PointRun run_point(std::size_t point) {
        const std::string name = name_at(swept_, point);
        if (journal_)
            if (auto known = journal_->find(name))
                return {std::move(known), "", Exit::ok};
        try {
            return run_anew(point, name);
        } catch (const Failure& failure) {
            if (failure.code == Exit::usage || failure.code == Exit::internal)
                throw;
            return {{},
                    fmt::format("fleetcast: {}: {}\n", printable(name), failure.what()),
                    failure.code};
        }
    }

    PointRun run_anew(std::size_t point, const std::string& name) {
        const Stop stop = stop_after(request_.timeout, file_.path);
        LoadedScenario loaded = loaded_at(swept_, point);
        loaded.name = name;
        const auto failed = [&](const Problems& problems) {
            return PointRun{{},
                            text_of_errors(problems, loaded.sources) +
                                fmt::format("fleetcast: {}: not run\n", printable(name)),
                            Exit::bad_input};
        };
        const Problems problems = examine(loaded, catalog_, stop);
        if (has_errors(problems))
            return failed(problems);
        RunOptions options = request_.run;
        options.settings.stop = stop;
        const RunRequest wanted = request_of(options, loaded.scenario);
        auto run = run_scenario(loaded, catalog_, wanted);
        if (const auto* wrong = std::get_if<Problems>(&run))
            return failed(*wrong);
        std::vector<FinishedRun> runs;
        runs.push_back({&loaded, std::get<ScenarioRun>(std::move(run)), wanted.every});
        PointRun done{make_result(runs, catalog_, options), "", Exit::ok};
        if (journal_)
            journal_->add(name, *done.result);
        return done;
    }

    /// The period of --at, which begins on one day at all points.
    std::optional<std::string> period() const {
        if (!request_.at)
            return std::nullopt;
        std::vector<LoadedScenario> scenarios;
        for (std::size_t point = 0; point < (varies_periods(swept_) ? swept_.count : 1); ++point)
            scenarios.push_back(loaded_at(swept_, point));
        return common_period(*request_.at, scenarios, request_.run.every);
    }

    void write() {
        report_.result = united(std::move(results_));
        const TerminalStyle style = style_of_stdout(request_.looks);
        std::vector<Output> outputs;
        for (const Destination& each : request_.destinations)
            outputs.push_back({each.target, rendered(each, style)});
        write_outputs(outputs, request_.no_clobber);
    }

    std::string rendered(const Destination& each, const TerminalStyle& style) const {
        if (each.format == "csv")
            return to_csv(sweep_table(report_, request_.view));
        if (each.format != "terminal")
            return format_named(each.format).render(report_.result, request_.view, style);
        return sweep_terminal(report_, request_.view, style_for(each, style));
    }

    ForecastRequest request_;
    Catalog catalog_;
    GivenFile file_;
    std::optional<std::string> resume_;
    Swept swept_;
    std::optional<SweepJournal> journal_;
    SweepReport report_;
    std::vector<ForecastResult> results_;
    Exit exit_ = Exit::ok;
};

int run(const Arguments& arguments) { return Sweeping(arguments).run(); }

} // namespace

Command sweep_command() {
    return {
        .name = "sweep",
        .synopsis = "SCENARIO --vary PATH=VALUES... [options]",
        .summary = "a grid of scenarios, one row for each point and period",
        .about =
            "Runs the scenario at every combination of the values that --vary gives, over the same "
            "random numbers: what differs between two points is due to what varies, not to "
            "chance. Each value is laid over the scenario as --set does, after all other "
            "patches.\n\n"
            "A csv has the varied paths as its first columns, then those of a forecast; --at keeps "
            "one period. The terminal shows the total of that period, or of the last. A point "
            "whose scenario has a mistake, or that is not finished within --timeout, is told on "
            "stderr and has no rows; the others are run all the same, and the exit code says the "
            "worst.\n\n"
            "With --resume FILE every finished point is kept in FILE. The same scenario with the "
            "same options for what is run and reported, and the same FILE, takes up where it was "
            "interrupted, or takes the points that a larger grid shares "
            "with it; the output is the same as of one run.",
        .options = joined({
            {{"--vary", "PATH=VALUES",
              "values of one path: a,b,c or lo:hi:step; may be given several times, the last runs "
              "fastest",
              "", true},
             {"--resume", "FILE", "keep finished points in FILE, and do not run those that it has",
              "", false}},
            forecast_options(),
        }),
        .examples =
            {"fleetcast sweep plan.json --vary sources.chips.price_usd=20000:40000:5000",
             "fleetcast sweep plan.json --vary sites.hall.pue=1.1,1.3 --vary end=2025-12,2026-12",
             "fleetcast sweep plan.json --vary inputs.price=1,2,3 --at 2024-12 -o grid.csv",
             "fleetcast sweep plan.json --vary inputs.price=1:100:1 --resume grid.points -o "
             "grid.csv"},
        .run = run,
    };
}

} // namespace fleetcast
