// Runs the program as a user does: a shell script in a fresh folder that holds plan.json.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace fleetcast::testing {

/// 600 units in six months, for a hall that holds 250 of them until May.
inline constexpr const char* small_plan = R"({
  "title": "A small plan",
  "start": "2024-01", "end": "2024-06",
  "sources": {"chips": {"kind": "purchase", "h100e": 2, "kw_per_unit": 1, "price_usd": 1000,
    "deliveries": {"units": 600, "from": "2024-01", "to": "2024-06"}, "delay_months": 0,
    "service_life_months": 60, "annual_attrition_share": 0, "annual_failure_rate": 0,
    "spares_share": 0}},
  "sites": {"hall": {"pue": 1.25, "load_share": 0.8, "electricity_usd_per_mwh": 100,
    "carbon_kg_per_mwh": 0,
    "power": {"first": {"from": "2024-01", "critical_mw": 0.25},
              "second": {"from": "2024-05", "critical_mw": 1}}}},
  "finance": {"discount_rate_share": 0.05, "depreciation_months": 48}
})";

struct Ended {
    int code = -1;
    std::string out, err;
};

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Ends as the last command of the script does; $F is the program, the environment is empty but
/// for PATH, a UTF-8 locale and a dumb terminal.
inline Ended run(const std::string& script) {
    std::string folder = (std::filesystem::temp_directory_path() / "fleetcast-cli-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    const std::filesystem::path root(folder), work = root / "work";
    std::filesystem::create_directory(work);
    for (const auto& path : {root, work}) // other users run in it too
        std::filesystem::permissions(path, std::filesystem::perms(0755));
    std::ofstream(work / "plan.json") << small_plan;
    std::ofstream(root / "script") << script << '\n';
    const std::string command = "cd '" + work.string() +
                                "' && env -i PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8 "
                                "TERM=dumb F='" FLEETCAST_PROGRAM
                                "' sh ../script </dev/null >../out 2>../err";
    const int status = std::system(command.c_str());
    Ended ended{WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(root / "out"),
                contents(root / "err")};
    std::filesystem::remove_all(root);
    return ended;
}

inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

} // namespace fleetcast::testing
