// Lowers scalars and series: inputs, references and formulas become slots and programs.
// Interface: ValueCompiler. Each input is lowered once, and shared by all that name it.
#pragma once

#include <fleetcast/model/graph.hpp>
#include <fleetcast/model/scenario.hpp>
#include <fleetcast/plan/plan.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

class ValueCompiler {
public:
    ValueCompiler(const Scenario& scenario, Plan& plan)
        : scenario_(&scenario), plan_(&plan), graph_(input_graph(scenario)),
          inputs_(scenario.inputs.size()) {}

    Slot constant(double value);
    /// An uncertain number; `path` names its random stream.
    Slot draw(const std::string& path, const Distribution& distribution);
    /// Lowers a named input even where nothing refers to it.
    void use_input(const std::string& name) { input(name); }

    /// A scalar of the scenario. `path` names its random stream; a value that only a trial knows
    /// gets a limit.
    Slot scalar(const std::string& path, const Scalar& scalar, const Range& range);
    /// The scalar, or the default.
    Slot scalar(const std::string& path, const std::optional<Scalar>& scalar, const Range& range,
                double otherwise);

    SeriesId series(const std::string& path, const Series& series, const Range& range);
    SeriesId series(const std::string& path, const std::optional<Series>& series,
                    const Range& range, double otherwise);

private:
    Program program_of(const std::string& path, const Series& series);
    Program program_of(const std::string& path, const Scalar& scalar);
    Instruction input(const std::string& name);
    Instruction lowered_input(std::size_t input);
    Slot slot_holding(const Program& program);
    Slot slot_of(SlotRule rule);

    const Scenario* scenario_;
    Plan* plan_;
    InputGraph graph_;
    std::vector<std::optional<Instruction>> inputs_; // [input]: what gives its value
    std::map<double, Slot> constants_;
};

} // namespace fleetcast
