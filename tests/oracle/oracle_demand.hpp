// Who gets the fleet and what it is charged [M12], from the text alone: every subset of the
// workloads is tried, so some ten of them are the limit. Interface: DemandOracle, fold_demand().
// What a pool offers, and what is to be charged, is told by the caller.
//
// Where the rules leave a choice, the oracle reads them like this:
//  1. What is free is rounding when it is below 1e-12 of the pools it stands in, and then is 0.
//  2. Teams are those of the workloads; a workload without team is of group `-`, which also has
//     what is charged to nobody. By workload, group `-` has only that, and asks for nothing.
//  3. idle_h100e and utilisation have a figure in the total only, usd_per_million_tokens by
//     workload only, of inference; ratios are empty where their divisor is 0.
//  4. A series of a workload that begins inside a period is taken at the period's x0, too [T1].
//  5. What a training could get more, when it completes, is against the amounts of the period:
//     higher and equal priorities keep what they were served on its average.
#pragma once

#include "oracle/oracle.hpp"
#include "oracle/oracle_catalog.hpp"
#include "oracle/oracle_inputs.hpp"
#include "oracle/oracle_time.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast::oracle {

/// F [FLOP/s]: what an H100-equivalent does, dense BF16, with the scenario's corrections.
double flops_per_h100e(const Accelerators& accelerators);

/// A source at a site, or a lease, which has none.
struct DemandPool {
    std::optional<std::string> site; // its name
    std::string accelerator;         // empty: none
};

/// What a period offers and what is shared out among those it serves.
struct DemandSupply {
    std::vector<double> capacity; // [H100e] by pool, average of the period
    double cost_usd = 0;          // depreciation + write-off + opex - resale
    double energy_mwh = 0;
    double emissions_t = 0;
};

struct DemandFigures {
    /// demand_h100e, served_h100e, shortfall_h100e, idle_h100e, utilisation, charged_usd,
    /// charged_mwh, charged_t, usd_per_million_tokens by {"total", "total"}, {"team", name or "-"}
    /// and {"workload", name or "-"}, over engine periods.
    SeriesTable series;
    std::map<std::string, std::vector<double>> million_tokens; // by inference, over periods

    // Outcomes, by training.
    std::map<std::string, std::string> completed; // ISO day, "" when not within the horizon
    /// Empty without `due`, infinite when not completed.
    std::map<std::string, std::optional<double>> weeks_late;
    std::map<std::string, double> training_usd;
};

struct DemandWorkload {
    std::string name;
    std::string team; // "-": none
    std::string kind;
    const Json* json = nullptr;
    int priority = 1;
    double from = 0;            // [months]
    double to = 0;              // [months]
    std::vector<char> may_use;  // by pool
    double mfu = 1;             // share
    double backlog = 0;         // [FLOP] of a training
    std::optional<double> done; // [months] when a training completed

    // By period so far.
    std::vector<double> demand;         // [H100e]
    std::vector<double> served;         // [H100e]
    std::vector<double> million_tokens; // served, of inference
};

/// Steps through the periods with the workloads of a scenario (none will do, too).
class DemandOracle {
public:
    /// `flops` as above. The scenario, clock, values and edges must outlive it.
    DemandOracle(const Json& scenario, double flops, const std::vector<DemandPool>& pools,
                 const Clock& clock, Values& values, Edges& edges);

    /// The next period of the clock. `supply.capacity` has an entry for each pool.
    void step(const DemandSupply& supply);

    /// Of all periods stepped through.
    DemandFigures figures() const;

private:
    void read(const std::string& name, const Json& json, const std::vector<DemandPool>& pools);
    double part(const DemandWorkload& workload, const Period& period) const;
    double ceiling(const DemandWorkload& workload, const Period& period) const;
    double ask(const DemandWorkload& workload, const Period& period) const;
    void train(std::size_t which, const Period& period, const std::vector<double>& capacity);
    void write_tokens(DemandWorkload& workload, const Period& period);
    void hit_written(const DemandWorkload& workload);
    void hit_period(const Period& period, const DemandSupply& supply);
    void put(DemandFigures& figures, const GroupKey& group,
             const std::vector<const DemandWorkload*>& members, bool nobody) const;
    void put_outcomes(DemandFigures& figures, const DemandWorkload& training) const;

    const Clock& clock_;
    Values& values_;
    Edges& edges_;
    double flops_ = 0;
    std::vector<DemandWorkload> workloads_;
    std::vector<DemandSupply> supplies_; // of the periods so far
};

/// The figures by longer periods (the indices of the engine periods in each): averages over hours,
/// charges summed, ratios of sums [G1].
SeriesTable fold_demand(const DemandFigures& figures, const std::vector<Period>& periods,
                        const std::vector<std::vector<std::size_t>>& longer);

/// The edges this part counts, for the list in edges.cpp.
const std::vector<std::string>& demand_edge_names();

struct Claim {
    int priority = 1;
    double ask = 0;            // [H100e]
    std::vector<char> may_use; // by pool
};

/// What each claim gets of the pools [H100e]: level by level, in each by a common fraction that is
/// raised until somebody cannot get more, who is then left where he is.
std::vector<double> share_out(const std::vector<Claim>& claims, const std::vector<double>& capacity,
                              Edges& edges);

/// What one claim could get beyond its amount while those of higher and equal priority keep theirs
/// and lower ones yield [H100e].
double could_get_more(std::size_t which, const std::vector<Claim>& claims,
                      const std::vector<double>& amounts, const std::vector<double>& capacity);

} // namespace fleetcast::oracle
