// How payments, depreciation and discounting become numbers of a plan.
#include "compile/compiled.hpp"
#include "validate/plans.hpp"

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

using Parts = std::vector<PlanPayment>;

} // namespace

TEST_CASE("payments of a source are those of its price, in their order [M8]") {
    CHECK(
        compiled(
            purchase_with(
                R"("payment":[{"share":0.25,"months_before_delivery":6},{"share":0.5},{"share":0.25,"months_before_delivery":-2}])"))
            .sources[0]
            .payment == Parts{{0.25, 6}, {0.5, 0}, {0.25, -2}});
    CHECK(compiled(in_house_with(R"("payment":[{"share":1,"months_before_delivery":3}])"))
              .sources[0]
              .payment == Parts{{1, 3}});
}

TEST_CASE("what is all due on delivery is no schedule [M8]") {
    for (const char* payment :
         {R"("x-none":0)", R"("payment":[{"share":1}])",
          R"("payment":[{"share":0.5},{"share":0.5,"months_before_delivery":-0}])",
          R"("payment":[{"share":1},{"share":0,"months_before_delivery":6}])"})
        CHECK(compiled(purchase_with(payment)).sources[0].payment.empty());
    // A part of nothing is no part.
    CHECK(
        compiled(
            purchase_with(
                R"("payment":[{"share":0,"months_before_delivery":9},{"share":1,"months_before_delivery":6}])"))
            .sources[0]
            .payment == Parts{{1, 6}});
}

TEST_CASE("shares that miss 1 by a rounding are made to sum to it, so that no money is lost [C1]") {
    const Plan plan = compiled(purchase_with(
        R"("payment":[{"share":0.3333333333,"months_before_delivery":2},{"share":0.3333333333,"months_before_delivery":1},{"share":0.3333333333}])"));
    double sum = 0;
    for (const PlanPayment& part : plan.sources[0].payment)
        sum += part.share;
    CHECK(sum == Approx(1).epsilon(1e-15));
}

TEST_CASE("an increment's own payment takes the place of its site's [M8]") {
    const Plan plan = compiled(site_with(
        R"("payment":[{"share":1,"months_before_delivery":12}],"power":{
             "one":{"from":"2024-02","critical_mw":1},
             "two":{"from":"2024-02","critical_mw":1,"payment":[{"share":0.5},{"share":0.5,"months_before_delivery":3}]},
             "three":{"from":"2024-02","critical_mw":1,"payment":[{"share":1}]}})"));
    const auto& increments = plan.sites[0].increments;
    CHECK(increments[0].payment == Parts{{1, 12}});
    CHECK(increments[1].payment == Parts{{0.5, 0}, {0.5, 3}});
    CHECK(increments[2].payment.empty());
    CHECK(compiled(site_with(R"("power":{"one":{"from":"2024-02","critical_mw":1}})"))
              .sites[0]
              .increments[0]
              .payment.empty());
}

TEST_CASE("a source depreciates over its own months, else over those of finance [M9]") {
    const std::string sources =
        R"("own":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{},"depreciation_months":36},
        "other":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{}})";
    const Plan silent = compiled(scenario_with(sources));
    CHECK(silent.sources[0].depreciation == 36);
    CHECK(silent.sources[1].depreciation == 60);
    CHECK(silent.site_depreciation == 240);
    CHECK(silent.discount == 0);
    const Plan given = compiled(scenario_with(
        sources,
        R"("finance":{"depreciation_months":72,"site_depreciation_months":180,"discount_rate_share":0.08})"));
    CHECK(given.sources[0].depreciation == 36);
    CHECK(given.sources[1].depreciation == 72);
    CHECK(given.site_depreciation == 180);
    CHECK(given.discount == 0.08);
}
