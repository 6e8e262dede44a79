// What a run is saved as, and all that a report may say: every format renders
// from this value alone. Rows are in the order in which they are to be shown.
#pragma once

#include <fleetcast/load/patch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fleetcast {

/// Figures of one metric in one group: one vector for each statistic. For several trials "mean",
/// "sd", "se", "min", "max", quantiles ("p10", "p2_5") and their errors ("p10_se"), in this order,
/// sd, se, min, max and the errors only where they are needed; for one trial "value".
struct SeriesRow {
    std::string scenario;
    std::string by;    // "total", "source", "site", "accelerator", "team", "workload"
    std::string group; // "total", a member's name, or "-" for what belongs to no member
    std::string metric;
    std::string unit;
    std::vector<std::pair<std::string, std::vector<std::optional<double>>>> stats; // [stat][period]
    bool operator==(const SeriesRow&) const = default;
};

/// One statistic of a single figure of a run: a number, an ISO date, or nothing (a date beyond the
/// horizon). For several trials a row for each statistic; of dates quantiles and "not_reached".
struct OutcomeRow {
    std::string scenario;
    std::string outcome; // "milestones.600k", "workloads.llama3.weeks_late", "pending.h100-2024"
    std::string unit;    // "date", "weeks", "units", "usd"
    std::string stat;    // "value"; "mean", ..., "p90"; "not_reached", a share of the trials
    std::optional<double> number;
    std::string date; // ISO day; empty when the outcome is no date or was not reached
    bool operator==(const OutcomeRow&) const = default;
};

struct CheckRow {
    std::string scenario;
    std::string check;
    std::string verdict; // "pass", "fail", "too-close", "warn"
    double share = 0;    // of the trials in which the condition holds
    double se = 0;
    std::string limit; // "owned of nvidia-h100-sxm at 2024-12 at_least 350000"
    std::uint64_t trials = 1;
    double low = 0, high = 1; // Wilson interval of the share, z = 2
    double probability = 0.5; // the share asked for
    bool operator==(const CheckRow&) const = default;
};

/// A training with a day on which it is due.
struct TrainingRow {
    std::string scenario;
    std::string workload;
    std::string due; // ISO day
    double late = 0; // share of the trials in which it is done later, or not within the horizon
    bool operator==(const TrainingRow&) const = default;
};

/// A team or a workload that does not always get what it asks for.
struct ShortageRow {
    std::string scenario;
    std::string by;           // "team" or "workload"
    std::string group;        // its name, or "-" for workloads without a team
    double share = 0;         // of the trials in which it is short in some period
    std::string worst_period; // ISO first day of the engine's period with the most missing
    double worst_share = 0;   // of the trials in which it is short then
    double worst_h100e = 0;   // then missing: mean over those trials
    bool operator==(const ShortageRow&) const = default;
};

/// One uncertain input.
struct InputRow {
    std::string scenario;
    std::string path;
    std::string distribution; // "uniform(0.03, 0.1)"
    std::string unit;
    double median = 0, p10 = 0, p90 = 0;
    std::string citation;
    bool operator==(const InputRow&) const = default;
};

/// What a sentence of the report says of one source that waits, or of one note.
struct Remark {
    std::string scenario;
    std::string
        text; // "2024-09 to 2024-12: up to 31,000 H100 SXM5 80GB wait for 43 MW at prineville"
    bool operator==(const Remark&) const = default;
};

struct ManifestScenario {
    std::string name;       // the file's name without extension
    std::string title;      // may be empty
    std::string file;       // the file's name without its folder
    std::string sha256;     // of the bytes used
    std::string start, end; // ISO days
    std::string step;
    std::vector<std::string> defaults;   // defaults that had an effect: "pue 1.2 (sites: main)"
    std::string every;                   // "period", "quarter", "year"
    bool uncertain_inputs = false;       // at their medians where there is one trial
    std::vector<std::string> periods;    // ISO first days of its own; empty: all of the result's
    std::uint64_t trials = 1;            // 1: deterministic
    std::vector<AppliedPatch> patches{}; // laid over the file, in their order
    bool operator==(const ManifestScenario&) const = default;
};

/// Two scenarios and the name under which the rows of their difference stand.
struct Comparison {
    std::string base, other, difference; // "base", "late", "late-base"
    bool operator==(const Comparison&) const = default;
};

struct Manifest {
    std::string version;
    std::uint64_t seed = 1;
    std::uint64_t trials = 1;
    std::string sampling = "median"; // a deterministic run takes every input at its median
    std::string catalog_version;
    std::vector<ManifestScenario> scenarios;
    std::string quantile_form = "exact";       // or "log-buckets": within 0.5 % of the figure
    std::vector<double> quantiles{10, 50, 90}; // [percent]
    std::vector<Comparison> comparisons;       // of `compare`, else empty
    bool operator==(const Manifest&) const = default;
};

struct ForecastResult {
    Manifest manifest;
    std::vector<std::string>
        periods; // ISO day of the first day of each, over all scenarios, ascending
    std::vector<SeriesRow> series; // each stat has periods.size() figures
    std::vector<OutcomeRow> outcomes;
    std::vector<CheckRow> checks;
    std::vector<TrainingRow> trainings;
    std::vector<ShortageRow> shortages;
    std::vector<InputRow> inputs;
    std::vector<Remark> binding; // what bound, in words
    bool operator==(const ForecastResult&) const = default;
};

} // namespace fleetcast
