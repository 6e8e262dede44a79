// Who gets the fleet (rules.md, M12): what workloads ask for in a period, what they get by priority
// and in proportion, and how far trainings are. Interface: Demand. What a workload is charged is
// left to the block.
#pragma once

#include <fleetcast/simulate/allocation.hpp>
#include <fleetcast/simulate/block_values.hpp>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace fleetcast {

/// A source at a site, or a lease, which has none.
struct SupplyPool {
    Index source = 0;
    std::optional<Index> site;
};

class Demand {
public:
    Demand(const Plan& plan, BlockValues& values, RowArena& arena, Level level,
           const std::vector<SupplyPool>& pools);
    Demand(const Demand&) = delete;
    Demand& operator=(const Demand&) = delete;
    ~Demand();

    /// Begins a block whose values are loaded: every backlog is whole.
    void start();

    /// Shares out a period. `capacity`: by pool, the H100e that are available on the average of
    /// the period, over lanes; nullptr: none.
    void step(const Period& period, std::span<const double* const> capacity);

    /// Of the last period, averages over it. [H100e] over lanes; nullptr: 0 everywhere
    const double* demand(std::size_t workload) const { return asks_[workload]; }
    const double* served(std::size_t workload) const {
        return asks_[workload] ? allocation_.served(workload) : nullptr;
    }
    const double* shortfall(std::size_t workload) const {
        return asks_[workload] ? claims_[workload].shortfall : nullptr;
    }
    const double* capacity() const { return capacity_; }
    const double* idle() const { return idle_; }
    /// Sum of what all workloads are served.
    const double* served_in_all() const { return served_in_all_; }
    /// Served in the period, of an inference. [million tokens] over lanes; nullptr: none
    const double* million_tokens(std::size_t workload) const {
        return asks_[workload] ? claims_[workload].million_tokens : nullptr;
    }

    /// When a training is done [months], infinite before, over lanes; nullptr: not a training.
    const double* completed(std::size_t workload) const { return claims_[workload].completed; }

private:
    struct Claim {                        // of a workload, over lanes
        double *ask, *shortfall;          // [H100e]
        double* factor = nullptr;         // of an inference: H100e for a token a day
        double* million_tokens = nullptr; // of an inference
        double* rate = nullptr;           // of a training: [FLOP/s] of one H100e
        double *backlog = nullptr, *done = nullptr, *completed = nullptr; // of a training
        bool is_open = true; // a training with some backlog
    };
    struct Part {                // of a period in which a workload asks
        double from = 0, to = 0; // [months]
        double share = 0;        // of the period
    };
    Part part_of(const PlanWorkload& workload, const Period& period) const;
    bool ask(const PlanWorkload& workload, Claim& claim, const Part& part, const Period& period);
    void train(std::size_t workload, const Period& period);
    void add_up(std::span<const double* const> capacity);
    void refuse(const std::string& path, const std::string& message);

    const Plan* plan_;
    BlockValues* values_;
    const Kernels* kernels_;
    Level level_;
    Allocation allocation_;
    std::vector<Claim> claims_;       // [workload]
    std::vector<const double*> asks_; // [workload] of the last period
    std::vector<Product> terms_;
    double *capacity_row_, *served_row_, *idle_row_;
    const double *capacity_ = nullptr, *served_in_all_ = nullptr, *idle_ = nullptr;
};

} // namespace fleetcast
