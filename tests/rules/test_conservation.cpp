// Rule [C1] on a scenario in which everything happens: units are conserved, groups sum to the
// total. What random scenarios prove of the same laws is in tests/oracle.
#include "mixed_plan.hpp"

#include <map>

using namespace fleetcast::testing::rules;

namespace {

const std::vector<std::string> additive = {"acquired",
                                           "owned",
                                           "in_service",
                                           "warehoused",
                                           "available",
                                           "waiting_power",
                                           "waiting_install",
                                           "delivered",
                                           "installed",
                                           "retired",
                                           "lost",
                                           "failures",
                                           "h100e",
                                           "fleet_h100e",
                                           "available_h100e",
                                           "nameplate_mw",
                                           "it_mw",
                                           "facility_mw",
                                           "power_short_mw",
                                           "energy_mwh",
                                           "emissions_t",
                                           "capex_usd",
                                           "opex_usd",
                                           "cost_usd",
                                           "energy_usd",
                                           "maintenance_usd",
                                           "colocation_usd",
                                           "lease_usd",
                                           "nre_usd",
                                           "other_usd",
                                           "resale_usd",
                                           "cum_cost_usd"};

const std::map<std::string, std::vector<std::string>> groups = {
    {"source", {"base", "new", "big", "chip", "rented", "unknown", "-"}},
    {"site", {"m", "n", "-"}},
    {"accelerator", {"nvidia-h100-sxm", "amd-mi300x", "-"}}};

} // namespace

TEST_CASE("[C1] units are conserved in every source and period") {
    const auto f = forecast(mixed_plan());
    const std::map<std::string, double> opening = {
        {"base", 150}, {"new", 0}, {"big", 0}, {"chip", 0}, {"unknown", 0}};
    for (const auto& [name, at_start] : opening) {
        double delivered = 0, gone = 0;
        for (std::size_t period = 0; period < f.periods(); ++period) {
            INFO(name << " in period " << period);
            delivered += f.of("source", name, "delivered", period);
            gone += f.of("source", name, "retired", period) + f.of("source", name, "lost", period);
            CHECK(at_start + delivered == near(f.of("source", name, "warehoused", period) +
                                               f.of("source", name, "in_service", period) + gone));
            CHECK(f.of("source", name, "acquired", period) == near(at_start + delivered));
        }
    }
}

TEST_CASE("[C1] the groups of every additive metric sum to the total") {
    const auto f = forecast(mixed_plan());
    for (const auto& [by, members] : groups)
        for (const auto& metric : additive)
            for (std::size_t period = 0; period < f.periods(); ++period) {
                INFO(metric << " by " << by << " in period " << period);
                double sum = 0;
                for (const auto& member : members)
                    sum += f.of(by, member, metric, period);
                CHECK(sum == near(f.total(metric, period)));
            }
}

TEST_CASE("[C1] the scenario of these laws waits, retires, loses and refreshes") {
    const auto f = forecast(mixed_plan());
    double retired = 0, lost = 0, short_of_power = 0, slow = 0;
    for (std::size_t period = 0; period < f.periods(); ++period) {
        retired += f.total("retired", period);
        lost += f.total("lost", period);
        short_of_power += f.total("waiting_power", period);
        slow += f.total("waiting_install", period);
    }
    CHECK(retired > 0);
    CHECK(lost > 0);
    CHECK(short_of_power > 0);
    CHECK(slow > 0);
    CHECK(f.of("source", "base", "retired", 3) > 0); // April: no life ends, the refresh begins
    CHECK(f.outcome("pending.chip") == near(120));
}

TEST_CASE("[C1] what is delivered and pending is all that was ordered") {
    const auto f = forecast(mixed_plan());
    double delivered = 0;
    for (std::size_t period = 0; period < f.periods(); ++period)
        delivered += f.of("source", "chip", "delivered", period);
    CHECK(delivered + f.outcome("pending.chip") == near(60 + 120));
}
