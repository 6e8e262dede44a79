#include <fleetcast/base/suggest.hpp>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

const std::vector<std::string> fields = {"kind",
                                         "accelerator",
                                         "units",
                                         "price_usd",
                                         "order_usd",
                                         "critical_mw",
                                         "lead_time_months",
                                         "delay_months",
                                         "deliveries",
                                         "orders",
                                         "from",
                                         "to",
                                         "by",
                                         "curve",
                                         "site",
                                         "rate_usd_per_hour",
                                         "spares_share",
                                         "memory_gb",
                                         "memory_bandwidth_gb_s",
                                         "kw_per_unit",
                                         "electricity_usd_per_mwh",
                                         "carbon_kg_per_mwh",
                                         "pue",
                                         "load_share"};

std::string nearest(std::string_view name) { return nearest_name(name, fields); }

} // namespace

TEST_CASE("a typing mistake is one edit away: a letter too many, too few, wrong, swapped") {
    CHECK(nearest("unitss") == "units");
    CHECK(nearest("unts") == "units");
    CHECK(nearest("unots") == "units");
    CHECK(nearest("untis") == "units");
    CHECK(nearest("acelerater") == "accelerator");
    CHECK(nearest("form") == "from");
}

TEST_CASE("a swap of neighbours is nearer than two other edits") {
    CHECK(nearest_name("ba", std::vector<std::string>{"cd", "ab"}).empty()); // 1 edit of 2 letters
    CHECK(nearest_name("bacd", std::vector<std::string>{"bxyd", "abcd"}) == "abcd");
    CHECK(nearest_name("abcd", std::vector<std::string>{"badc"}).empty()); // two swaps, limit 1
    CHECK(nearest_name("abcdef", std::vector<std::string>{"badcef"}) == "badcef");
}

TEST_CASE("case and hyphens do not count") {
    CHECK(nearest("UNITS") == "units");
    CHECK(nearest("Critical-MW") == "critical_mw");
}

TEST_CASE("fault 34: a field with another unit, or without one, is recognised by its stem") {
    CHECK(nearest("critical_kw") == "critical_mw");
    CHECK(nearest("critical_power_mw") == "critical_mw");
    CHECK(nearest("price") == "price_usd");
    CHECK(nearest("price_eur") == "price_usd");
    CHECK(nearest("lead_time") == "lead_time_months");
    CHECK(nearest("lead_time_days") == "lead_time_months");
    CHECK(nearest("electricity") == "electricity_usd_per_mwh");
    CHECK(nearest("electricty_usd") == "electricity_usd_per_mwh");
    CHECK(nearest("spares_percent") == "spares_share");
    CHECK(nearest("memory") == "memory_gb");
    CHECK(nearest("memory_bandwidth") == "memory_bandwidth_gb_s");
    CHECK(nearest("kw") == "kw_per_unit");
    CHECK(nearest("units_h100") == "units");
}

TEST_CASE("nothing is suggested for a name that is far from all") {
    for (const char* name : {"", "x", "foo", "quantity", "zzzzzzzzzzzz", "usd", "months", "_",
                             "completely_unrelated_words", "banana_mw", "share"})
        CHECK(nearest(name).empty());
    CHECK(nearest(std::string(100000, 'a')).empty());
    CHECK(nearest_name("units", {}).empty());
}

TEST_CASE("the exact name is nearest, and of equals the first") {
    for (const std::string& field : fields)
        CHECK(nearest(field) == field);
    CHECK(nearest_name("site_c", std::vector<std::string>{"site_a", "site_b"}) == "site_a");
}

TEST_CASE("a suggestion is a question that quotes the name") {
    CHECK(did_you_mean("critical_kw", fields) == "did you mean \"critical_mw\"?");
    CHECK(did_you_mean("foo", fields).empty());
}
