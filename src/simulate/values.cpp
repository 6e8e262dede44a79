// Programs are run on a stack of numbers. A series that others refer to is worked out once for a
// moment, however many mention it, and after what it refers to.
#include <fleetcast/simulate/values.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace fleetcast {

namespace {

double points_at(const PointsTable& table, const Values& values, double x) {
    const auto value = [&](std::size_t i) { return values[table.values[i].index]; };
    const auto after = static_cast<std::size_t>( // the first point later than x
        std::ranges::upper_bound(table.x, x + time_slack) - table.x.begin());
    if (after == 0)
        return value(0);
    if (!table.linear || after == table.x.size())
        return value(after - 1);
    const double share =
        std::max(0.0, (x - table.x[after - 1]) / (table.x[after] - table.x[after - 1]));
    return value(after - 1) + share * (value(after) - value(after - 1));
}

double growth_at(const GrowthRule& rule, const Values& values, double x) {
    return values[rule.start.index] *
           portable::pow(1.0 + values[rule.growth_per_year.index], (x - rule.base) / 12.0);
}

double unary(Code code, double a) {
    switch (code) {
    case Code::negate:
        return -a;
    case Code::absolute:
        return std::fabs(a);
    case Code::square_root:
        return std::sqrt(a);
    case Code::exponential:
        return portable::exp(a);
    default:
        return portable::log(a);
    }
}

double binary(Code code, double a, double b) {
    switch (code) {
    case Code::add:
        return a + b;
    case Code::subtract:
        return a - b;
    case Code::multiply:
        return a * b;
    case Code::divide:
        return a / b;
    case Code::minimum:
        return std::min(a, b);
    case Code::maximum:
        return std::max(a, b);
    default:
        return portable::pow(a, b);
    }
}

bool is_operand(Code code) {
    return code == Code::constant || code == Code::slot || code == Code::points ||
           code == Code::growth || code == Code::series;
}

bool is_unary(Code code) {
    return code == Code::negate || code == Code::absolute || code == Code::square_root ||
           code == Code::exponential || code == Code::logarithm;
}

std::string misses(const Range& range, double value) {
    return std::isfinite(value) ? fmt::format("must be {}, got {}", text_of(range), value)
                                : std::string("is not a finite number");
}

/// Runs programs; keeps the stack between them.
class Machine {
public:
    Machine(const Plan& plan, const Values& values, std::span<const double> series,
            std::vector<double>& stack)
        : plan_(plan), values_(values), series_(series), stack_(stack) {}

    /// A program at a moment of model time. Not checked. The series that it refers to are ready.
    double run(const Program& program, double x) {
        if (program.size() == 1)
            return operand(program[0], x);
        stack_.clear();
        for (const Instruction& step : program) {
            if (is_operand(step.code)) {
                stack_.push_back(operand(step, x));
            } else if (is_unary(step.code)) {
                stack_.back() = unary(step.code, stack_.back());
            } else {
                const double b = stack_.back();
                stack_.pop_back();
                stack_.back() = binary(step.code, stack_.back(), b);
            }
            if (!std::isfinite(stack_.back())) // min and max would swallow it
                return std::numeric_limits<double>::quiet_NaN();
        }
        return stack_.back();
    }

private:
    double operand(const Instruction& step, double x) const {
        switch (step.code) {
        case Code::constant:
            return step.constant;
        case Code::points:
            return points_at(plan_.points[step.index], values_, x);
        case Code::growth:
            return growth_at(plan_.growths[step.index], values_, x);
        case Code::series:
            return series_[step.index];
        default:
            return values_[step.index];
        }
    }

    const Plan& plan_;
    const Values& values_;
    std::span<const double> series_; // [series], at the moment
    std::vector<double>& stack_;
};

} // namespace

std::variant<Values, TrialFailure> evaluate_slots(const Plan& plan, double u) {
    Values values;
    values.reserve(plan.slots.size());
    std::vector<double> stack;
    Machine machine(plan, values, {}, stack);
    for (const SlotRule& rule : plan.slots) {
        if (const auto* constant = std::get_if<double>(&rule))
            values.push_back(*constant);
        else if (const auto* draw = std::get_if<Draw>(&rule)) {
            values.push_back(quantile(draw->distribution, u));
            if (!std::isfinite(values.back()))
                return TrialFailure{draw->path, misses(any_number, values.back())};
        } else {
            values.push_back(machine.run(std::get<Program>(rule), 0));
        }
    }
    for (const SlotLimit& limit : plan.limits) {
        const double value = values[limit.slot.index];
        if (!std::isfinite(value) || !limit.range.holds(value))
            return TrialFailure{limit.path, misses(limit.range, value)};
    }
    return values;
}

double SeriesReader::at(SeriesId id, double x) {
    const SeriesRule& rule = plan_->series[id.index];
    const double value = evaluate(id.index, x);
    if (!failure_ && (!std::isfinite(value) || !rule.range.holds(value)))
        failure_ = TrialFailure{rule.path, misses(rule.range, value)};
    return value;
}

double SeriesReader::evaluate(Index id, double x) {
    const auto run = [&](Index series) {
        return Machine(*plan_, *values_, shared_, stack_).run(plan_->series[series].program, x);
    };
    const auto refers = [](const Instruction& step) { return step.code == Code::series; };
    if (std::ranges::none_of(plan_->series[id].program, refers))
        return run(id);
    shared_.resize(plan_->series.size());
    known_in_.resize(plan_->series.size(), 0);
    if (round_ == 0 || x != moment_)
        ++round_;
    moment_ = x;
    open_.assign(1, id);
    while (!open_.empty()) {
        const Index at = open_.back();
        const std::size_t before = open_.size();
        if (known_in_[at] != round_)
            for (const Instruction& step : plan_->series[at].program)
                if (refers(step) && known_in_[step.index] != round_)
                    open_.push_back(step.index);
        if (open_.size() > before)
            continue;
        open_.pop_back();
        if (known_in_[at] != round_)
            shared_[at] = run(at);
        known_in_[at] = round_;
    }
    return shared_[id];
}

} // namespace fleetcast
