// The keys that every object may have: what they may hold, wherever they stand.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <string>

using namespace fleetcast::testing;

TEST_CASE("a title, citation or $schema is a text wherever it stands, a comment may be anything") {
    const std::string place = R"({"uniform":[1,2],@})";
    for (const char* key : {"title", "citation", "$schema"}) {
        const auto wrong = [&](const std::string& path) {
            return path + (path.empty() ? "" : ".") + key + ": must be a string, got the number 5";
        };
        const std::string member = std::string("\"") + key + "\":5";
        CAPTURE(key);
        CHECK(errors(purchase_with("", member)) == wrong(""));
        CHECK(errors(purchase_with(member)) == wrong("sources.s"));
        CHECK(errors(purchase_with("\"delay_months\":" + filled(place, member))) ==
              wrong("sources.s.delay_months"));
        CHECK(errors(purchase_with(R"("delay_months":{"lognormal":{"median":1,"sigma":1,)" +
                                   member + "}}")) == wrong("sources.s.delay_months.lognormal"));
        CHECK(errors(purchase_with(R"("price_usd":{"points":{"2024-01":1,)" + member + "}}")) ==
              wrong("sources.s.price_usd.points"));
        CHECK(errors(purchase_with(R"("price_usd":{"start":1,"growth_per_year":0,)" + member +
                                   "}")) == wrong("sources.s.price_usd"));
        CHECK(errors(deliveries_with(R"("schedule":{},)" + member)) ==
              wrong("sources.s.deliveries"));
        CHECK(errors(deliveries_with(R"("schedule":{)" + member + "}")) ==
              wrong("sources.s.deliveries.schedule"));
        CHECK(errors(installed_with(R"("vintages":{)" + member + "}")) ==
              wrong("sources.s.vintages"));
        CHECK(errors(purchase_with("", R"("inputs":{)" + member + "}")) == wrong("inputs"));
        CHECK(errors(purchase_with("", R"("finance":{)" + member + "}")) == wrong("finance"));
        CHECK(errors(purchase_with(R"("payment":[{"share":1,)" + member + "}]")) ==
              wrong("sources.s.payment.0"));
        CHECK(errors(reserved_with(R"("h100e":1,)" + member)) == wrong("workloads.w"));
    }
    CHECK(errors(purchase_with(R"("$comment":[1,{"title":5}],"x-a":{"title":5})")) == "");
}
