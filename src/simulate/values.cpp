#include <fleetcast/simulate/values.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

double points_at(const PointsTable& table, const Values& values, double x) {
    const auto value = [&](std::size_t i) { return values[table.values[i].index]; };
    std::size_t after = 0; // the first point later than x
    while (after < table.x.size() && table.x[after] <= x + time_slack)
        ++after;
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

bool is_unary(Code code) {
    return code == Code::negate || code == Code::absolute || code == Code::square_root ||
           code == Code::exponential || code == Code::logarithm;
}

std::string misses(const Range& range, double value) {
    return std::isfinite(value) ? fmt::format("must be {}, got {}", text_of(range), value)
                                : fmt::format("is not a finite number ({})", value);
}

} // namespace

double evaluate(const Program& program, const Plan& plan, const Values& values, double x) {
    if (program.size() == 1 && program[0].code == Code::slot)
        return values[program[0].index];
    std::vector<double> stack;
    for (const Instruction& step : program) {
        switch (step.code) {
        case Code::constant:
            stack.push_back(step.constant);
            break;
        case Code::slot:
            stack.push_back(values[step.index]);
            break;
        case Code::points:
            stack.push_back(points_at(plan.points[step.index], values, x));
            break;
        case Code::growth:
            stack.push_back(growth_at(plan.growths[step.index], values, x));
            break;
        default:
            if (!is_unary(step.code)) {
                const double b = stack.back();
                stack.pop_back();
                stack.back() = binary(step.code, stack.back(), b);
            } else {
                stack.back() = unary(step.code, stack.back());
            }
        }
    }
    return stack.back();
}

std::variant<Values, TrialFailure> evaluate_slots(const Plan& plan, double u) {
    Values values;
    values.reserve(plan.slots.size());
    for (const SlotRule& rule : plan.slots) {
        if (const auto* constant = std::get_if<double>(&rule))
            values.push_back(*constant);
        else if (const auto* draw = std::get_if<Draw>(&rule)) {
            values.push_back(quantile(draw->distribution, u));
            if (!std::isfinite(values.back()))
                return TrialFailure{draw->path, misses(any_number, values.back())};
        } else {
            values.push_back(evaluate(std::get<Program>(rule), plan, values, 0));
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
    const double value = evaluate(rule.program, *plan_, *values_, x);
    if (!failure_ && (!std::isfinite(value) || !rule.range.holds(value)))
        failure_ = TrialFailure{rule.path, misses(rule.range, value)};
    return value;
}

} // namespace fleetcast
