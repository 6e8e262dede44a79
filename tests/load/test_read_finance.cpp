// How payments, depreciation and finance are read, and where their mistakes stand.
#include "load/read_scenario.hpp"
#include "validate/plans.hpp"

#include <fleetcast/model/lookup.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

TEST_CASE("payments are read in their order, on sources, sites and increments") {
    const Scenario scenario = read_scenario(purchase_with(
        R"("payment":[{"share":0.3,"months_before_delivery":6},{"share":0.7,"months_before_delivery":-1.5}])",
        R"("sites":{"hall":{"payment":[{"share":1,"months_before_delivery":12}],"power":{
             "one":{"from":"2024-02","critical_mw":1,"payment":[{"share":0.25},{"share":0.75,"months_before_delivery":3}]},
             "two":{"from":"2024-02","critical_mw":1}}}})"));
    using Parts = std::vector<Payment>;
    CHECK(procured_of(scenario.sources[0].second)->payment == Parts{{0.3, 6}, {0.7, -1.5}});
    const Site& hall = scenario.sites[0].second;
    CHECK(hall.payment == Parts{{1, 12}});
    CHECK(hall.power->at(0).second.payment == Parts{{0.25, 0}, {0.75, 3}});
    CHECK_FALSE(hall.power->at(1).second.payment);
    CHECK_FALSE(procured_of(read_scenario(purchase_with("")).sources[0].second)->payment);
}

TEST_CASE("depreciation and discounting are read, and have their defaults") {
    const Scenario given = read_scenario(purchase_with(
        R"("depreciation_months":48)",
        R"("finance":{"discount_rate_share":0.08,"depreciation_months":72,"site_depreciation_months":180,"year_starts":"07"})"));
    CHECK(given.finance == Finance{0.08, 72, 180, 7});
    CHECK(hardware_of(given.sources[0].second)->depreciation_months == 48);
    const Scenario silent = read_scenario(purchase_with(""));
    CHECK(silent.finance == Finance{{}, {}, {}, 1});
    CHECK_FALSE(hardware_of(silent.sources[0].second)->depreciation_months);
    CHECK(errors(installed_with(R"("vintages":{"2023-06":1},"depreciation_months":48)")) == "");
}

TEST_CASE("shares of a payment sum to 1 within 1e-9") {
    const auto with = [](const std::string& shares) {
        return errors(purchase_with("\"payment\":[" + shares + "]"));
    };
    const std::string wrong = "sources.s.payment: shares must sum to 1 within 1e-9, got the sum ";
    CHECK(with(R"({"share":0.3},{"share":0.6})") == wrong + "0.8999999999999999");
    CHECK(with(R"({"share":0.75},{"share":0.5})") == wrong + "1.25");
    CHECK(with("") == wrong + "0");
    CHECK(with(R"({"share":0.999999998})") == wrong + "0.999999998");
    CHECK(with(R"({"share":0.5},{"share":0.4999999995})") == "");
    CHECK(with(R"({"share":0.1},{"share":0.2},{"share":0.3},{"share":0.4})") == "");
    // A part that cannot be read is told alone.
    CHECK(with(R"({"share":"half"},{"share":0.2})") ==
          "sources.s.payment.0.share: must be a number, got the string \"half\"");
}

TEST_CASE("a payment is an array of parts, each with a share") {
    const auto with = [](const std::string& payment) {
        return errors(purchase_with("\"payment\":" + payment));
    };
    CHECK(with("1") == "sources.s.payment: must be an array, got the number 1");
    CHECK(with(R"({"share":1})") == "sources.s.payment: must be an array, got an object");
    CHECK(with("[1]") == "sources.s.payment.0: must be an object, got the number 1");
    CHECK(with("[{}]") == "sources.s.payment.0: needs \"share\"");
    CHECK(with(R"([{"share":1,"months_before":6}])") ==
          "sources.s.payment.0.months_before: unknown key");
    CHECK(hint(purchase_with(R"("payment":[{"share":1,"months_before_deliver":6}])")) ==
          "did you mean \"months_before_delivery\"?");
    CHECK(with(R"([{"share":1,"title":"all","x-note":1,"citation":"contract"}])") == "");
}

TEST_CASE("what is neither bought nor built takes no payment, and a lease does not depreciate") {
    CHECK(errors(installed_with(R"("vintages":{},"payment":[{"share":1}])")) ==
          "sources.s.payment: unknown key");
    CHECK(errors(lease_with(R"("units":1,"rate_usd_per_hour":1,"payment":[{"share":1}])")) ==
          "sources.s.payment: unknown key");
    CHECK(errors(lease_with(R"("units":1,"rate_usd_per_hour":1,"depreciation_months":60)")) ==
          "sources.s.depreciation_months: unknown key");
    CHECK(errors(order_with(R"("units":1,"arrives":"2024-02","payment":[{"share":1}])")) ==
          "sources.s.orders.po.payment: unknown key");
}

TEST_CASE("mistakes of payments and finance stand at their place in the file") {
    CHECK(printed_problems(R"({"start":"2024-01","end":"2024-12","sources":{"s":
{"kind":"purchase","accelerator":"nvidia-h100-sxm","deliveries":{"units":1,"from":"2024-01","to":"2024-02"},
  "payment": [{"share": 0.5}, {"shares": 0.5}]}},
"sites":{"hall":{
  "payment": [{"share": 0.5}]}},
"finance":{"discount_rate": 0.1,
  "depreciation_months": 0}}
)") == R"(test.json:3:32: error: sources.s.payment.1.shares: unknown key
    "payment": [{"share": 0.5}, {"shares": 0.5}]}},
                                 ^
  hint: did you mean "share"?
test.json:5:14: error: sites.hall.payment: shares must sum to 1 within 1e-9, got the sum 0.5
    "payment": [{"share": 0.5}]}},
               ^
test.json:6:12: error: finance.discount_rate: unknown key
  "finance":{"discount_rate": 0.1,
             ^
  hint: did you mean "discount_rate_share"?
test.json:7:26: error: finance.depreciation_months: must be above 0, got 0
    "depreciation_months": 0}}
                           ^
)");
}
