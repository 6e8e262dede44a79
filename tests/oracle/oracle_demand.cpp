// What workloads ask for, and how far trainings are; sharing is in oracle_demand_shares, figures
// are in oracle_demand_figures.
#include "oracle/oracle_demand.hpp"

#include <algorithm>

namespace fleetcast::oracle {

namespace {

constexpr double seconds_per_hour = 3600;

bool lists(const Json& json, const char* key, const std::string& name) {
    for (const Json& entry : json.at(key)) {
        if (entry.get<std::string>() == name)
            return true;
    }
    return false;
}

std::vector<Claim> claims_of(const std::vector<DemandWorkload>& workloads) {
    std::vector<Claim> claims;
    for (const DemandWorkload& workload : workloads)
        claims.push_back({workload.priority, workload.demand.back(), workload.may_use});
    return claims;
}

} // namespace

double flops_per_h100e(const Accelerators& accelerators) {
    return 1e12 * accelerators.figure("nvidia-h100-sxm", "bf16_tflops").value();
}

DemandOracle::DemandOracle(const Json& scenario, double flops, const std::vector<DemandPool>& pools,
                           const Clock& clock, Values& values, Edges& edges)
    : clock_(clock), values_(values), edges_(edges), flops_(flops) {
    if (scenario.contains("workloads")) {
        for (const auto& [name, json] : scenario.at("workloads").items()) {
            if (!is_note(name))
                read(name, json, pools);
        }
    }
    if (workloads_.empty())
        hit(edges_, "no workloads");
}

void DemandOracle::read(const std::string& name, const Json& json,
                        const std::vector<DemandPool>& pools) {
    DemandWorkload workload;
    workload.name = name;
    workload.team = json.value("team", "-");
    workload.kind = json.at("kind").get<std::string>();
    workload.json = &json;
    if (json.contains("priority")) // 2.0 is an integer, too
        workload.priority = static_cast<int>(json.at("priority").get<double>());
    workload.to = clock_.end;
    if (json.contains("from"))
        workload.from = clock_.as_start(json.at("from").get<std::string>());
    if (json.contains("to"))
        workload.to = clock_.as_end(json.at("to").get<std::string>());
    for (const DemandPool& pool : pools) {
        bool usable = true;
        if (json.contains("sites"))
            usable = pool.site && lists(json, "sites", *pool.site);
        if (json.contains("accelerators"))
            usable = usable && lists(json, "accelerators", pool.accelerator);
        workload.may_use.push_back(usable ? 1 : 0);
        if (json.contains("sites") && !pool.site)
            hit(edges_, "lease kept from a workload tied to sites");
        if (json.contains("accelerators") && pool.accelerator.empty())
            hit(edges_, "nameless source kept from a workload tied to accelerators");
    }
    workload.mfu = values_.field(json, "mfu_share", 1);
    workload.backlog = values_.field(json, "flop", 0);
    hit_written(workload);
    workloads_.push_back(workload);
}

void DemandOracle::hit_written(const DemandWorkload& workload) {
    hit(edges_, "workload " + workload.kind);
    hit(edges_, workload.team == "-" ? "workload without team" : "workload of a team");
    if (workload.json->contains("sites"))
        hit(edges_, "workload tied to sites");
    if (workload.json->contains("accelerators"))
        hit(edges_, "workload tied to accelerators");
    if (workload.kind == "training") {
        const bool due = workload.json->contains("due");
        hit(edges_, due ? "training with due" : "training without due");
    }
}

/// The part of the period, in months, in which the workload asks.
double DemandOracle::part(const DemandWorkload& workload, const Period& period) const {
    const double overlap = std::min(period.x1, workload.to) - std::max(period.x0, workload.from);
    return overlap > same_time ? overlap / period.dx : 0;
}

/// The most that a training takes, as an average over the period.
double DemandOracle::ceiling(const DemandWorkload& workload, const Period& period) const {
    return values_.field(*workload.json, "max_h100e", 0) * part(workload, period);
}

double DemandOracle::ask(const DemandWorkload& workload, const Period& period) const {
    const Json& json = *workload.json;
    if (workload.kind == "reserved")
        return values_.at(json.at("h100e"), "h100e", period.x0) * part(workload, period);
    if (workload.kind == "training") {
        const double rest =
            workload.backlog / (flops_ * workload.mfu * period.hours * seconds_per_hour);
        return std::min(ceiling(workload, period), rest);
    }
    const double flop_per_day = values_.at(json.at("tokens_per_day"), "tokens_per_day", period.x0) *
                                values_.at(json.at("flop_per_token"), "flop_per_token", 0) *
                                values_.field(json, "peak_to_mean", 1);
    return flop_per_day / (86400 * flops_ * workload.mfu) * part(workload, period);
}

void DemandOracle::step(const DemandSupply& supply) {
    const Period& period = clock_.periods.at(supplies_.size());
    for (DemandWorkload& workload : workloads_)
        workload.demand.push_back(ask(workload, period));
    const std::vector<double> amounts = share_out(claims_of(workloads_), supply.capacity, edges_);
    for (std::size_t i = 0; i < workloads_.size(); ++i)
        workloads_[i].served.push_back(amounts[i]);
    for (std::size_t i = 0; i < workloads_.size(); ++i) {
        if (workloads_[i].kind == "training")
            train(i, period, supply.capacity);
        if (workloads_[i].kind == "inference")
            write_tokens(workloads_[i], period);
    }
    hit_period(period, supply);
    supplies_.push_back(supply);
}

void DemandOracle::train(std::size_t which, const Period& period,
                         const std::vector<double>& capacity) {
    DemandWorkload& training = workloads_[which];
    if (training.done)
        return;
    const double served = training.served.back();
    training.backlog -= served * flops_ * training.mfu * period.hours * seconds_per_hour;
    if (training.backlog >= 1e-9 * values_.at(training.json->at("flop"), "flop", 0))
        return;
    training.backlog = 0;
    std::vector<double> amounts;
    for (const DemandWorkload& workload : workloads_)
        amounts.push_back(workload.served.back());
    const double more = could_get_more(which, claims_of(workloads_), amounts, capacity);
    const double speed = std::min(ceiling(training, period), served + more);
    const double begins = std::max(period.x0, training.from);
    training.done = begins + (period.x1 - begins) * served / speed;

    hit(edges_, "training completes");
    if (*training.done < period.x1 - same_time)
        hit(edges_, "training completes inside a period");
    if (speed < ceiling(training, period))
        hit(edges_, "training completes below its most");
    if (begins > period.x0)
        hit(edges_, "training completes in its first part");
    double free = 0;
    for (const double pool : capacity)
        free += pool;
    for (const double amount : amounts)
        free -= amount;
    if (speed - served > free + 1e-6)
        hit(edges_, "lower priorities yield to a completion");
}

void DemandOracle::write_tokens(DemandWorkload& workload, const Period& period) {
    const double demand = workload.demand.back();
    double tokens = 0;
    if (demand > 0) {
        const double begins = std::max(period.x0, workload.from);
        const double ends = std::min(period.x1, workload.to);
        const double days = clock_.hours_between(begins, ends) / 24;
        tokens = values_.at(workload.json->at("tokens_per_day"), "tokens_per_day", period.x0) *
                 days * workload.served.back() / demand;
    }
    workload.million_tokens.push_back(tokens / 1e6);
}

void DemandOracle::hit_period(const Period& period, const DemandSupply& supply) {
    double demand = 0;
    double served = 0;
    double capacity = 0;
    for (const double pool : supply.capacity)
        capacity += pool;
    for (const DemandWorkload& workload : workloads_) {
        demand += workload.demand.back();
        served += workload.served.back();
        const double share = part(workload, period);
        if (share > 0 && share < 1)
            hit(edges_, "workload part of a period");
        if (share == 0)
            hit(edges_, "workload out of its time");
        if (workload.kind == "inference" && workload.demand.back() > 0 &&
            workload.served.back() == 0)
            hit(edges_, "tokens asked and none served");
    }
    if (workloads_.empty())
        return;
    if (capacity == 0 && demand > 0)
        hit(edges_, "demand without capacity");
    if (served == 0)
        hit(edges_, "nothing served");
    if (served == 0 && supply.cost_usd != 0)
        hit(edges_, "charged to nobody");
    if (served > 0 && supply.cost_usd < 0)
        hit(edges_, "negative charge");
    if (served > 0 && served < capacity * (1 - 1e-9))
        hit(edges_, "idle is charged");
    if (served > 0 && served >= capacity * (1 - 1e-9))
        hit(edges_, "fleet used whole");
}

} // namespace fleetcast::oracle
