// A line is a saved result with one key before its own: the name of the point.
#include <fleetcast/cli/sweep_journal.hpp>

#include <fleetcast/base/text.hpp>
#include <fleetcast/load/layers.hpp>
#include <fleetcast/report/json.hpp>
#include <fleetcast/report/json_text.hpp>
#include <fleetcast/report/read_result.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fleetcast {
namespace {

/// How the line of a point begins.
std::string beginning_of(const std::string& name) {
    return fmt::format("{{\"point\":{},", quoted(name));
}

/// The same of a line; empty where it has no such beginning.
std::string beginning_in(const std::string& line) {
    constexpr std::string_view start = "{\"point\":\"";
    if (!line.starts_with(start))
        return {};
    for (std::size_t at = start.size(); at + 1 < line.size(); ++at) {
        if (line[at] == '\\')
            ++at;
        else if (line[at] == '"')
            return line[at + 1] == ',' ? line.substr(0, at + 2) : std::string();
    }
    return {};
}

} // namespace

std::string run_key(const LoadedScenario& scenario, const Catalog& catalog,
                    const RunOptions& options) {
    std::string text = fmt::format("{}\n{}\n{}\n{}\n", FLEETCAST_VERSION, catalog.version,
                                   scenario.name, scenario.sha256);
    for (const AppliedPatch& patch : scenario.patches)
        text += fmt::format("{} {} {}\n", patch.kind, patch.name, patch.sha256);
    const RunSettings& settings = options.settings;
    text += fmt::format("{}\n{}\n", joined(options.metrics, ","), text_of(options.by));
    text +=
        fmt::format("{} {} {} {} {} {}\n", options.every ? static_cast<int>(*options.every) : -1,
                    settings.trials, settings.seed, static_cast<int>(settings.sampling),
                    settings.spread, options.workloads);
    for (const double share : settings.quantiles)
        text += shortest(share) + " ";
    return sha256_of(text);
}

SweepJournal::SweepJournal(const std::string& path, const std::string& key)
    : journal_(path, fmt::format("{{\"fleetcast_sweep\":1,\"of\":\"{}\"}}", key)) {
    for (std::string& line : journal_.take_lines()) {
        std::string beginning = beginning_in(line);
        lines_[std::move(beginning)] = std::move(line);
    }
}

std::optional<ForecastResult> SweepJournal::find(const std::string& name) const {
    const auto found = lines_.find(beginning_of(name));
    if (found == lines_.end())
        return std::nullopt;
    auto result = read_result(Sources{{{name, found->second}}}, 0);
    if (auto* whole = std::get_if<ForecastResult>(&result))
        return std::move(*whole);
    return std::nullopt;
}

void SweepJournal::add(const std::string& name, const ForecastResult& result) {
    std::string line = beginning_of(name) + to_json(result).substr(1);
    std::erase(line, '\n'); // within texts it is written \n
    const std::lock_guard lock(mutex_);
    journal_.add(line);
}

} // namespace fleetcast
