// Groups and longer periods [G1].
#include "oracle/oracle_metrics.hpp"

#include <algorithm>
#include <cmath>

namespace fleetcast::oracle {

namespace {

enum class Nature { stock, flow, running, discounted, limit, rate, share, ratio };

const std::map<std::string, Nature>& natures() {
    static const std::map<std::string, Nature> table = {{"acquired", Nature::stock},
                                                        {"owned", Nature::stock},
                                                        {"in_service", Nature::stock},
                                                        {"warehoused", Nature::stock},
                                                        {"available", Nature::stock},
                                                        {"waiting_power", Nature::stock},
                                                        {"waiting_install", Nature::stock},
                                                        {"delivered", Nature::flow},
                                                        {"installed", Nature::flow},
                                                        {"retired", Nature::flow},
                                                        {"lost", Nature::flow},
                                                        {"failures", Nature::flow},
                                                        {"h100e", Nature::stock},
                                                        {"fleet_h100e", Nature::stock},
                                                        {"available_h100e", Nature::stock},
                                                        {"nameplate_mw", Nature::stock},
                                                        {"it_mw", Nature::stock},
                                                        {"facility_mw", Nature::stock},
                                                        {"power_short_mw", Nature::stock},
                                                        {"power_mw", Nature::limit},
                                                        {"contracted_mw", Nature::limit},
                                                        {"headroom_mw", Nature::limit},
                                                        {"energy_mwh", Nature::flow},
                                                        {"emissions_t", Nature::flow},
                                                        {"embodied_t", Nature::flow},
                                                        {"capex_usd", Nature::flow},
                                                        {"opex_usd", Nature::flow},
                                                        {"cost_usd", Nature::flow},
                                                        {"energy_usd", Nature::flow},
                                                        {"maintenance_usd", Nature::flow},
                                                        {"colocation_usd", Nature::flow},
                                                        {"lease_usd", Nature::flow},
                                                        {"nre_usd", Nature::flow},
                                                        {"other_usd", Nature::flow},
                                                        {"resale_usd", Nature::flow},
                                                        {"cum_cost_usd", Nature::running},
                                                        {"cash_usd", Nature::flow},
                                                        {"npv_cost_usd", Nature::discounted},
                                                        {"depreciation_usd", Nature::flow},
                                                        {"writeoff_usd", Nature::flow},
                                                        {"book_value_usd", Nature::stock},
                                                        {"capital_charge_usd", Nature::flow},
                                                        {"available_hours", Nature::flow},
                                                        {"available_h100e_hours", Nature::flow},
                                                        {"hours_between_failures", Nature::rate},
                                                        {"bound_power", Nature::share},
                                                        {"bound_install", Nature::share},
                                                        {"bound_supply", Nature::share},
                                                        {"bound_none", Nature::share}};
    return table;
}

/// [M10] (depreciation + write-off + opex - resale, and the capital charge) over hours.
struct Ratio {
    bool capital = false;
    std::string hours;
};

const std::map<std::string, Ratio>& ratios() {
    static const std::map<std::string, Ratio> table = {
        {"tco_usd_per_gpu_hour", {false, "available_hours"}},
        {"tco_usd_per_h100e_hour", {false, "available_h100e_hours"}},
        {"tco_with_capital_usd_per_gpu_hour", {true, "available_hours"}},
        {"tco_with_capital_usd_per_h100e_hour", {true, "available_h100e_hours"}}};
    return table;
}

/// Formed of the figures in the table, which are those of one period or their sums.
std::optional<double> ratio_of(const Ratio& ratio, const SeriesTable& table, const GroupKey& group,
                               std::size_t p) {
    const auto at = [&](const std::string& metric) {
        return table.at(metric).at(group).at(p).value();
    };
    if (group.second == "-" || at(ratio.hours) == 0)
        return std::nullopt;
    const double cost = at("depreciation_usd") + at("writeoff_usd") + at("opex_usd") -
                        at("resale_usd") + (ratio.capital ? at("capital_charge_usd") : 0);
    return cost / at(ratio.hours);
}

/// A group and what belongs to it, by index; the last entry is for cells of no source or no site.
struct Row {
    GroupKey key;
    std::vector<char> sources;
    std::vector<char> sites;

    bool holds(const Cell& cell) const {
        return sources[cell.source.value_or(sources.size() - 1)] != 0 &&
               sites[cell.site.value_or(sites.size() - 1)] != 0;
    }
};

std::optional<double> sum_of(const std::vector<Cell>& cells, const Row& group) {
    double sum = 0;
    for (const Cell& cell : cells) {
        if (!group.holds(cell))
            continue;
        if (!cell.value)
            return std::nullopt;
        sum += *cell.value;
    }
    return sum;
}

/// A site's own limits: by site, and in total over the sites that have one.
std::optional<double> limit_of(const std::vector<Cell>& cells, const Row& group) {
    std::optional<double> sum;
    if (group.key.first != "total" && group.key.first != "site")
        return sum;
    for (const Cell& cell : cells) {
        if (group.holds(cell) && cell.value)
            sum = sum.value_or(0) + *cell.value;
    }
    return sum;
}

/// Which of the four held the group back: 1 or 0, or empty where that has no meaning.
std::optional<double> bound(const Cells& cells, const std::string& metric, const Row& group) {
    const auto& [by, name] = group.key;
    if (name == "-")
        return std::nullopt;
    const auto value = [&](const char* of) {
        return cells.contains(of) ? sum_of(cells.at(of), group).value() : 0.0;
    };
    std::string what = "bound_none";
    if (value("outstanding") > 1e-6)
        what = "bound_supply";
    if (value("waiting_install") > 0)
        what = "bound_install";
    if (value("waiting_power") > 0)
        what = "bound_power";
    if (by == "site" && (metric == "bound_supply" || metric == "bound_none"))
        return std::nullopt;
    return what == metric ? 1.0 : 0.0;
}

std::vector<Row> groups_of(const Plan& plan) {
    const std::vector<char> any_source(plan.sources.size() + 1, 1);
    const std::vector<char> any_site(plan.sites.size() + 1, 1);
    std::vector<Row> groups = {{{"total", "total"}, any_source, any_site}};
    const auto add = [&](const std::string& by, const std::string& name, const auto& names,
                         std::vector<char> Row::*members) {
        Row row = {{by, name}, any_source, any_site};
        for (std::size_t i = 0; i < names.size(); ++i)
            (row.*members)[i] = names[i] == name;
        (row.*members).back() = name == "-";
        groups.push_back(row);
    };
    std::vector<std::string> sources, sites, accelerators; // names, accelerators by source
    for (const Source& source : plan.sources) {
        sources.push_back(source.name);
        accelerators.push_back(source.accelerator.value_or("-"));
    }
    for (const Site& site : plan.sites)
        sites.push_back(site.name);
    for (const std::string& name : sources)
        add("source", name, sources, &Row::sources);
    for (const std::string& name : sites)
        add("site", name, sites, &Row::sites);
    for (const std::string& id : plan.accelerators)
        add("accelerator", id, accelerators, &Row::sources);
    add("source", "-", sources, &Row::sources);
    add("site", "-", sites, &Row::sites);
    add("accelerator", "-", accelerators, &Row::sources);
    return groups;
}

} // namespace

SeriesTable group_figures(const Plan& plan, const std::vector<Cells>& cells,
                          const std::vector<Period>& periods) {
    SeriesTable table;
    static const std::vector<Cell> nothing;
    for (const Row& group : groups_of(plan)) {
        for (const auto& [metric, nature] : natures()) {
            const std::string told = nature == Nature::running      ? "cost_usd"
                                     : nature == Nature::discounted ? "cash_usd"
                                     : nature == Nature::rate       ? "failures"
                                                                    : metric;
            Series& row = table[metric][group.key];
            double so_far = 0;
            for (std::size_t p = 0; p < periods.size(); ++p) {
                const auto found = cells[p].find(told);
                const auto& here = found == cells[p].end() ? nothing : found->second;
                std::optional<double> value;
                if (nature == Nature::limit)
                    value = limit_of(here, group);
                else if (nature == Nature::share)
                    value = bound(cells[p], metric, group);
                else
                    value = sum_of(here, group);
                if (nature == Nature::running)
                    value = so_far += *value;
                if (nature == Nature::discounted)
                    value = so_far += *value / std::pow(1 + plan.discount, periods[p].x1 / 12);
                if (nature == Nature::rate) {
                    const bool some = *value != 0 && group.key.second != "-";
                    value = some ? std::optional(periods[p].hours / *value) : std::nullopt;
                }
                row.push_back(value);
            }
        }
        for (const auto& [metric, ratio] : ratios()) {
            for (std::size_t p = 0; p < periods.size(); ++p)
                table[metric][group.key].push_back(ratio_of(ratio, table, group.key, p));
        }
    }
    return table;
}

double total_of(const Cells& cells, const std::string& metric) {
    double sum = 0;
    if (cells.contains(metric)) {
        for (const Cell& cell : cells.at(metric))
            sum += cell.value.value_or(0);
    }
    return sum;
}

std::vector<std::string> parts_of(const std::string& metric) {
    if (metric == "hours_between_failures")
        return {metric, "failures"};
    if (!ratios().contains(metric))
        return {metric};
    return {metric,       "depreciation_usd",   "writeoff_usd",           "opex_usd",
            "resale_usd", "capital_charge_usd", ratios().at(metric).hours};
}

std::vector<std::vector<std::size_t>> longer_periods(const std::vector<Period>& periods,
                                                     const std::string& every, int year_starts) {
    std::vector<std::vector<std::size_t>> longer;
    int last = 0;
    for (std::size_t p = 0; p < periods.size(); ++p) {
        const Date& first = periods[p].first;
        const int months = first.year * 12 + first.month - year_starts;
        int label = static_cast<int>(p);
        if (every == "quarter")
            label = months / 3;
        if (every == "year")
            label = months / 12;
        if (longer.empty() || label != last)
            longer.emplace_back();
        longer.back().push_back(p);
        last = label;
    }
    return longer;
}

SeriesTable fold(const SeriesTable& table, const std::vector<Period>& periods,
                 const std::vector<std::vector<std::size_t>>& longer) {
    SeriesTable folded;
    for (const auto& [metric, by_group] : table) {
        if (ratios().contains(metric))
            continue;
        const Nature nature = natures().at(metric);
        for (const auto& [group, series] : by_group) {
            for (const std::vector<std::size_t>& members : longer) {
                double hours = 0;
                double failures = 0;
                double shares = 0;
                std::optional<double> sum = 0.0;
                for (const std::size_t p : members) {
                    hours += periods[p].hours;
                    if (nature == Nature::rate)
                        failures += table.at("failures").at(group)[p].value();
                    shares += series[p].value_or(0) * periods[p].hours;
                    sum = sum && series[p] ? std::optional(*sum + *series[p]) : std::nullopt;
                }
                std::optional<double> value = series[members.back()];
                if (nature == Nature::flow)
                    value = sum;
                if (nature == Nature::share && value)
                    value = shares / hours;
                if (nature == Nature::rate) {
                    const bool some = failures != 0 && group.second != "-";
                    value = some ? std::optional(hours / failures) : std::nullopt;
                }
                folded[metric][group].push_back(value);
            }
        }
    }
    for (const auto& [metric, ratio] : ratios()) {
        if (!table.contains(metric))
            continue;
        for (const auto& [group, series] : table.at(metric)) {
            for (std::size_t p = 0; p < longer.size(); ++p)
                folded[metric][group].push_back(ratio_of(ratio, folded, group, p));
        }
    }
    return folded;
}

} // namespace fleetcast::oracle
