// A workload; lower() has an overload for each kind.
#include "lower.hpp"

#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

constexpr double flops_per_tflops = 1e12;

class WorkloadCompiler {
public:
    WorkloadCompiler(const Scenario& scenario, Plan& plan, ValueCompiler& values)
        : plan_(plan), values_(values), accelerators_(index_by_name(plan.accelerators)),
          teams_(index_by_name(plan.teams)), sites_(name_index(scenario.sites)) {}

    PlanWorkload run(const std::string& name, const Workload& workload) {
        path_ = "workloads." + name;
        out_ = {};
        out_.name = name;
        if (workload.team)
            out_.team = static_cast<Index>(teams_.at(*workload.team));
        out_.priority = workload.priority;
        out_.from = workload.from ? plan_.grid.starts(*workload.from) : 0.0;
        const auto to = last_day_of(workload);
        out_.to = to ? plan_.grid.ends(*to) : plan_.grid.end();
        // An accelerator that no source names is nowhere in the plan.
        out_.accelerators = indices_of(workload.accelerators, accelerators_);
        out_.sites = indices_of(workload.sites, sites_);
        std::visit([&](const auto& kind) { out_.kind = lower(kind); }, workload.kind);
        return std::move(out_);
    }

private:
    static NameIndex index_by_name(const std::vector<std::string>& names) {
        NameIndex index;
        for (std::size_t i = 0; i < names.size(); ++i)
            index.emplace(names[i], i);
        return index;
    }

    /// Those that are known, each once and in ascending order.
    static std::optional<std::vector<Index>>
    indices_of(const std::optional<std::vector<std::string>>& names, const NameIndex& index) {
        if (!names)
            return std::nullopt;
        std::vector<Index> out;
        for (const std::string& name : *names)
            if (const auto found = index.find(name); found != index.end())
                out.push_back(static_cast<Index>(found->second));
        std::ranges::sort(out);
        const auto twice = std::ranges::unique(out);
        out.erase(twice.begin(), twice.end());
        return out;
    }

    PlanReserved lower(const Reserved& kind) {
        return {values_.series(path_ + ".h100e", kind.h100e, not_negative)};
    }

    PlanTraining lower(const Training& kind) {
        out_.to = std::numeric_limits<double>::infinity();
        PlanTraining training;
        training.flop = values_.scalar(path_ + ".flop", kind.flop, positive);
        training.mfu = values_.scalar(path_ + ".mfu_share", kind.mfu_share, mfu_range);
        training.max_h100e = values_.scalar(path_ + ".max_h100e", kind.max_h100e, positive);
        if (kind.due)
            training.due = last_day(*kind.due);
        return training;
    }

    PlanInference lower(const Inference& kind) {
        PlanInference inference;
        inference.tokens_per_day =
            values_.series(path_ + ".tokens_per_day", kind.tokens_per_day, not_negative);
        inference.flop_per_token =
            values_.scalar(path_ + ".flop_per_token", kind.flop_per_token, positive);
        inference.mfu = values_.scalar(path_ + ".mfu_share", kind.mfu_share, mfu_range);
        inference.peak_to_mean =
            values_.scalar(path_ + ".peak_to_mean", kind.peak_to_mean, peak_range, 1);
        return inference;
    }

    Plan& plan_;
    ValueCompiler& values_;
    NameIndex accelerators_, teams_, sites_;
    PlanWorkload out_;
    std::string path_;
};

} // namespace

void lower_workloads(const Scenario& scenario, const Catalog& catalog, Plan& plan,
                     ValueCompiler& values) {
    if (scenario.workloads.empty())
        return;
    plan.teams = teams_of(scenario);
    const Accelerator reference = *find_accelerator(scenario, catalog, reference_accelerator);
    plan.flops_per_h100e = flops_per_tflops * *basis_figure(reference, Basis::bf16);
    WorkloadCompiler compiler(scenario, plan, values);
    for (const auto& [name, workload] : scenario.workloads)
        plan.workloads.push_back(compiler.run(name, workload));
}

} // namespace fleetcast
