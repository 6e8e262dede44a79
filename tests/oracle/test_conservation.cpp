// Laws that hold whatever the scenario, on the same 1,000 random ones: units are conserved,
// money and demand add up, groups sum to the total, costs are the sums of their parts (rules.md,
// C1, M7, M8, M9, M12, G1).
#include "oracle/random_scenario.hpp"
#include "support/catch.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace fleetcast;

constexpr double slack = 1e-9; // of the largest term

/// The figures of one random scenario, by metric name.
class Run {
public:
    explicit Run(std::uint64_t number) {
        static const Catalog catalog = load_catalog();
        const LoadedScenario loaded =
            load_scenario({"random.json", oracle::random_scenario(number).dump()});
        plan = compile(loaded.scenario, catalog);
        FigureView view{{},
                        groups_of(plan, {GroupBy::total, GroupBy::source, GroupBy::site,
                                         GroupBy::accelerator, GroupBy::team, GroupBy::workload}),
                        Every::period};
        for (const Metric& metric : metrics())
            view.metrics.push_back(&metric);
        const Forecast forecast = std::get<Forecast>(simulate(plan, {view}));
        figures = forecast.views.front();
        outcomes = forecast.outcomes;
    }

    double at(std::string_view metric, std::size_t group, std::size_t period) const {
        const auto found = std::ranges::find(figures.metrics, metric, &Metric::name);
        return figures.at(static_cast<std::size_t>(found - figures.metrics.begin()), group, period)
            .value_or(0);
    }

    /// Of the total, over all periods.
    double sum(std::string_view metric) const {
        double sum = 0;
        for (std::size_t p = 0; p < figures.periods.size(); ++p)
            sum += at(metric, 0, p);
        return sum;
    }

    /// Of all sources or workloads together.
    double outcome(OutcomeKind kind) const {
        const std::vector<OutcomeId> ids = outcomes_of(plan);
        double sum = 0;
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (ids[i].kind == kind)
                sum += outcomes[i].front();
        return sum;
    }

    Plan plan;
    Figures figures;
    std::vector<std::vector<double>> outcomes;
};

/// Counts the breaches of a law instead of asserting a million times.
class Law {
public:
    void holds(double left, double right, double largest, const std::string& where) {
        ++count;
        if (std::fabs(left - right) <=
            slack * std::max({std::fabs(left), std::fabs(right), largest, 1e-6}))
            return;
        if (breaches++ == 0)
            first = fmt::format("{}: {} against {}", where, left, right);
    }
    long count = 0, breaches = 0;
    std::string first;
};

/// Calls `visit(run, number)` for every random scenario.
template <class Visit> void on_random_scenarios(const Visit& visit) {
    for (std::uint64_t number = 0; number < 1000; ++number)
        visit(Run(number), number);
}

bool is_additive(const Metric& metric) {
    return (metric.kind == MetricKind::stock || metric.kind == MetricKind::flow ||
            metric.kind == MetricKind::running || metric.kind == MetricKind::discounted ||
            metric.kind == MetricKind::average) &&
           !metric.needs_embodied;
}

bool is_of(const Metric& metric, GroupBy by) {
    const bool is_demand = by == GroupBy::team || by == GroupBy::workload;
    return metric.subject == (is_demand ? Subject::demand : Subject::supply);
}

} // namespace

TEST_CASE("[C1] on 1,000 random scenarios all that came is in the warehouse, in service, retired "
          "or lost") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        for (std::size_t g = 0; g < run.figures.groups.size(); ++g) {
            if (run.figures.groups[g].by == GroupBy::site)
                continue; // deliveries belong to no site
            double gone = 0;
            for (std::size_t p = 0; p < run.figures.periods.size(); ++p) {
                gone += run.at("retired", g, p) + run.at("lost", g, p);
                law.holds(run.at("acquired", g, p), run.at("owned", g, p) + gone, 0,
                          fmt::format("scenario {}, group {}, period {}", number, g, p));
            }
        }
    });
    INFO(law.first);
    CHECK(law.count > 100'000);
    CHECK(law.breaches == 0);
}

TEST_CASE("[C1] on 1,000 random scenarios groups sum to the total") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        for (const GroupBy by : {GroupBy::source, GroupBy::site, GroupBy::accelerator,
                                 GroupBy::team, GroupBy::workload})
            for (const Metric& metric : metrics())
                for (std::size_t p = 0;
                     is_additive(metric) && is_of(metric, by) && p < run.figures.periods.size();
                     ++p) {
                    double sum = 0, largest = 0;
                    for (std::size_t g = 0; g < run.figures.groups.size(); ++g)
                        if (run.figures.groups[g].by == by) {
                            sum += run.at(metric.name, g, p);
                            largest = std::max(largest, std::fabs(run.at(metric.name, g, p)));
                        }
                    law.holds(sum, run.at(metric.name, 0, p), largest,
                              fmt::format("scenario {}, {} by {}, period {}", number, metric.name,
                                          text_of(by), p));
                }
    });
    INFO(law.first);
    CHECK(law.count > 1'000'000);
    CHECK(law.breaches == 0);
}

TEST_CASE(
    "[M7] on 1,000 random scenarios opex and cost are the sums of their parts, in every group") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        for (std::size_t g = 0; g < run.figures.groups.size(); ++g) {
            double so_far = 0;
            for (std::size_t p = 0; p < run.figures.periods.size(); ++p) {
                const auto at = [&](std::string_view metric) { return run.at(metric, g, p); };
                const std::string where =
                    fmt::format("scenario {}, group {}, period {}", number, g, p);
                const double parts = at("energy_usd") + at("maintenance_usd") +
                                     at("colocation_usd") + at("lease_usd") + at("nre_usd") +
                                     at("other_usd");
                const double largest = std::max(
                    {at("capex_usd"), at("opex_usd"), at("resale_usd"), std::fabs(so_far)});
                law.holds(at("opex_usd"), parts, largest, where);
                law.holds(at("cost_usd"), at("capex_usd") + at("opex_usd") - at("resale_usd"),
                          largest, where);
                so_far += at("cost_usd");
                law.holds(at("cum_cost_usd"), so_far, largest, where);
            }
        }
    });
    INFO(law.first);
    CHECK(law.breaches == 0);
}

TEST_CASE("[C1, M8] on 1,000 random scenarios what is paid is capex, whenever it is due") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        const double paid = run.sum("cash_usd") - run.sum("opex_usd") + run.sum("resale_usd");
        const double capex = run.sum("capex_usd");
        law.holds(paid + run.outcome(OutcomeKind::paid_before_start) +
                      run.outcome(OutcomeKind::due_after_end),
                  capex + run.outcome(OutcomeKind::prepaid),
                  std::max(std::fabs(run.sum("opex_usd")), run.sum("resale_usd")),
                  fmt::format("scenario {}", number));
        const std::size_t end = run.figures.periods.size() - 1;
        if (run.plan.discount == 0)
            law.holds(run.at("npv_cost_usd", 0, end), run.sum("cash_usd"),
                      std::max(capex, std::fabs(run.sum("opex_usd"))),
                      fmt::format("scenario {}, npv", number));
    });
    INFO(law.first);
    CHECK(law.count > 1000);
    CHECK(law.breaches == 0);
}

TEST_CASE("[C1, M9] on 1,000 random scenarios what was bought is charged, written off or on the "
          "books, in every group") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        if (run.plan.discount == 0)
            return; // the capital charge tells the book value before the first period
        const auto rate = [&](std::size_t p) {
            const Period& period = run.figures.periods[p];
            return std::pow(1 + run.plan.discount, (period.x1 - period.x0) / 12) - 1;
        };
        for (std::size_t g = 0; g < run.figures.groups.size(); ++g) {
            if (run.figures.groups[g].by == GroupBy::site)
                continue; // hardware comes to no site
            const double opening = run.at("capital_charge_usd", g, 0) / rate(0);
            double bought = 0, gone = 0;
            for (std::size_t p = 0; p < run.figures.periods.size(); ++p) {
                const std::string where =
                    fmt::format("scenario {}, group {}, period {}", number, g, p);
                const double book = p == 0 ? opening : run.at("book_value_usd", g, p - 1);
                law.holds(run.at("capital_charge_usd", g, p) / rate(p), book, opening + bought,
                          where + ", capital");
                bought += run.at("capex_usd", g, p);
                gone += run.at("depreciation_usd", g, p) + run.at("writeoff_usd", g, p);
                law.holds(opening + bought, run.at("book_value_usd", g, p) + gone, 0, where);
            }
        }
    });
    INFO(law.first);
    CHECK(law.count > 100'000);
    CHECK(law.breaches == 0);
}

TEST_CASE("[C1, M12] on 1,000 random scenarios demand is served or short, the rest is idle, and "
          "everything is charged") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        for (std::size_t p = 0; p < run.figures.periods.size(); ++p) {
            for (std::size_t g = 0; g < run.figures.groups.size(); ++g) {
                const std::string where =
                    fmt::format("scenario {}, group {}, period {}", number, g, p);
                const double demand = run.at("demand_h100e", g, p);
                law.holds(run.at("served_h100e", g, p) + run.at("shortfall_h100e", g, p), demand, 0,
                          where);
                for (const char* metric : {"served_h100e", "shortfall_h100e", "idle_h100e"})
                    law.holds(std::min(0.0, run.at(metric, g, p)), 0, demand, where + metric);
            }
            const auto at = [&](std::string_view metric) { return run.at(metric, 0, p); };
            const std::string where = fmt::format("scenario {}, period {}", number, p);
            law.holds(at("charged_usd"),
                      at("depreciation_usd") + at("writeoff_usd") + at("opex_usd") -
                          at("resale_usd"),
                      std::max(std::fabs(at("opex_usd")), at("resale_usd")), where);
            law.holds(at("charged_mwh"), at("energy_mwh"), 0, where);
            law.holds(at("charged_t"), at("emissions_t"), 0, where);
            law.holds(at("utilisation") * (at("served_h100e") + at("idle_h100e")),
                      at("served_h100e"), 0, where);
        }
        double charged = 0;
        for (std::size_t g = 0; g < run.figures.groups.size(); ++g) {
            const Group& group = run.figures.groups[g];
            if (group.by == GroupBy::workload && group.member &&
                std::holds_alternative<PlanTraining>(run.plan.workloads[*group.member].kind))
                for (std::size_t p = 0; p < run.figures.periods.size(); ++p)
                    charged += run.at("charged_usd", g, p);
        }
        law.holds(run.outcome(OutcomeKind::training_cost), charged,
                  std::fabs(run.sum("charged_usd")), fmt::format("scenario {}", number));
    });
    INFO(law.first);
    CHECK(law.count > 100'000);
    CHECK(law.breaches == 0);
}

TEST_CASE("on 1,000 random scenarios no stock is negative, available is within in service, power "
          "is not exceeded") {
    Law law;
    on_random_scenarios([&](const Run& run, std::uint64_t number) {
        for (std::size_t g = 0; g < run.figures.groups.size(); ++g)
            for (std::size_t p = 0; p < run.figures.periods.size(); ++p) {
                const std::string where =
                    fmt::format("scenario {}, group {}, period {}", number, g, p);
                for (const char* stock :
                     {"in_service", "warehoused", "available", "headroom_mw", "waiting_power"})
                    law.holds(std::min(0.0, run.at(stock, g, p)), 0, 1, where + ", " + stock);
                law.holds(std::max(run.at("available", g, p), run.at("in_service", g, p)),
                          run.at("in_service", g, p), 0, where);
                law.holds(std::max(run.at("headroom_mw", g, p), run.at("power_mw", g, p)),
                          run.at("power_mw", g, p), 0, where);
            }
    });
    INFO(law.first);
    CHECK(law.breaches == 0);
}
