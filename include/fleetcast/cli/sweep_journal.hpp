// The finished points of a sweep, kept in a file. Interface: run_key(), SweepJournal.
#pragma once

#include <fleetcast/load/scenario.hpp>
#include <fleetcast/report/journal.hpp>
#include <fleetcast/report/make_result.hpp>

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace fleetcast {

/// What the figures of a point hang on beside its own values: program, catalogue, scenario with its
/// patches, and the options of the run. SHA-256 in hex.
std::string run_key(const LoadedScenario& scenario, const Catalog& catalog,
                    const RunOptions& options);

/// Safe to use from several threads at once.
class SweepJournal {
public:
    /// Failure as Journal: bad input when the file is of another run.
    SweepJournal(const std::string& path, const std::string& key);

    /// The result of a point of that name, if it is finished. A line that is no result is passed
    /// over: the point is run anew.
    std::optional<ForecastResult> find(const std::string& name) const;

    void add(const std::string& name, const ForecastResult& result);

private:
    Journal journal_;
    std::map<std::string, std::string> lines_; // of the points that were there, by their beginning
    std::mutex mutex_;                         // of the journal
};

} // namespace fleetcast
