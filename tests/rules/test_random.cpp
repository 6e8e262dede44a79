// Hand-computed cases of rules [R4] and [R5]: the deterministic run.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// A chip of one's own, due in January, with a delay of a month and a respin of two.
fleetcast::testing::Figures with_respin(const std::string& probability) {
    return forecast(plan("2024-01", "2024-04",
                         source("in-house", "chip",
                                within("2024-01", "100") +
                                    R"(, "delay_months": 1,
                                       "nre_usd": 40, "nre_from": "2024-01", "nre_to": "2024-04",
                                       "respin": {"delay_months": 2, "probability_share": )" +
                                    probability + "}")));
}

} // namespace

TEST_CASE("[R4] a deterministic run takes every uncertain input at its median") {
    const auto f = forecast(
        plan("2024-01", "2024-03",
             purchase("a", within("2024-01", R"({"uniform": [100, 200]})") +
                               R"(, "delay_months": {"discrete": [[1, 0.6], [2, 0.4]]})")));
    CHECK(row(f, "delivered") == Row{{0, 150, 0}});
}

TEST_CASE("[R4] it is the run of the median inputs, not the median of the runs") {
    // The median of a product of two uniforms is below the product of their medians, 1 x 2.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 purchase("a", within("2024-01", R"({"ref": "inputs.product"})")),
                                 R"("inputs": {"a": {"uniform": [0, 2]}, "b": {"uniform": [0, 4]},
                      "product": {"formula": "a * b"}})"));
    CHECK(f.total("delivered", 0) == near(1 * 2));
}

TEST_CASE("[R5] a respin more likely than not adds its delay to the source's") {
    const auto f = with_respin("0.6");
    CHECK(row(f, "delivered") == Row{{0, 0, 0, 100}}); // 1 + 2 months
    CHECK(row(f, "nre_usd") == Row{{10, 10, 10, 10}});
}

TEST_CASE("[R5] a respin whose probability is not above one half does not happen") {
    CHECK(row(with_respin("0.5"), "delivered") == Row{{0, 100, 0, 0}}); // u = 0.5 is not below it
    CHECK(row(with_respin("0.4"), "delivered") == Row{{0, 100, 0, 0}});
}
