// Payments, accrual and unit costs of the oracle: cases computed by hand [M8, M9, M10], and the
// laws of [C1] on its figures of random scenarios.
#include "oracle/figure_of.hpp"
#include "support/catch.hpp"

#include "oracle/oracle.hpp"
#include "oracle/random_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

using namespace fleetcast::oracle;

namespace {

Figures run_text(const std::string& text, const std::string& every = "period") {
    static const Json catalog = Json::parse(R"({"version":"test","accelerators":{}})");
    return run(Json::parse(text), catalog, every);
}

Approx near(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

/// The figures of a metric in the total.
std::vector<double> row(const Figures& figures, const std::string& metric) {
    std::vector<double> values;
    for (const auto& value : figures.series.at(metric).at({"total", "total"}))
        values.push_back(value.value());
    return values;
}

double sum(const Figures& figures, const std::string& metric) {
    double sum = 0;
    for (const double value : row(figures, metric))
        sum += value;
    return sum;
}

/// 100 units of 10 USD arrive at once, paid in five parts.
Figures bought(const std::string& arrives, const std::string& more = "",
               const std::string& end = "2024-06") {
    return run_text(R"({"start":"2024-01","end":")" + end + R"(",
        "sources":{"p":{"kind":"purchase","h100e":1,"kw_per_unit":1,"price_usd":10,)" +
                    more + R"("orders":{"o":{"arrives":")" + arrives +
                    R"(","over_months":0,"units":100}},
            "payment":[{"share":0.3,"months_before_delivery":6},
                       {"share":0.2,"months_before_delivery":1},
                       {"share":0.1,"months_before_delivery":0},
                       {"share":0.25,"months_before_delivery":-2},
                       {"share":0.15,"months_before_delivery":-4}]}},
        "sites":{"s":{"load_share":0}}})");
}

bool same(const std::vector<double>& values, const std::vector<double>& expected) {
    CAPTURE(values);
    CAPTURE(expected);
    bool same = values.size() == expected.size();
    for (std::size_t i = 0; same && i < values.size(); ++i)
        same = std::fabs(values[i] - expected[i]) < 1e-9;
    CHECK(same);
    return same;
}

} // namespace

TEST_CASE("oracle: parts of a price are paid before, on and after delivery [M8]") {
    const Figures figures = bought("2024-03");
    same(row(figures, "capex_usd"), {0, 0, 1000, 0, 0, 0});
    same(row(figures, "cash_usd"), {0, 200, 100, 0, 250, 0});
    CHECK(figures.money.at("paid_before_start_usd") == near(300));
    CHECK(figures.money.at("due_after_end_usd") == near(150)); // at 2 + 4, which is the end
    CHECK(figures.money.at("prepaid_usd") == near(0));
    CHECK(figure(figures, "cash_usd", 4, "source", "p") == near(250));
    CHECK(figure(figures, "cash_usd", 4, "site", "-") == near(250));
    CHECK(figure(figures, "cash_usd", 4, "accelerator", "-") == near(250));
}

TEST_CASE("oracle: a slip postpones the balance of a delivery, not its deposit [M8]") {
    const Figures late = bought("2024-03", R"("delay_months":2,)");
    same(row(late, "capex_usd"), {0, 0, 0, 0, 1000, 0});
    same(row(late, "cash_usd"), {0, 200, 0, 0, 100, 0});
    CHECK(late.money.at("paid_before_start_usd") == near(300));
    CHECK(late.money.at("due_after_end_usd") == near(400));
    // Early by one month: all is due a month earlier.
    const Figures early = bought("2024-03", R"("delay_months":-1,)");
    same(row(early, "cash_usd"), {200, 100, 0, 250, 0, 150});
    CHECK(early.money.at("paid_before_start_usd") == near(300));
    CHECK(early.money.at("due_after_end_usd") == near(0));
}

TEST_CASE("oracle: what comes after the end is paid for within the horizon only, as prepaid [M8]") {
    const Figures figures = bought("2024-07");
    same(row(figures, "capex_usd"), {0, 0, 0, 0, 0, 0});
    same(row(figures, "cash_usd"), {300, 0, 0, 0, 0, 200});
    CHECK(figures.money.at("prepaid_usd") == near(500));
    CHECK(figures.money.at("paid_before_start_usd") == near(0));
    CHECK(figures.money.at("due_after_end_usd") == near(0));
    // The rest of June is a period of its own, from 5.5 on: a month before is in May, the balance
    // is not the horizon's.
    const Figures cut = bought("2024-06-20", "", "2024-06-15");
    same(row(cut, "cash_usd"), {0, 0, 0, 0, 200, 0});
    CHECK(cut.money.at("prepaid_usd") == near(200)); // the first part was due before the start
    // A source is followed for 60 months after the end: the slip begins the part in June.
    const std::string slip = R"("delay_months":)";
    CHECK(bought("2024-07", slip + "59,").money.at("prepaid_usd") == near(500));
    CHECK(bought("2024-07", slip + "60,").money.at("prepaid_usd") == near(0));
}

TEST_CASE("oracle: weeks go on after the end, and begin again where the last was cut [M8]") {
    // Two weeks and three days; the rest of the third is 4 days, then weeks from 2024-01-22.
    const Figures figures = run_text(R"({"start":"2024-01-01","end":"2024-01-17","step":"week",
        "sources":{"p":{"kind":"purchase","h100e":1,"kw_per_unit":1,"price_usd":10,
            "orders":{"a":{"arrives":"2024-01-21","over_months":0,"units":1},
                      "b":{"arrives":"2024-01-22","over_months":0,"units":100}},
            "payment":[{"share":1,"months_before_delivery":0.25}]}}})");
    // Due a quarter of a month, 7.75 days, before the 18th and the 22nd: on the 10th and the 14th.
    same(row(figures, "cash_usd"), {0, 1010, 0});
    CHECK(figures.money.at("prepaid_usd") == near(1010));
}

TEST_CASE("oracle: sites are paid and depreciated by their own terms [M8, M9]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-06",
        "finance":{"site_depreciation_months":10},
        "sites":{"s":{"delay_months":2,"build_usd_per_mw":50,"load_share":0,
            "payment":[{"share":0.4,"months_before_delivery":1},
                       {"share":0.6,"months_before_delivery":-1}],
            "power":{"old":{"from":"2024-01","critical_mw":8},
                     "a":{"from":"2024-03","critical_mw":1},
                     "b":{"from":"2024-02","critical_mw":2,
                          "payment":[{"share":1,"months_before_delivery":3}]},
                     "c":{"from":"2024-06","critical_mw":4}}}},
        "sources":{"i":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2023-01":1}}}})");
    // a: 50 USD in May (20 in February, 30 in June). b: 100 in April, all before the start. c: 200
    // in August (80 in May, a month before its date).
    same(row(figures, "capex_usd"), {0, 0, 0, 100, 50, 0});
    same(row(figures, "cash_usd"), {0, 20, 0, 0, 80, 30});
    CHECK(figures.money.at("paid_before_start_usd") == near(100));
    CHECK(figures.money.at("due_after_end_usd") == near(0));
    CHECK(figures.money.at("prepaid_usd") == near(80));
    same(row(figures, "depreciation_usd"), {0, 0, 0, 10, 15, 15});
    same(row(figures, "book_value_usd"), {0, 0, 0, 90, 125, 110});
    CHECK(figure(figures, "book_value_usd", 5, "site", "s") == near(110));
    CHECK(figure(figures, "depreciation_usd", 5, "source", "-") == near(15));
    CHECK(figure(figures, "cash_usd", 5, "accelerator", "-") == near(30));
}

TEST_CASE("oracle: a vintage is charged until its window ends, whichever life it has [M9]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-08",
        "finance":{"depreciation_months":12.5},"sites":{"s":{"load_share":0}},
        "sources":{"i":{"kind":"installed","h100e":1,"kw_per_unit":1,"price_usd":10,
                        "vintages":{"2022-12":100,"2023-07":100}},
                   "j":{"kind":"installed","h100e":1,"kw_per_unit":1,"price_usd":24,
                        "depreciation_months":24,"vintages":{"2023-01":1}}}})");
    // The first vintage is charged before the start; the second has 6.5 months to go.
    CHECK(figures.opening_book_usd == near(1000 * 6.5 / 12.5 + 12));
    CHECK(figure(figures, "depreciation_usd", 0, "source", "i") == near(80));
    CHECK(figure(figures, "depreciation_usd", 6, "source", "i") == near(40));
    CHECK(figure(figures, "depreciation_usd", 7, "source", "i") == near(0));
    CHECK(figure(figures, "book_value_usd", 5, "source", "i") == near(40));
    CHECK(figure(figures, "book_value_usd", 6, "source", "i") == near(0));
    CHECK(figure(figures, "depreciation_usd", 7, "source", "j") == near(1));
    CHECK(figure(figures, "book_value_usd", 7, "site", "s") == near(4));
    CHECK(figures.edges.at("charged window ends inside a period") == 1);
    CHECK(figures.edges.at("opening vintage charged") == 1);
}

TEST_CASE("oracle: what is lost or retired is written off at its book value [M9]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-03",
        "finance":{"depreciation_months":24},"sites":{"s":{"load_share":0}},
        "sources":{"lost":{"kind":"installed","h100e":1,"kw_per_unit":1,"price_usd":24,
                           "annual_attrition_share":0.19,"vintages":{"2023-01":1000}},
                   "old":{"kind":"installed","h100e":1,"kw_per_unit":1,"price_usd":24,
                          "service_life_months":19,"resale_share":0.1,
                          "vintages":{"2022-07":1000}}}})");
    const double stay = std::pow(0.81, 1.0 / 12);
    CHECK(figure(figures, "writeoff_usd", 0, "source", "lost") == near(12000 * (1 - stay)));
    CHECK(figure(figures, "depreciation_usd", 0, "source", "lost") == near(1000 * stay));
    CHECK(figure(figures, "book_value_usd", 0, "source", "lost") == near(11000 * stay));
    CHECK(figure(figures, "writeoff_usd", 1, "source", "lost") == near(11000 * stay * (1 - stay)));
    // Old ones go in February, 19 months old, with 5 of 24 months uncharged.
    CHECK(figure(figures, "depreciation_usd", 0, "source", "old") == near(1000));
    CHECK(figure(figures, "writeoff_usd", 1, "source", "old") == near(5000));
    CHECK(figure(figures, "depreciation_usd", 1, "source", "old") == near(0));
    CHECK(figure(figures, "book_value_usd", 1, "source", "old") == near(0));
    CHECK(figure(figures, "resale_usd", 1) == near(2400));
    CHECK(figure(figures, "cash_usd", 1) == near(-2400));
}

TEST_CASE("oracle: a refresh writes off the share it takes, new units in full [P5, M9]") {
    // 100 units of 1 kW fill the site; 25 of 2 kW come in February and replace half of them. In
    // March 10 of 4 kW replace 20 of those that `mid` installed in the same period and before.
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-03",
        "finance":{"depreciation_months":24},
        "sites":{"s":{"load_share":0,"power":{"a":{"from":"2023-01","critical_mw":0.1}}}},
        "sources":{"old":{"kind":"installed","h100e":1,"kw_per_unit":1,"price_usd":24,
                          "vintages":{"2023-01":100}},
                   "mid":{"kind":"purchase","h100e":1,"kw_per_unit":2,"price_usd":48,
                          "replaces":{"source":"old"},
                          "deliveries":{"schedule":{"2024-02":25,"2024-03":5}}},
                   "new":{"kind":"purchase","h100e":1,"kw_per_unit":4,"price_usd":0,
                          "replaces":{"source":"mid"},
                          "deliveries":{"schedule":{"2024-03":10}}}}})");
    CHECK(figure(figures, "writeoff_usd", 1, "source", "old") == near(50 * 11));
    CHECK(figure(figures, "writeoff_usd", 2, "source", "old") == near(10 * 10));
    // 20 of 30: two thirds of 25 at 23/24 of 48 USD, of 5 at 48.
    CHECK(figure(figures, "writeoff_usd", 2, "source", "mid") ==
          near(2.0 / 3 * (25 * 46 + 5 * 48)));
    CHECK(figure(figures, "depreciation_usd", 2, "source", "mid") == near(10 * 2));
    CHECK(figures.edges.at("write-off in the period of installation") == 1);
}

TEST_CASE("oracle: the capital charge is on the book value before the period [M9]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-03",
        "finance":{"discount_rate_share":0.21,"depreciation_months":10},
        "sites":{"s":{"load_share":0,"power":{"a":{"from":"2024-03","critical_mw":1,
                                                   "build_usd_per_mw":7}}}},
        "sources":{"p":{"kind":"purchase","h100e":1,"kw_per_unit":1,"price_usd":10,
                        "orders":{"o":{"arrives":"2024-01-20","over_months":0,"units":100}}}}})");
    const double rate = std::pow(1.21, 1.0 / 12) - 1;
    // All February in the warehouse; installed in March, when the site is built.
    same(row(figures, "book_value_usd"), {1000, 1000, 900 + 7 - 7.0 / 240});
    same(row(figures, "capital_charge_usd"), {0, 1000 * rate, 1000 * rate});
    CHECK(figure(figures, "capital_charge_usd", 2, "site", "-") == near(1000 * rate));
    CHECK(figure(figures, "capital_charge_usd", 2, "source", "p") == near(1000 * rate));
}

TEST_CASE("oracle: cash is discounted from the end of its period [M8]") {
    const std::string text = R"({"start":"2024-01","end":"2024-12","finance":{RATE},
        "sources":{"l":{"kind":"lease","h100e":1,"units":0,"from":"2024-01","to":"2024-12",
                        "rate_usd_per_hour":1}},
        "costs":{"a":{"usd":110,"at":"2024-06"},"b":{"usd":121,"at":"2024-12"}}})";
    const auto with = [&](const std::string& rate) {
        return row(run_text(std::string(text).replace(text.find("RATE"), 4, rate)), "npv_cost_usd");
    };
    same(with(R"("discount_rate_share":0.21)"), {0, 0, 0, 0, 0, 100, 100, 100, 100, 100, 100, 200});
    CHECK(with("").back() == near(231));
    const Figures paid = bought("2024-03");
    CHECK(figure(paid, "npv_cost_usd", 5) == near(550)); // 300 before the start apart
}

TEST_CASE("oracle: unit costs divide by the hours of accepted units [M10]") {
    const std::string text = R"({"start":"2024-01","end":"2024-02",
        "finance":{"discount_rate_share":0.21,"depreciation_months":50},
        "sites":{"s":{"load_share":0}},
        "sources":{"i":{"kind":"installed","h100e":2,"kw_per_unit":1,"price_usd":7440,
                        "spares_share":0.2,"vintages":{"2023-11":10}},
                   "p":{"kind":"purchase","h100e":1,"kw_per_unit":1,"acceptance_months":1,
                        "orders":{"o":{"arrives":"2024-01","over_months":0,"units":4}}},
                   "q":{"kind":"purchase","h100e":1,"kw_per_unit":1,"price_usd":744,
                        "orders":{"o":{"arrives":"2024-01","over_months":0,"units":4}}},
                   "l":{"kind":"lease","h100e":4,"units":5,"from":"2024-01-17","to":"2024-12",
                        "rate_usd_per_hour":3}}})";
    const Figures figures = run_text(text);
    const auto tco = [&](const std::string& source, std::size_t period) {
        return figure(figures, "tco_usd_per_gpu_hour", period, "source", source);
    };
    // i: 1,488 USD a month over 10 x 0.8 x 744 hours.
    CHECK(tco("i", 0) == near(0.25));
    CHECK(figure(figures, "tco_usd_per_h100e_hour", 0, "source", "i") == near(0.125));
    const double capital = 74400 * 0.96 * (std::pow(1.21, 1.0 / 12) - 1); // 2 of 50 months gone
    CHECK(figure(figures, "tco_with_capital_usd_per_gpu_hour", 0, "source", "i") ==
          near((1488 + capital) / 5952));
    CHECK(figure(figures, "tco_with_capital_usd_per_h100e_hour", 0, "source", "i") ==
          near((1488 + capital) / 11904));
    // p: not accepted in January, in all of February. q: none at the beginning of January.
    CHECK(empty(figures, "tco_usd_per_gpu_hour", 0, "source", "p"));
    CHECK(figure(figures, "available_hours", 1, "source", "p") == near(4 * 696));
    CHECK(tco("q", 0) == near(4 * 744 / 50.0 / (2 * 744)));
    // A lease costs its rate, and has the hours of its 15 days.
    CHECK(tco("l", 0) == near(3));
    CHECK(figure(figures, "available_hours", 0, "source", "l") == near(5 * 15 * 24));
    const double cost = 1488 + 4 * 744 / 50.0 + 3 * 1800;
    CHECK(figure(figures, "tco_usd_per_gpu_hour", 0) == near(cost / (5952 + 1488 + 1800)));
    CHECK(figure(figures, "tco_usd_per_gpu_hour", 0, "site", "s") ==
          near((1488 + 4 * 744 / 50.0) / (5952 + 1488)));
    CHECK(empty(figures, "tco_usd_per_gpu_hour", 0, "site", "-"));
    // Over two months: the ratio of the sums.
    const Figures quarter = run_text(text, "quarter");
    CHECK(figure(quarter, "tco_usd_per_gpu_hour", 0, "source", "q") ==
          near(2 * 4 * 744 / 50.0 / (2 * 744 + 4 * 696)));
}

TEST_CASE("[C1, M8, M9, G1] the oracle keeps the laws of money on 300 random scenarios") {
    std::ifstream file(FLEETCAST_ROOT "/data/catalog.json");
    const Json catalog = Json::parse(file);
    for (std::uint64_t number = 0; number < 300; ++number) {
        const Json scenario = random_scenario(number);
        const Figures figures = run_trial(scenario, catalog, 3, number);
        INFO("scenario " << number);
        const double capex = sum(figures, "capex_usd");
        const double scale =
            1e-9 * (capex + figures.opening_book_usd + 1 + figures.money.at("prepaid_usd").value());
        const double book = row(figures, "book_value_usd").back();
        CHECK(std::fabs(capex + figures.opening_book_usd - book - sum(figures, "depreciation_usd") -
                        sum(figures, "writeoff_usd")) <= scale);
        const double paid =
            sum(figures, "cash_usd") - sum(figures, "opex_usd") + sum(figures, "resale_usd");
        CHECK(std::fabs(paid + figures.money.at("paid_before_start_usd").value() +
                        figures.money.at("due_after_end_usd").value() - capex -
                        figures.money.at("prepaid_usd").value()) <=
              scale + 1e-9 * std::fabs(sum(figures, "opex_usd")));
        CHECK(std::fabs(sum(figures, "charged_usd") - sum(figures, "depreciation_usd") -
                        sum(figures, "writeoff_usd") - sum(figures, "opex_usd") +
                        sum(figures, "resale_usd")) <=
              scale + 1e-9 * std::fabs(sum(figures, "opex_usd")));
        for (const char* metric : {"cash_usd", "npv_cost_usd", "depreciation_usd", "writeoff_usd",
                                   "book_value_usd", "capital_charge_usd", "available_hours"}) {
            std::map<std::string, double> last; // by kind of group
            double largest = 0;
            for (const auto& [group, series] : figures.series.at(metric)) {
                last[group.first] += series.back().value();
                largest = std::max(largest, std::fabs(series.back().value()));
            }
            INFO(metric);
            CHECK(last.size() == 4);
            for (const auto& [by, value] : last)
                CHECK(std::fabs(value - last.at("total")) <= 1e-9 * largest);
        }
        for (const char* metric : {"demand_h100e", "tco_usd_per_gpu_hour"}) {
            const bool demand = figures.series.at(metric).contains({"team", "-"});
            CHECK(figures.series.at(metric).contains({"source", "-"}) == !demand);
        }
    }
}
