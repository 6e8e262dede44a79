#include <fleetcast/compile/values.hpp>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

constexpr std::array<std::pair<Operator, Code>, 12> codes{{
    {Operator::add, Code::add},
    {Operator::subtract, Code::subtract},
    {Operator::multiply, Code::multiply},
    {Operator::divide, Code::divide},
    {Operator::power, Code::power},
    {Operator::negate, Code::negate},
    {Operator::minimum, Code::minimum},
    {Operator::maximum, Code::maximum},
    {Operator::absolute, Code::absolute},
    {Operator::square_root, Code::square_root},
    {Operator::exponential, Code::exponential},
    {Operator::logarithm, Code::logarithm},
}};

Code code_of(Operator op) {
    return std::ranges::find(codes, op, &std::pair<Operator, Code>::first)->second;
}

bool has_time(const Program& program) {
    return std::ranges::any_of(program, [](const Instruction& step) {
        return step.code == Code::points || step.code == Code::growth;
    });
}

bool is_slot(const Program& program) {
    return program.size() == 1 && program[0].code == Code::slot;
}

} // namespace

Slot ValueCompiler::slot_of(SlotRule rule) {
    plan_->slots.push_back(std::move(rule));
    return {static_cast<Index>(plan_->slots.size() - 1)};
}

Slot ValueCompiler::constant(double value) {
    const auto known = constants_.find(value);
    if (known != constants_.end())
        return known->second;
    return constants_[value] = slot_of(value);
}

Program ValueCompiler::input(const std::string& name) {
    const auto known = inputs_.find(name);
    if (known != inputs_.end())
        return known->second;
    Program program = program_of("inputs." + name, *find(scenario_->inputs, name));
    if (!has_time(program) && !is_slot(program))
        program = {{Code::slot, 0, slot_of(program).index}}; // a formula is worked out once a trial
    return inputs_[name] = program;
}

Program ValueCompiler::program_of(const std::string& path, const Scalar& scalar) {
    if (const auto* value = std::get_if<double>(&scalar.value))
        return {{Code::slot, 0, constant(*value).index}};
    if (const auto* distribution = std::get_if<Distribution>(&scalar.value)) {
        plan_->uncertain = true;
        return {{Code::slot, 0, slot_of(Draw{*distribution, path}).index}};
    }
    if (const auto* reference = std::get_if<Reference>(&scalar.value))
        return input(reference->input);
    Program program;
    for (const FormulaStep& step : std::get<Formula>(scalar.value).steps) {
        if (step.op == Operator::number) {
            program.push_back({Code::constant, step.number, 0});
        } else if (step.op == Operator::name) {
            const Program part = input(step.input);
            program.insert(program.end(), part.begin(), part.end());
        } else {
            program.push_back({code_of(step.op), 0, 0});
        }
    }
    return program;
}

Program ValueCompiler::program_of(const std::string& path, const Series& series) {
    if (const auto* scalar = std::get_if<Scalar>(&series.value))
        return program_of(path, *scalar);
    if (const auto* points = std::get_if<Points>(&series.value)) {
        PointsTable table;
        table.linear = points->linear;
        for (std::size_t i = 0; i < points->points.size(); ++i) {
            const auto& [date, value] = points->points[i];
            table.x.push_back(plan_->grid.starts(date));
            table.values.push_back(scalar(path + ".points." + points->keys[i], value, any_number));
        }
        plan_->points.push_back(std::move(table));
        return {{Code::points, 0, static_cast<Index>(plan_->points.size() - 1)}};
    }
    const auto& growth = std::get<Growth>(series.value);
    plan_->growths.push_back({scalar(path + ".start", growth.start, any_number),
                              scalar(path + ".growth_per_year", growth.growth_per_year, any_number),
                              growth.base ? plan_->grid.starts(*growth.base) : 0.0});
    return {{Code::growth, 0, static_cast<Index>(plan_->growths.size() - 1)}};
}

Slot ValueCompiler::scalar(const std::string& path, const Scalar& scalar, const Range& range) {
    const Program program = program_of(path, scalar);
    const Slot slot = is_slot(program) ? Slot{program[0].index} : slot_of(program);
    if (std::holds_alternative<Reference>(scalar.value) ||
        std::holds_alternative<Formula>(scalar.value))
        plan_->limits.push_back({slot, range, path});
    return slot;
}

Slot ValueCompiler::scalar(const std::string& path, const std::optional<Scalar>& given,
                           const Range& range, double otherwise) {
    return given ? scalar(path, *given, range) : constant(otherwise);
}

SeriesId ValueCompiler::series(const std::string& path, const Series& series, const Range& range) {
    plan_->series.push_back({program_of(path, series), range, path});
    return {static_cast<Index>(plan_->series.size() - 1)};
}

SeriesId ValueCompiler::series(const std::string& path, const std::optional<Series>& given,
                               const Range& range, double otherwise) {
    return series(path, given.value_or(Series{Scalar{otherwise, {}}, {}}), range);
}

} // namespace fleetcast
