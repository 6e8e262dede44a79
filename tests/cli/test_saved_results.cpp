// What the program saves of every example is read back without a loss.
#include "program.hpp"

#include <fleetcast/report/json.hpp>
#include <fleetcast/report/read_result.hpp>
#include <support/catch.hpp>

#include <vector>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

namespace fs = std::filesystem;

/// The scenarios of examples/, as words of a command line.
std::vector<std::string> examples() {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(FLEETCAST_ROOT "/examples"))
        if (entry.path().extension() == ".json")
            files.push_back("'" + entry.path().string() + "'");
    return files;
}

void check_kept(const std::string& words) {
    const Ended saved = run("\"$F\" " + words + " --format json --quiet");
    INFO(words << saved.err);
    REQUIRE(saved.code == 0);
    const auto result = read_result({{{"-", saved.out}}}, 0);
    REQUIRE(std::holds_alternative<ForecastResult>(result));
    CHECK((to_json(std::get<ForecastResult>(result)) == saved.out)); // bytes: too long to print
}

} // namespace

TEST_CASE("the saved result of every example has the same bytes after it was read") {
    REQUIRE(examples().size() >= 10);
    for (const std::string& file : examples()) {
        check_kept("forecast " + file + " --trials 200");
        check_kept("forecast " + file + " --trials 1 --every year --by team");
        check_kept("forecast " + file +
                   " --trials 64 --sampling sobol --metrics all --by accelerator "
                   "--quantiles 2.5,50,97.5 --seed 18446744073709551615");
    }
}

TEST_CASE("a saved comparison and a batch have the same bytes after they were read") {
    const std::string folder = "'" FLEETCAST_ROOT "/examples/correlation/";
    const std::string files =
        folder + "scenario.json' " + folder + "strong.json' " + folder + "independent.json'";
    check_kept("compare " + files + " --trials 200");
    check_kept("forecast " + files + " --trials 200 --memory 1M");
}
