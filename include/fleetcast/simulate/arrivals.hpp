// When units arrive in a block of trials: cumulative schedules, exact and not rounded to periods
// (rules.md, P3 and P8). Interface: Arrivals.
#pragma once

#include <fleetcast/simulate/block_values.hpp>

#include <optional>
#include <vector>

namespace fleetcast {

/// Units that arrive from one moment to another, before the source's delay.
struct Arrival {
    ArrivalRows rows;
    double *units = nullptr, *from = nullptr, *to = nullptr, *per_span = nullptr; // own rows
    const double* own_price = nullptr; // of an order: accelerator price [USD]
    std::optional<double> priced_at;   // of an order: when it was priced [months]
    double first = 0, last = 0;        // nothing before, all after, in any lane [months]
};

/// The schedules of all sources.
class Arrivals {
public:
    Arrivals(const Prepared& prepared, BlockValues& values, RowArena& arena,
             const Kernels& kernels);

    /// Settles the schedules of the block that the values were loaded for.
    void settle();

    const std::vector<Arrival>& of(std::size_t source) const { return sources_[source].arrivals; }
    /// Slip and respin. [months]
    const double* delay(std::size_t source) const { return sources_[source].delay; }
    bool delay_varies(std::size_t source) const;
    /// Whether every unit costs the same at all times: no order has its own price.
    bool has_flat_price(std::size_t source) const;
    /// The moment whose price is agreed for what a period that begins at x0 delivers: without the
    /// delay, not before the start nor after the end (M6). `row` holds it where it varies.
    Moment agreed_at(std::size_t source, double x0, double* row) const;
    /// cost += units of an arrival at the price agreed for them, or that of their order (M6).
    /// [USD] over lanes; `scratch`: a row.
    void add_cost(std::size_t source, const Arrival& arrival, const Moment& agreed,
                  const double* units, double* scratch, double* cost);
    /// Units in all, in the end.
    void total(std::size_t source, double* out) const;
    /// Units due strictly before x - delay - more.
    void due_before(std::size_t source, double x, const double* more, double* out);

private:
    struct Source {
        std::vector<Arrival> arrivals; // by piece, then what fills up to a target
        double* own_delay = nullptr;   // with respin
        const double* delay = nullptr;
    };
    void settle_piece(const PlanPiece& piece, Arrival& arrival);
    void settle_reach(std::size_t source);
    void settle_bounds(Arrival& arrival, const double* delay);
    void add_expected(std::size_t source, double by, double* out);

    const Prepared* prepared_;
    const Plan* plan_;
    BlockValues* values_;
    const Kernels* kernels_;
    std::vector<Source> sources_;
    double *zero_, *from_, *to_, *units_, *there_, *sum_;
};

} // namespace fleetcast
