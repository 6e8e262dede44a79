// Limits are near what comes out, so that a good part is met and a good part is not.
#include "oracle/random_expectations.hpp"

#include "oracle/oracle_inputs.hpp"

#include <algorithm>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

struct Choice {
    const char* metric;
    double about;
};

/// The names of the workloads of a kind, or of all.
std::vector<std::string> names_of(const Json& workloads, const std::string& kind = "") {
    std::vector<std::string> names;
    for (const auto& [name, workload] : workloads.items()) {
        if (!is_note(name) && (kind.empty() || workload.at("kind") == kind))
            names.push_back(name);
    }
    return names;
}

} // namespace

Json ExpectationMaker::milestones() const {
    Json milestones;
    milestones["first"] = metric();
    milestones["600k"] = metric(Json());
    return milestones;
}

std::string ExpectationMaker::some_month() const {
    return horizon.month_text(dice.below(std::max(1, horizon.months - 1)));
}

Json ExpectationMaker::supply_filter() const {
    Json wanted;
    const int by = dice.below(100);
    const Draft& draft = dice.pick(drafts);
    if (by < 20)
        wanted["source"] = draft.name;
    else if (by < 35 && !draft.accelerator.empty())
        wanted["accelerator"] = draft.accelerator;
    else if (by < 50 && !sites.empty())
        wanted["site"] = dice.pick(sites);
    return wanted;
}

Json ExpectationMaker::demand_filter() const {
    const std::string name = dice.pick(names_of(workloads));
    const Json& workload = workloads.at(name);
    Json wanted;
    const int by = dice.below(100);
    if (by < 30)
        wanted["workload"] = name;
    else if (by < 70 && workload.contains("team"))
        wanted["team"] = workload.at("team");
    return wanted;
}

Json ExpectationMaker::metric() const {
    if (workloads.empty() || dice.chance(70))
        return metric(supply_filter());
    const std::vector<Choice> choices = {{"demand_h100e", units * 0.5},
                                         {"served_h100e", units * 0.3},
                                         {"shortfall_h100e", units * 0.1},
                                         {"charged_usd", units * 500},
                                         {"charged_mwh", units * 0.3}};
    const Choice& choice = dice.pick(choices);
    Json wanted = {{"metric", choice.metric}};
    const Json filter = demand_filter();
    for (const auto& [key, value] : filter.items())
        wanted[key] = value;
    wanted[dice.chance(75) ? "at_least" : "at_most"] =
        four_digits(choice.about * dice.between(0.02, 1));
    return wanted;
}

/// A metric with a likely size; never one that can be empty.
Json ExpectationMaker::metric(const Json& filter) const {
    const std::vector<Choice> choices = {{"owned", units},
                                         {"in_service", units * 0.7},
                                         {"acquired", units},
                                         {"warehoused", units * 0.1},
                                         {"fleet_h100e", units},
                                         {"it_mw", units / 1200},
                                         {"cum_cost_usd", units * 2e4},
                                         {"energy_mwh", units * 0.5},
                                         {"waiting_power", units * 0.1},
                                         {"cash_usd", units * 1e3},
                                         {"npv_cost_usd", units * 2e4},
                                         {"book_value_usd", units * 5e3},
                                         {"depreciation_usd", units * 500}};
    const Choice& choice = dice.pick(choices);
    Json wanted = {{"metric", choice.metric}};
    for (const auto& [key, value] : filter.items())
        wanted[key] = value;
    const double part = filter.empty() ? 1.0 : 0.3;
    wanted[dice.chance(75) ? "at_least" : "at_most"] =
        four_digits(choice.about * part * dice.between(0.05, 1.4));
    return wanted;
}

Json ExpectationMaker::outcome_of(const std::string& training) const {
    const std::string before = "workloads." + training + ".";
    const int kind = dice.below(3);
    if (kind == 0 && workloads.at(training).contains("due"))
        return {{"metric", before + "weeks_late"}, {"at_most", dice.pick<double>({0, 2.5, 8, 30})}};
    if (kind == 1)
        return {{"metric", before + "training_usd"}, {"at_most", four_digits(units * 4e3)}};
    Json wanted = {{"metric", before + "completed"}};
    wanted[dice.chance(75) ? "at_most" : "at_least"] =
        dice.chance(50) ? some_month()
                        : horizon.day_text(dice.below(horizon.months), dice.from_to(1, 28));
    return wanted;
}

Json ExpectationMaker::outcome(bool with_milestones) const {
    const std::vector<std::string> trainings = names_of(workloads, "training");
    if (!trainings.empty() && dice.chance(60))
        return outcome_of(dice.pick(trainings));
    if (with_milestones && dice.chance(25))
        return {{"metric", "milestones.first"},
                {dice.chance(75) ? "at_most" : "at_least", some_month()}};
    const Draft& draft = dice.pick(drafts);
    const bool arrives = draft.json.contains("deliveries") || draft.json.contains("orders");
    if (arrives && dice.chance(60))
        return {{"metric", "pending." + draft.name}, {"at_most", draft.units * 0.2}};
    return {{"metric",
             dice.pick<std::string>({"paid_before_start_usd", "due_after_end_usd", "prepaid_usd"})},
            {dice.chance(50) ? "at_most" : "at_least", four_digits(units * 1e3)}};
}

Json ExpectationMaker::check(bool with_milestones) const {
    if (dice.chance(25))
        return outcome(with_milestones);
    Json check = metric();
    const int at = dice.below(3);
    check["at"] = at == 0 ? "all" : at == 1 ? "any" : "";
    if (at == 2)
        check["at"] = some_month();
    if (dice.chance(20))
        check["every"] = "year";
    if (dice.chance(15) && check.contains("at_least")) {
        const double limit = check["at_least"].get<double>();
        check.erase("at_least");
        check["between"] = {limit, four_digits(limit * 3)};
    }
    return check;
}

Json ExpectationMaker::checks(bool with_milestones) const {
    Json checks;
    const int count = dice.from_to(1, 3);
    for (int i = 0; i < count; ++i) {
        Json one = check(with_milestones);
        if (dice.chance(25))
            one["severity"] = dice.chance(75) ? "warn" : "error";
        if (dice.chance(40))
            one["probability"] = dice.pick<double>({0.5, 0.8, 1});
        checks["check-" + std::to_string(i)] = one;
    }
    return checks;
}

} // namespace fleetcast::oracle
