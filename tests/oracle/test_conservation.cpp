// Laws that hold whatever the scenario, on the same 1,000 random ones: units are conserved,
// groups sum to the total, costs are the sums of their parts (rules.md, C1, M7, G1).
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
        const Plan plan = compile(loaded.scenario, catalog);
        FigureView view{
            {},
            groups_of(plan, {GroupBy::total, GroupBy::source, GroupBy::site, GroupBy::accelerator}),
            Every::period};
        for (const Metric& metric : metrics())
            view.metrics.push_back(&metric);
        figures = std::get<Forecast>(simulate(plan, {view})).views.front();
    }

    double at(std::string_view metric, std::size_t group, std::size_t period) const {
        const auto found = std::ranges::find(figures.metrics, metric, &Metric::name);
        return figures.at(static_cast<std::size_t>(found - figures.metrics.begin()), group, period)
            .value_or(0);
    }

    Figures figures;
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
            metric.kind == MetricKind::running) &&
           !metric.needs_embodied;
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
        for (const GroupBy by : {GroupBy::source, GroupBy::site, GroupBy::accelerator})
            for (const Metric& metric : metrics())
                for (std::size_t p = 0; is_additive(metric) && p < run.figures.periods.size();
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
