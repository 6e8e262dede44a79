// Hand-computed cases of rules [M4] and [M5]: power, energy, emissions, embodied carbon.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// Nameplate kW of a unit of an accelerator with these catalogue figures.
double kilowatts(const std::string& figures, const std::string& field = "") {
    const auto f =
        forecast(plan("2024-01", "2024-01",
                      R"("a": {"kind": "installed", "accelerator": "mine", "h100e": 1, )" + field +
                          R"("vintages": {"2023-01": 1000}})",
                      R"("accelerators": {"mine": {)" + figures + "}}"));
    return f.total("nameplate_mw", 0); // of 1,000 units
}

std::string thousand(const std::string& name, const std::string& more = "") {
    return installed(name, R"("vintages": {"2023-01": 1000})" + more);
}

/// A source of an accelerator with 1,200 kg of embodied carbon.
std::string known(const std::string& more) {
    return R"("known": {"kind": "installed", "accelerator": "mine", "h100e": 1, "kw_per_unit": 1,
                        "vintages": {"2023-06": 100})" +
           more + "}";
}

const std::string mine = R"("accelerators": {"mine": {"embodied_kg": 1200}})";

} // namespace

TEST_CASE("[M4] the kW of a unit: its own, the catalogue's, its share of a server, or by TDP") {
    const std::string tdp = R"("tdp_w": 500)";
    const std::string server = tdp + R"(, "server_max_power_w": 8000,
                                        "accelerators_per_server": 4)";
    const std::string all = server + R"(, "kw_per_unit": 2)";
    CHECK(kilowatts(all, R"("kw_per_unit": 3, )") == near(3));
    CHECK(kilowatts(all) == near(2));
    CHECK(kilowatts(server) == near(8000.0 / 4 / 1000 * 1.1));
    CHECK(kilowatts(tdp) == near(500.0 / 1000 * 1.8 * 1.1));
    CHECK_THROWS(kilowatts(R"("memory_gb": 80)"));
    CHECK(kilowatts(R"("memory_gb": 80)", R"("kw_per_unit": 3, )") == near(3));
}

TEST_CASE("[M4] IT power is nameplate by load share, facility power that by PUE") {
    const auto f = forecast(plan("2024-01", "2024-01", thousand("a"))); // both by default
    CHECK(f.total("nameplate_mw", 0) == near(1));
    CHECK(f.total("it_mw", 0) == near(0.75));
    CHECK(f.total("facility_mw", 0) == near(0.75 * 1.2));
}

TEST_CASE("[M4] a site uses its own PUE and load share") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             thousand("a", R"(, "sites": ["m"])") + ", " + thousand("b", R"(, "sites": ["n"])"),
             sites(R"("m": {"pue": 1.5, "load_share": 0.5},
                                          "n": {"pue": 1.1, "load_share": 1})")));
    CHECK(f.of("site", "m", "it_mw", 0) == near(0.5));
    CHECK(f.of("source", "b", "facility_mw", 0) == near(1.1));
    CHECK(f.total("facility_mw", 0) == near(0.5 * 1.5 + 1.1));
}

TEST_CASE("[M4] leases and the warehouse draw no power") {
    const auto f = forecast(plan("2024-01", "2024-01",
                                 purchase("a", within("2024-01", "100")) + ", " +
                                     lease("b", R"("units": 50, "from": "2024-01",
                                           "to": "2024-12", "rate_usd_per_hour": 1)"),
                                 sites(site("m", "0.03"))));
    CHECK(f.total("nameplate_mw", 0) == near(0.03));
    CHECK(f.of("source", "b", "facility_mw", 0) == near(0));
}

TEST_CASE("[M4] power is what is in effect, contracted power goes by date without delay") {
    const auto f = forecast(
        plan("2024-01", "2024-04", thousand("a"), sites(R"("m": {"delay_months": 1, "power": {
                                           "p": {"from": "2024-01", "critical_mw": 2},
                                           "q": {"from": "2024-02", "critical_mw": 3,
                                                 "delay_months": 1}}})")));
    CHECK(row(f, "site", "m", "contracted_mw") == Row{{2, 5, 5, 5}});
    CHECK(row(f, "site", "m", "power_mw") == Row{{2, 2, 2, 5}});
}

TEST_CASE("[M4] headroom is what the units in service leave of power less the reserve") {
    // 200 kW x 0.75, less 60 x 2 kW x 0.75.
    const auto f = forecast(plan("2024-01", "2024-01", big_purchase("a", within("2024-01", "60")),
                                 sites(site("m", "0.2", R"("reserve_share": 0.25,
                                                           "provisioning_share": 0.75)"))));
    CHECK(f.of("site", "m", "headroom_mw", 0) == near(0.15 - 0.09));
    CHECK(f.of("site", "m", "power_mw", 0) == near(0.2));
}

TEST_CASE("[M4] a site without limit has no power figures, and the total is over the others") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             thousand("a", R"(, "sites": ["free"])") + ", " + thousand("b", R"(, "sites": ["m"])"),
             sites(site("m", "3") + ", " + site("n", "4") + R"(, "free": {})")));
    for (const char* metric : {"power_mw", "contracted_mw", "headroom_mw"})
        CHECK(f.empty("site", "free", metric, 0));
    CHECK(f.total("power_mw", 0) == near(3 + 4));
    CHECK(f.total("contracted_mw", 0) == near(3 + 4));
    CHECK(f.total("headroom_mw", 0) == near(3 - 1 + 4));
}

TEST_CASE("[M5] energy is the mean of begin and end, by load share, PUE and hours") {
    // January: from 0 to 1,000 units. February: 1,000.
    const auto f = forecast(plan("2024-01", "2024-02", purchase("a", within("2024-01", "1000")),
                                 sites(R"("m": {"pue": 1.5, "load_share": 0.8,
                                                "carbon_kg_per_mwh": {"points": {
                                                    "2024-01": 300, "2024-02": 500}}})")));
    const double january = 0.5 * 0.8 * 1.5 * 744, february = 1 * 0.8 * 1.5 * 696;
    CHECK(row(f, "energy_mwh") == Row{{january, february}});
    CHECK(row(f, "emissions_t") == Row{{january * 0.3, february * 0.5}});
}

TEST_CASE("[M5] what retires leaves before begin, what attrition takes counts half") {
    const auto retired =
        forecast(plan("2024-01", "2024-02", installed("a", R"("vintages": {"2023-02": 1000,
                                                 "2023-06": 1000}, "service_life_months": 12)"),
                      sites(R"("m": {"pue": 1, "load_share": 1})")));
    CHECK(row(retired, "energy_mwh") == Row{{2 * 744, 1 * 696}});
    const auto lost =
        forecast(plan("2024-01", "2024-01", thousand("a", R"(, "annual_attrition_share": 0.75)"),
                      sites(R"("m": {"pue": 1, "load_share": 1})")));
    CHECK(lost.total("energy_mwh", 0) == near((1 + std::pow(0.25, 1.0 / 12)) / 2 * 744));
}

TEST_CASE("[M5] without a word on it a site emits 400 kg a MWh, and a lease draws nothing") {
    const auto f = forecast(plan(
        "2024-01", "2024-01", thousand("a") + ", " + lease("b", R"("units": 50, "from": "2024-01",
                                           "to": "2024-12", "rate_usd_per_hour": 1)")));
    CHECK(f.total("emissions_t", 0) == near(0.75 * 1.2 * 744 * 0.4));
    CHECK(f.of("source", "b", "energy_mwh", 0) == near(0));
}

TEST_CASE("[M5] embodied carbon is spread over the service life, or over 60 months") {
    const double total = 100 * 1200.0 / 1000; // t
    CHECK(row(forecast(plan("2024-01", "2024-02", known(""), mine)), "embodied_t") ==
          Row{{total / 60, total / 60}});
    CHECK(row(forecast(plan("2024-01", "2024-02", known(R"(, "service_life_months": 24)"), mine)),
              "embodied_t") == Row{{total / 24, total / 24}});
    const auto weeks =
        forecast(plan("2024-01-01", "2024-01-14", known(""), mine + R"(, "step": "week")"));
    CHECK(weeks.total("embodied_t", 1) == near(total / 60 * 7 / 31));
}

TEST_CASE("[M5] embodied carbon is empty where the figure is not known for all") {
    const auto f = forecast(plan("2024-01", "2024-01", known("") + ", " + thousand("b"), mine));
    CHECK(f.of("source", "known", "embodied_t", 0) == near(100 * 1200.0 / 1000 / 60));
    CHECK(f.empty("source", "b", "embodied_t", 0));
    CHECK_THROWS(f.total("embodied_t", 0));
}
