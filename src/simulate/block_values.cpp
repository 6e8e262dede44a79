// Slots are evaluated once a block. A series is worked out once for a moment, however many mention
// it, and after what it refers to.
#include <fleetcast/simulate/block_values.hpp>

#include <fleetcast/random/correlation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetcast {

namespace {

constexpr double median = 0.5;

std::string misses(const Range& range, double value) {
    return std::isfinite(value) ? fmt::format("must be {}, got {}", text_of(range), value)
                                : std::string("is not a finite number");
}

bool refers(const Instruction& step) { return step.code == Code::series; }

} // namespace

BlockValues::BlockValues(const Prepared& prepared, RowArena& arena, Level level)
    : prepared_(&prepared), plan_(prepared.plan), arena_(&arena), level_(level),
      kernels_(&kernels_of(level)), shared_(plan_->series.size()) {
    for (const SlotRule& rule : plan_->slots) {
        rows_.push_back(arena.row());
        if (const auto* constant = std::get_if<double>(&rule))
            std::fill_n(rows_.back(), arena.width(), *constant);
    }
    for (std::size_t k = 0; k < prepared.draws.size(); ++k)
        uniforms_.push_back(arena.row());
    for (const std::size_t draw : prepared.correlated)
        joined_.push_back(uniforms_[draw]);
    poison_ = arena.row();
    scratch_ = arena.row();
}

void BlockValues::load(const Trials& trials) {
    ++block_;
    failure_.reset();
    count_ = trials.count;
    lanes_ = (trials.count + 7) / 8 * 8;
    for (std::size_t k = 0; k < uniforms_.size(); ++k) {
        if (!trials.sampler) {
            std::fill_n(uniforms_[k], lanes_, median);
            continue;
        }
        trials.sampler->fill(trials.sampled_as[k], trials.first, {uniforms_[k], count_});
        std::fill(uniforms_[k] + count_, uniforms_[k] + lanes_, uniforms_[k][count_ - 1]);
    }
    if (trials.sampler && !joined_.empty())
        correlate(plan_->correlation.lower, joined_, lanes_, level_);
    for (std::size_t k = 0; k < uniforms_.size(); ++k) {
        const PreparedDraw& draw = prepared_->draws[k];
        double* const row = rows_[draw.slot];
        draw.quantile({uniforms_[k], lanes_}, {row, lanes_}, level_);
        if (!kernels_->all_finite(row, lanes_))
            check(row, any_number, std::get<Draw>(plan_->slots[draw.slot]).path, {}, nullptr);
    }
    for (std::size_t i = 0; i < plan_->slots.size(); ++i)
        if (const auto* program = std::get_if<Program>(&plan_->slots[i])) {
            const double* const value = run(*program, {}, rows_[i]);
            if (value != rows_[i])
                kernels_->copy(rows_[i], value, lanes_);
        }
    for (const SlotLimit& limit : plan_->limits)
        check(row(limit.slot), limit.range, limit.path, {{Code::slot, 0, limit.slot.index}},
              nullptr);
}

double BlockValues::least(Slot slot) const {
    double low = 0, high = 0;
    kernels_->bounds(row(slot), &low, &high, lanes_);
    return low;
}

double BlockValues::most(Slot slot) const {
    double low = 0, high = 0;
    kernels_->bounds(row(slot), &low, &high, lanes_);
    return high;
}

void BlockValues::fail(TrialFailure failure) {
    if (!failure_)
        failure_ = std::move(failure);
}

bool BlockValues::is_within(const double* values, const Range& range, const double* need) const {
    constexpr double most = std::numeric_limits<double>::max();
    const auto inside = [](double end, bool open, double towards) {
        return open ? std::nextafter(end, towards) : end;
    };
    return kernels_->within(values, need, std::max(-most, inside(range.low, range.low_open, most)),
                            std::min(most, inside(range.high, range.high_open, -most)), lanes_);
}

void BlockValues::check(const double* values, const Range& range, const std::string& path,
                        const Program& program, const double* need) {
    if (failure_ || is_within(values, range, need))
        return;
    for (std::size_t i = 0; i < count_; ++i)
        if ((!need || need[i] != 0) && !(std::isfinite(values[i]) && range.holds(values[i]))) {
            const std::string inputs = drawn(program, i);
            const bool is_itself = inputs.starts_with(path + " is ");
            return fail({path, misses(range, values[i]) +
                                   (inputs.empty() || is_itself ? "" : " where " + inputs)});
        }
}

const double* BlockValues::at(SeriesId id, Moment moment, const double* need) {
    const SeriesRule& rule = plan_->series[id.index];
    Shared& shared = shared_[id.index];
    const bool is_slot = rule.program.size() == 1 && rule.program[0].code == Code::slot;
    const double* const row = is_slot ? rows_[rule.program[0].index] : evaluate(id.index, moment);
    // One that does not change within the block is judged once, as far as it is in range.
    const bool once = !prepared_->in_time[id.index];
    if (once && shared.judged_in == block_ && shared.is_in_range)
        return row;
    if (once && shared.judged_in != block_) {
        shared.judged_in = block_;
        shared.is_in_range = is_within(row, rule.range, nullptr);
        if (shared.is_in_range)
            return row;
    }
    check(row, rule.range, rule.path, rule.program, need);
    return row;
}

const double* BlockValues::evaluate(Index id, const Moment& moment) {
    if (moment.lanes)
        ++round_;
    const auto is_known = [&](Index series) {
        const Shared& known = shared_[series];
        if (!prepared_->in_time[series])
            return known.row && known.round == block_;
        return known.row && !moment.lanes && known.round == block_ && known.x == moment.x;
    };
    const std::uint64_t this_time = moment.lanes ? ~round_ : block_; // counts down, clear of blocks
    const auto is_ready = [&](Index series) {
        return is_known(series) ||
               (moment.lanes && shared_[series].row && shared_[series].round == this_time);
    };
    open_.assign(1, id);
    while (!open_.empty()) {
        const Index at = open_.back();
        const std::size_t before = open_.size();
        const Program& program = plan_->series[at].program;
        if (!is_ready(at))
            for (const Instruction& step : program)
                if (refers(step) && !is_ready(step.index))
                    open_.push_back(step.index);
        if (open_.size() > before)
            continue;
        open_.pop_back();
        if (is_ready(at))
            continue;
        Shared& entry = shared_[at];
        if (!entry.own)
            entry.own = arena_->row();
        entry.row = run(program, moment, entry.own);
        entry.round = prepared_->in_time[at] ? this_time : block_;
        entry.x = moment.x;
    }
    return shared_[id].row;
}

} // namespace fleetcast
