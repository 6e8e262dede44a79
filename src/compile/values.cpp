// An input of one value becomes a slot, one that varies in time a series; whoever names it refers
// to that.
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
        return step.code == Code::points || step.code == Code::growth || step.code == Code::series;
    });
}

bool is_only(Code code, const Program& program) {
    return program.size() == 1 && program[0].code == code;
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

Slot ValueCompiler::draw(const std::string& path, const Distribution& distribution) {
    plan_->uncertain = true;
    return slot_of(Draw{distribution, path});
}

Slot ValueCompiler::slot_holding(const Program& program) {
    return is_only(Code::slot, program) ? Slot{program[0].index} : slot_of(program);
}

/// What an input looks at is lowered before it, so that a chain of inputs is no chain of calls.
Instruction ValueCompiler::input(const std::string& name) {
    const std::size_t wanted = graph_.index.at(name);
    std::vector<std::size_t> open{wanted};
    while (!open.empty()) {
        const std::size_t at = open.back();
        const std::size_t before = open.size();
        if (!inputs_[at])
            for (auto used = graph_.uses[at].rbegin(); used != graph_.uses[at].rend(); ++used)
                if (!inputs_[*used])
                    open.push_back(*used);
        if (open.size() > before)
            continue;
        open.pop_back();
        if (!inputs_[at])
            inputs_[at] = lowered_input(at);
    }
    return *inputs_[wanted];
}

Instruction ValueCompiler::lowered_input(std::size_t input) {
    const auto& [name, series] = scenario_->inputs[input];
    Program program = program_of("inputs." + name, series);
    if (is_only(Code::series, program))
        return program[0];
    if (!has_time(program)) // a formula is worked out once a trial
        return {Code::slot, 0, slot_holding(program).index};
    plan_->series.push_back({std::move(program), any_number, "inputs." + name});
    return {Code::series, 0, static_cast<Index>(plan_->series.size() - 1)};
}

Program ValueCompiler::program_of(const std::string& path, const Scalar& scalar) {
    if (const auto* value = std::get_if<double>(&scalar.value))
        return {{Code::slot, 0, constant(*value).index}};
    if (const auto* distribution = std::get_if<Distribution>(&scalar.value))
        return {{Code::slot, 0, draw(path, *distribution).index}};
    if (const auto* reference = std::get_if<Reference>(&scalar.value))
        return {input(reference->input)};
    Program program;
    for (const FormulaStep& step : std::get<Formula>(scalar.value).steps) {
        if (step.op == Operator::number) {
            program.push_back({Code::constant, step.number, 0});
        } else if (step.op == Operator::name) {
            program.push_back(input(step.input));
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
                              scalar(path + ".growth_per_year", growth.growth_per_year, growth_range),
                              growth.base ? plan_->grid.starts(*growth.base) : 0.0});
    return {{Code::growth, 0, static_cast<Index>(plan_->growths.size() - 1)}};
}

Slot ValueCompiler::scalar(const std::string& path, const Scalar& scalar, const Range& range) {
    const Slot slot = slot_holding(program_of(path, scalar));
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
