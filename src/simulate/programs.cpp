// Programs of scalars and series, run over lanes on a stack of rows.
#include <fleetcast/simulate/block_values.hpp>

#include <fleetcast/random/lane_power.hpp>
#include <fleetcast/random/portable_math.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

bool is_operand(Code code) {
    return code == Code::constant || code == Code::slot || code == Code::points ||
           code == Code::growth || code == Code::series;
}

bool is_unary(Code code) {
    return code == Code::negate || code == Code::absolute || code == Code::square_root ||
           code == Code::exponential || code == Code::logarithm;
}

} // namespace

double* BlockValues::stack_row(std::size_t depth) {
    while (stack_rows_.size() <= depth)
        stack_rows_.push_back(arena_->row());
    return stack_rows_[depth];
}

/// The result, in `out` or in a row that holds it already. Not finite anywhere on the way: NaN,
/// which min and max would swallow.
const double* BlockValues::run(const Program& program, const Moment& moment, double* out) {
    if (program.size() == 1)
        return operand(program[0], moment, out);
    stack_.clear();
    kernels_->fill(poison_, 0, lanes_);
    for (const Instruction& step : program) {
        if (is_operand(step.code)) {
            stack_.push_back(operand(step, moment, stack_row(stack_.size())));
        } else if (is_unary(step.code)) {
            double* const to = stack_row(stack_.size() - 1);
            apply(step.code, stack_.back(), nullptr, scratch_);
            kernels_->copy(to, scratch_, lanes_);
            stack_.back() = to;
        } else {
            const double* const b = stack_.back();
            stack_.pop_back();
            double* const to = stack_row(stack_.size() - 1);
            apply(step.code, stack_.back(), b, scratch_);
            kernels_->copy(to, scratch_, lanes_);
            stack_.back() = to;
        }
        if (!kernels_->all_finite(stack_.back(), lanes_)) {
            kernels_->subtract(scratch_, stack_.back(), stack_.back(), lanes_);
            kernels_->add(poison_, scratch_, lanes_);
        }
    }
    kernels_->copy(out, stack_.back(), lanes_);
    kernels_->add(out, poison_, lanes_);
    return out;
}

const double* BlockValues::operand(const Instruction& step, const Moment& moment, double* out) {
    switch (step.code) {
    case Code::constant:
        kernels_->fill(out, step.constant, lanes_);
        return out;
    case Code::points:
        return points(plan_->points[step.index], moment, out);
    case Code::growth:
        return growth(plan_->growths[step.index], moment, out);
    case Code::series:
        return shared_[step.index].row;
    default:
        return rows_[step.index];
    }
}

const double* BlockValues::points(const PointsTable& table, const Moment& moment, double* out) {
    struct Place {
        std::size_t before, after; // points
        double share;              // of the way between them
    };
    const auto place_of = [&](double x) -> Place {
        const auto after = static_cast<std::size_t>( // the first point later than x
            std::ranges::upper_bound(table.x, x + time_slack) - table.x.begin());
        if (after == 0)
            return {0, 0, 0};
        if (!table.linear || after == table.x.size())
            return {after - 1, after - 1, 0};
        return {after - 1, after,
                std::max(0.0, (x - table.x[after - 1]) / (table.x[after] - table.x[after - 1]))};
    };
    if (!moment.lanes) {
        const Place place = place_of(moment.x);
        const double* const before = row(table.values[place.before]);
        if (place.before == place.after)
            return before;
        kernels_->between(out, before, row(table.values[place.after]), place.share, lanes_);
        return out;
    }
    for (std::size_t i = 0; i < lanes_; ++i) {
        const Place place = place_of(moment.lanes[i]);
        const double before = row(table.values[place.before])[i];
        const double after = row(table.values[place.after])[i];
        out[i] = place.before == place.after ? before : before + place.share * (after - before);
    }
    return out;
}

const double* BlockValues::growth(const GrowthRule& rule, const Moment& moment, double* out) {
    const double* const start = row(rule.start);
    const double* const rate = row(rule.growth_per_year);
    const auto factor = [&](std::size_t i) {
        const double x = moment.lanes ? moment.lanes[i] : moment.x;
        return portable::pow(1.0 + rate[i], (x - rule.base) / 12.0);
    };
    if (!moment.lanes && !varies(rule.growth_per_year)) {
        kernels_->scale(out, start, factor(0), lanes_);
        return out;
    }
    if (!moment.lanes) {
        kernels_->fill(scratch_, 1, lanes_);
        kernels_->add(scratch_, rate, lanes_);
        lane_power(scratch_, (moment.x - rule.base) / 12.0, scratch_, lanes_, level_);
        kernels_->multiply(out, start, scratch_, lanes_);
        return out;
    }
    for (std::size_t i = 0; i < lanes_; ++i)
        out[i] = start[i] * factor(i);
    return out;
}

void BlockValues::apply(Code code, const double* a, const double* b, double* out) {
    const auto each = [&](auto function) {
        for (std::size_t i = 0; i < lanes_; ++i)
            out[i] = function(i);
    };
    switch (code) {
    case Code::add:
        kernels_->copy(out, a, lanes_);
        return kernels_->add(out, b, lanes_);
    case Code::subtract:
        return kernels_->subtract(out, a, b, lanes_);
    case Code::multiply:
        return kernels_->multiply(out, a, b, lanes_);
    case Code::divide:
        return kernels_->divide(out, a, b, lanes_);
    case Code::minimum:
        return kernels_->minimum(out, a, b, lanes_);
    case Code::maximum:
        return kernels_->maximum(out, a, b, lanes_);
    case Code::negate:
        return kernels_->scale(out, a, -1.0, lanes_);
    case Code::absolute:
        return kernels_->absolute(out, a, lanes_);
    case Code::square_root:
        return kernels_->square_root(out, a, lanes_);
    case Code::exponential:
        return each([&](std::size_t i) { return portable::exp(a[i]); });
    case Code::logarithm:
        return each([&](std::size_t i) { return portable::log(a[i]); });
    default:
        return each([&](std::size_t i) { return portable::pow(a[i], b[i]); });
    }
}

} // namespace fleetcast
