// Workloads, teams and money, end to end.
#include "program.hpp"

#include <support/catch.hpp>

#include <map>
#include <vector>

using namespace fleetcast::testing;

namespace {

/// 1,000 units in service all the time, of which ads claim 400, research 300, nobody's team 500.
const std::string teams = R"(cat > teams.json <<'END'
{"start": "2024-01", "end": "2024-03",
 "sources": {"chips": {"kind": "installed", "h100e": 1, "kw_per_unit": 1, "price_usd": 6000,
   "vintages": {"2023-12": 1000}}},
 "workloads": {
   "ads": {"kind": "reserved", "team": "market", "h100e": 400},
   "lab": {"kind": "reserved", "team": "research", "h100e": 300},
   "rest": {"kind": "reserved", "priority": 2, "h100e": 500}}}
END
)";

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& line) {
    Cells cells;
    std::istringstream text(line.substr(0, line.find('\r')));
    for (std::string cell; std::getline(text, cell, ',');)
        cells.push_back(cell);
    if (line.find(",\r") != line.npos)
        cells.emplace_back(); // an empty one at the end
    return cells;
}

/// The lines of a csv, header apart, by "period,group".
std::map<std::string, Cells> rows(const std::string& csv) {
    std::istringstream lines(csv);
    std::map<std::string, Cells> found;
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);) {
        const Cells cells = cells_of(line);
        found[cells.at(1) + "," + cells.at(2)] = Cells(cells.begin() + 3, cells.end());
    }
    return found;
}

double number(const std::string& cell) { return std::stod(cell); }

} // namespace

TEST_CASE("by team the columns are demand, what is served, what is missing and what is charged") {
    const Ended ended = run(teams + "\"$F\" forecast teams.json --format csv --by team");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(ended.out.starts_with("scenario,period,group,demand_h100e,served_h100e,shortfall_h100e,"
                                "charged_usd\r\nteams,2024-01-01,total,1200,"));
    const auto all = rows(ended.out);
    REQUIRE(all.size() == 3 * 4);
    const auto at = [&](const std::string& group, std::size_t column) {
        return number(all.at("2024-02-01," + group).at(column));
    };
    CHECK(at("market", 0) == 400);
    CHECK(at("research", 1) == Approx(300));
    CHECK(at("'-", 1) == Approx(300));
    CHECK(at("'-", 2) == Approx(200));
    for (std::size_t column = 0; column < 4; ++column) {
        CAPTURE(column);
        CHECK(at("market", column) + at("research", column) + at("'-", column) ==
              Approx(at("total", column)));
    }
    CHECK(at("market", 3) == Approx(0.4 * at("total", 3)));
}

TEST_CASE("by workload nobody's row is left out where everything is somebody's [G1]") {
    const auto all = rows(run(teams + "\"$F\" forecast teams.json --format csv --by workload").out);
    CHECK(all.size() == 3 * 4);
    CHECK(all.contains("2024-01-01,rest"));
    CHECK_FALSE(all.contains("2024-01-01,'-"));
}

TEST_CASE("by team metrics of supply have their columns, and empty cells") {
    const std::string out =
        run(teams + "\"$F\" forecast teams.json --format csv --by team --metrics all").out;
    CHECK(holds(out, "scenario,period,group,acquired,owned,"));
    CHECK(holds(out, "teams,2024-01-01,total,1000,1000,"));
    CHECK(holds(out, "teams,2024-01-01,market,,,"));
}

TEST_CASE("with workloads demand and shortfall are reported by default, without they are not") {
    const std::string with = run(teams + "\"$F\" forecast teams.json --format csv").out;
    CHECK(holds(with, ",cum_cost_usd,demand_h100e,shortfall_h100e\r\n"));
    const std::string without = run("\"$F\" forecast plan.json --format csv").out;
    CHECK(holds(without, ",cum_cost_usd\r\n"));
    const std::string both = run(teams + "\"$F\" forecast plan.json teams.json --format csv").out;
    CHECK(holds(both, ",cum_cost_usd,demand_h100e,shortfall_h100e\r\nplan,2024-01-01,total,"));
    CHECK(holds(both, ",0,0\r\nteams,")); // a plan without workloads asks for nothing
}

TEST_CASE("the saved result is by team where there is demand, and names who is short") {
    const std::string read = " --format json | python3 -c \"import json, sys; r = json.load("
                             "sys.stdin); print(sorted({s['by'] for s in r['series']}), "
                             "[(s['by'], s['group'], s['share']) for s in r['shortages']])\"";
    CHECK(run(teams + "\"$F\" forecast teams.json" + read).out ==
          "['site', 'source', 'team', 'total'] [('team', '-', 1), ('workload', 'rest', 1)]\n");
    CHECK(run("\"$F\" forecast plan.json" + read).out == "['site', 'source', 'total'] []\n");
}

TEST_CASE("the terminal tells who goes short") {
    const Ended ended = run(teams + "\"$F\" forecast teams.json --by team --ascii");
    CHECK(ended.code == 0);
    for (const char* part :
         {"team market", "team research", "what belongs to no team", "Who goes short",
          "no team        short, most in 2024-0", ": 200 H100e missing"})
        CHECK(holds(ended.out, part));
}

TEST_CASE("a comparison by team has the differences of each team") {
    const std::string out = run(teams + "sed 's/\"h100e\": 300/\"h100e\": 350/' teams.json > "
                                        "more.json; \"$F\" compare teams.json more.json --by team "
                                        "--metrics shortfall_h100e,demand_h100e --format csv")
                                .out;
    CHECK(holds(out, "more-teams,2024-01-01,research,demand_h100e,h100e,value,50\r\n"));
    CHECK(holds(out, "more-teams,2024-01-01,market,demand_h100e,h100e,value,0\r\n"));
    CHECK(holds(out, "more-teams,2024-01-01,'-,shortfall_h100e,h100e,value,50"));
}

TEST_CASE("without workloads all is charged to nobody [M12]") {
    const Ended ended = run("\"$F\" forecast plan.json --format csv --by team");
    CHECK(ended.code == 0);
    const auto all = rows(ended.out);
    CHECK(all.size() == 2 * 6);
    const Cells &total = all.at("2024-03-01,total"), &nobody = all.at("2024-03-01,'-");
    CHECK(nobody == total);
    CHECK(total.front() == "0");
    CHECK(number(total.back()) > 0);
}

TEST_CASE("validate counts workloads") {
    CHECK(run(teams + "\"$F\" validate teams.json --quiet")
              .out.starts_with("teams.json: valid, 1 source, no sites, 3 workloads, 3 months"));
}
