// What was asked, served and charged by group, over engine periods and longer ones [M12, G1].
#include "oracle/oracle_demand.hpp"

#include <algorithm>
#include <limits>

namespace fleetcast::oracle {

namespace {

const GroupKey total_key("total", "total");

std::optional<double> ratio(double above, double below) {
    return below == 0 ? std::nullopt : std::optional(above / below);
}

Date day_after(Date day) {
    if (day.day < days_in_month(day.year, day.month))
        return {day.year, day.month, day.day + 1};
    return day.month == 12 ? Date{day.year + 1, 1, 1} : Date{day.year, day.month + 1, 1};
}

/// The day that holds a moment after the start; midnight belongs to the day before.
Date day_that_holds(double x, const Clock& clock) {
    Date day = clock.start;
    while (clock.position(day, true) + same_time < x)
        day = day_after(day);
    return day;
}

/// Days since the first of January 1970, counted month by month.
int day_number(Date day) {
    int days = day.day - 1;
    for (int year = 1970; year < day.year; ++year) {
        for (int month = 1; month <= 12; ++month)
            days += days_in_month(year, month);
    }
    for (int month = 1; month < day.month; ++month)
        days += days_in_month(day.year, month);
    return days;
}

/// The last day of a month, or the day itself.
Date last_day(const std::string& text) {
    const int year = std::stoi(text.substr(0, 4));
    const int month = std::stoi(text.substr(5, 2));
    return {year, month, text.size() == 7 ? days_in_month(year, month) : std::stoi(text.substr(8))};
}

} // namespace

void DemandOracle::put(DemandFigures& figures, const GroupKey& group,
                       const std::vector<const DemandWorkload*>& members, bool nobody) const {
    for (std::size_t p = 0; p < supplies_.size(); ++p) {
        const DemandSupply& supply = supplies_[p];
        double demand = 0;
        double served = 0;
        double served_in_all = 0;
        double capacity = 0;
        for (const DemandWorkload* member : members) {
            demand += member->demand[p];
            served += member->served[p];
        }
        for (const DemandWorkload& workload : workloads_)
            served_in_all += workload.served[p];
        for (const double pool : supply.capacity)
            capacity += pool;
        const double share = served_in_all > 0 ? served / served_in_all : nobody ? 1.0 : 0.0;
        const double charged = supply.cost_usd * share;
        const auto set = [&](const char* metric, std::optional<double> value) {
            figures.series[metric][group].push_back(value);
        };
        const bool total = group == total_key;
        set("demand_h100e", demand);
        set("served_h100e", served);
        set("shortfall_h100e", demand - served);
        set("idle_h100e", total ? std::optional(capacity - served) : std::nullopt);
        set("utilisation", total ? ratio(served, capacity) : std::nullopt);
        set("charged_usd", charged);
        set("charged_mwh", supply.energy_mwh * share);
        set("charged_t", supply.emissions_t * share);
        const bool inference = group.first == "workload" && members.size() == 1 &&
                               members.front()->kind == "inference";
        set("usd_per_million_tokens",
            inference ? ratio(charged, members.front()->million_tokens[p]) : std::nullopt);
    }
}

void DemandOracle::put_outcomes(DemandFigures& figures, const DemandWorkload& training) const {
    double charged = 0;
    for (const auto& usd : figures.series.at("charged_usd").at({"workload", training.name}))
        charged += usd.value();
    figures.training_usd[training.name] = charged;
    auto& late = figures.weeks_late[training.name];
    std::string& completed = figures.completed[training.name];
    const bool due = training.json->contains("due");
    if (!training.done) {
        hit(edges_, "training not completed");
        if (due)
            late = std::numeric_limits<double>::infinity();
        return;
    }
    const Date day = day_that_holds(*training.done, clock_);
    completed = iso(day);
    if (!due)
        return;
    const Date due_day = last_day(training.json->at("due").get<std::string>());
    const int days = day_number(day) - day_number(due_day);
    late = std::max(0, days) / 7.0;
    hit(edges_, days > 0 ? "training late" : "training in time");
}

DemandFigures DemandOracle::figures() const {
    DemandFigures figures;
    std::vector<const DemandWorkload*> all;
    std::map<std::string, std::vector<const DemandWorkload*>> teams = {{"-", {}}};
    for (const DemandWorkload& workload : workloads_) {
        all.push_back(&workload);
        teams[workload.team].push_back(&workload);
        put(figures, {"workload", workload.name}, {&workload}, false);
        if (workload.kind == "inference")
            figures.million_tokens[workload.name] = workload.million_tokens;
        if (workload.kind == "training")
            put_outcomes(figures, workload);
    }
    put(figures, total_key, all, true);
    put(figures, {"workload", "-"}, {}, true);
    for (const auto& [team, members] : teams)
        put(figures, {"team", team}, members, team == "-");
    return figures;
}

SeriesTable fold_demand(const DemandFigures& figures, const std::vector<Period>& periods,
                        const std::vector<std::vector<std::size_t>>& longer) {
    SeriesTable folded;
    for (const auto& [metric, by_group] : figures.series) {
        const bool summed = metric.rfind("charged_", 0) == 0;
        for (const auto& [group, series] : by_group) {
            const auto of = [&, key = group](const char* name, std::size_t p) {
                return figures.series.at(name).at(key).at(p).value();
            };
            for (const std::vector<std::size_t>& members : longer) {
                double hours = 0;
                double sum = 0;
                double weighted = 0;
                double served = 0;   // [H100e-hours]
                double capacity = 0; // [H100e-hours]
                double charged = 0;
                double million_tokens = 0;
                for (const std::size_t p : members) {
                    hours += periods[p].hours;
                    sum += series[p].value_or(0);
                    weighted += series[p].value_or(0) * periods[p].hours;
                    served += of("served_h100e", p) * periods[p].hours;
                    charged += of("charged_usd", p);
                    if (group == total_key)
                        capacity +=
                            (of("served_h100e", p) + of("idle_h100e", p)) * periods[p].hours;
                    if (group.first == "workload" && figures.million_tokens.contains(group.second))
                        million_tokens += figures.million_tokens.at(group.second)[p];
                }
                std::optional<double> value = summed ? sum : weighted / hours;
                if (metric == "idle_h100e" && group != total_key)
                    value = std::nullopt;
                if (metric == "utilisation")
                    value = ratio(served, capacity);
                if (metric == "usd_per_million_tokens")
                    value = ratio(charged, million_tokens);
                folded[metric][group].push_back(value);
            }
        }
    }
    return folded;
}

const std::vector<std::string>& demand_edge_names() {
    static const std::vector<std::string> names = {
        "no workloads",
        "workload reserved",
        "workload training",
        "workload inference",
        "workload of a team",
        "workload without team",
        "workload tied to sites",
        "workload tied to accelerators",
        "lease kept from a workload tied to sites",
        "nameless source kept from a workload tied to accelerators",
        "workload part of a period",
        "workload out of its time",
        "level served whole",
        "level short",
        "equal priorities short",
        "freeze by restriction",
        "freeze twice",
        "level gets nothing",
        "lower level served beside a short one",
        "demand without capacity",
        "nothing served",
        "charged to nobody",
        "negative charge",
        "idle is charged",
        "fleet used whole",
        "tokens asked and none served",
        "training with due",
        "training without due",
        "training completes",
        "training completes inside a period",
        "training completes below its most",
        "training completes in its first part",
        "lower priorities yield to a completion",
        "training not completed",
        "training in time",
        "training late"};
    return names;
}

} // namespace fleetcast::oracle
