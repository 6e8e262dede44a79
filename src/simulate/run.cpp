// Many trials: tasks of trials, run by threads, folded by the summaries. A task is a pure function
// of the plans, the settings and its number; threads only decide who runs it.
#include <fleetcast/simulate/run.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/simulate/pairing.hpp>
#include <fleetcast/simulate/plan_worker.hpp>
#include <fleetcast/simulate/stop.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <system_error>
#include <thread>

namespace fleetcast {

namespace {

constexpr double mebibyte = 1 << 20;

/// What all threads share.
struct Shared {
    std::span<const PlanRun> runs;
    std::span<const Prepared> plans;
    const RunSettings& settings;
    const SharedDraws& draws;
    const CellPlan& cells;
    std::size_t width;
    Summaries& summaries;
    std::uint64_t counted_tasks = 0; // those before have been tallied

    std::mutex mutex; // guards what follows
    std::uint64_t next_task = 0, last_task = 0;
    std::uint64_t trials_done = 0;
    std::optional<TrialFailure> failure; // that of the least trial so far
    std::exception_ptr error;
};

/// The next task of the round; none when there is no more, or none that could fail earlier, or the
/// run must end.
std::optional<std::uint64_t> take_task(Shared& shared) {
    if (must_end(shared.settings.stop))
        return std::nullopt;
    const std::lock_guard lock(shared.mutex);
    if (shared.next_task >= shared.last_task || shared.error)
        return std::nullopt;
    if (shared.failure && shared.summaries.span_of(shared.next_task).first > shared.failure->trial)
        return std::nullopt;
    return shared.next_task++;
}

class Worker {
public:
    explicit Worker(Shared& shared)
        : shared_(&shared), sinks_(shared.cells, shared.summaries, shared.width) {
        for (std::size_t r = 0; r < shared.runs.size(); ++r)
            plans_.push_back(std::make_unique<PlanWorker>(shared.plans[r], shared.runs[r],
                                                          shared.settings, shared.cells.replicates,
                                                          shared.width));
    }

    /// Runs tasks until there are none.
    void work() {
        while (const auto task = take_task(*shared_)) {
            const TaskSpan span = shared_->summaries.span_of(*task);
            auto failure = run(*task, span);
            const std::lock_guard lock(shared_->mutex);
            if (failure && (!shared_->failure || failure->trial < shared_->failure->trial))
                shared_->failure = std::move(failure);
            shared_->trials_done += span.count;
            if (shared_->settings.progress)
                shared_->settings.progress(shared_->trials_done);
        }
    }

    PlanWorker& plan(std::size_t index) { return *plans_[index]; }

private:
    std::optional<TrialFailure> run(std::uint64_t task, const TaskSpan& span) {
        const bool counts = task >= shared_->counted_tasks;
        sinks_.begin(task);
        for (std::uint64_t at = 0; at < span.count; at += shared_->width) {
            const auto count =
                static_cast<std::size_t>(std::min<std::uint64_t>(shared_->width, span.count - at));
            sinks_.begin_block(count);
            for (std::size_t r = 0; r < plans_.size(); ++r) {
                if (plans_[r]->run(shared_->draws.trials(r, span.first + at, count), sinks_.of(r),
                                   counts, span.replicate))
                    return first_failure(span.first + at, count);
                if (must_end(shared_->settings.stop))
                    return std::nullopt;
            }
        }
        sinks_.end();
        return std::nullopt;
    }

    /// Of a block in which some trial fails: one by one, to tell which.
    std::optional<TrialFailure> first_failure(std::uint64_t first, std::size_t count) {
        sinks_.mute();
        for (std::uint64_t trial = first; trial < first + count; ++trial)
            for (std::size_t r = 0; r < plans_.size(); ++r) {
                auto failure =
                    plans_[r]->run(shared_->draws.trials(r, trial, 1), sinks_.of(r), false, 0);
                if (!failure)
                    continue;
                failure->trial = trial;
                failure->plan = r;
                return failure;
            }
        return TrialFailure{"", "a block of trials failed, but none of its trials does", true,
                            first, 0};
    }

    Shared* shared_;
    CellSinks sinks_;
    std::vector<std::unique_ptr<PlanWorker>> plans_;
};

/// Runs the workers, the first in this thread. Where the system has no more threads, fewer.
unsigned run_round(Shared& shared, std::vector<std::unique_ptr<Worker>>& workers) {
    const auto guarded = [&shared](Worker& worker) {
        try {
            worker.work();
        } catch (...) {
            const std::lock_guard lock(shared.mutex);
            if (!shared.error)
                shared.error = std::current_exception();
        }
    };
    std::vector<std::jthread> threads;
    try {
        for (std::size_t w = 1; w < workers.size(); ++w)
            threads.emplace_back([&, w] { guarded(*workers[w]); });
    } catch (const std::system_error&) { // those that there are do all the work
    }
    guarded(*workers.front());
    const auto used = static_cast<unsigned>(threads.size() + 1);
    threads.clear();
    if (shared.error)
        std::rethrow_exception(shared.error);
    return used;
}

unsigned threads_for(const RunSettings& settings, std::uint64_t tasks) {
    const unsigned asked =
        settings.threads > 0 ? settings.threads : std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::min<std::uint64_t>(asked, tasks));
}

std::variant<std::vector<Forecast>, TrialFailure> simulate_many(std::span<const PlanRun> runs,
                                                                std::span<const Prepared> plans,
                                                                const RunSettings& settings) {
    const std::uint64_t trials = trials_of_run(settings.sampling, settings.trials);
    const CellPlan cells = plan_cells(runs, settings);
    const unsigned wanted = threads_for(settings, trials / task_trials + 1);
    SummarySettings what;
    what.cells = cells.count;
    what.trials = trials;
    what.replicates = cells.replicates;
    what.quantiles = settings.quantiles;
    what.spread = settings.spread;
    what.memory = settings.memory;
    what.threads = wanted;
    what.level = settings.level;
    what.stop = settings.stop;
    if (const double least = memory_needed(what); least > what.memory)
        throw Failure(Exit::refused,
                      fmt::format("the figures asked for need about {:.0f} MiB even as counts, the "
                                  "cap leaves {:.0f} MiB; ask for fewer metrics or groups, or "
                                  "longer periods, or raise the cap (--memory)",
                                  std::ceil(least / mebibyte), std::floor(what.memory / mebibyte)));
    Summaries summaries(what);
    const SharedDraws draws(plans, settings);
    Shared shared{runs,         plans,  settings, draws, cells, width_for(runs, trials),
                  summaries,    0,      {},       0,     0,     0,
                  std::nullopt, nullptr};
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned w = 0; w < wanted; ++w) {
        end_if_needed(settings.stop);
        workers.push_back(std::make_unique<Worker>(shared));
    }
    unsigned used = wanted;
    while (const auto round = summaries.next_round()) {
        shared.next_task = round->first_task;
        shared.last_task = round->last_task;
        used = run_round(shared, workers);
        end_if_needed(settings.stop); // first: of what was cut short a failure says nothing
        if (shared.failure)
            return *shared.failure;
        shared.counted_tasks = std::max(shared.counted_tasks, round->last_task);
    }
    if (const auto too_large = summaries.not_finite())
        return TrialFailure{"", "a figure is too large to be summed: an input is too large", false,
                            summaries.span_of(too_large->task).first, 0};
    for (unsigned w = 1; w < wanted; ++w)
        for (std::size_t r = 0; r < runs.size(); ++r) {
            end_if_needed(settings.stop);
            workers.front()->plan(r).merge(workers[w]->plan(r));
        }
    std::vector<Forecast> forecasts = forecasts_of(cells, runs, settings, summaries.finish());
    for (std::size_t r = 0; r < runs.size(); ++r) {
        forecasts[r].trials = trials;
        forecasts[r].form = summaries.form();
        forecasts[r].threads = used;
        workers.front()->plan(r).report(forecasts[r], trials);
    }
    return forecasts;
}

} // namespace

std::variant<std::vector<Forecast>, TrialFailure> simulate(std::span<const PlanRun> runs,
                                                           const RunSettings& asked) {
    std::atomic<bool> is_over = false;
    RunSettings settings = asked;
    settings.stop = lasting(asked.stop, is_over);
    end_if_needed(settings.stop);
    if (settings.trials == 1)
        return simulate_medians(runs, settings);
    std::vector<Prepared> plans;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        auto prepared = prepare(*runs[r].plan, Draws::many, settings.stop);
        if (auto* failure = std::get_if<TrialFailure>(&prepared)) {
            failure->plan = r;
            return std::move(*failure);
        }
        plans.push_back(std::get<Prepared>(std::move(prepared)));
    }
    return simulate_many(runs, plans, settings);
}

} // namespace fleetcast
