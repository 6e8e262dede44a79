// Folds the periods of a trial into the figures of one view: groups, and quarters or years.
// Interface: Accumulator.
#pragma once

#include <fleetcast/simulate/forecast.hpp>

#include <array>

namespace fleetcast {

class Accumulator {
public:
    Accumulator(const Plan& plan, const FigureView& view);

    /// Adds the next period of the engine.
    void add(const PeriodFigures& figures);

    /// The finished figures, or the first that is not finite.
    std::variant<Figures, TrialFailure> take();

private:
    /// What a report period has so far of one metric in one group.
    struct Cell {
        double value = 0;
        double weight = 0; // hours of a share; the denominator of a ratio
        bool empty = false;
    };
    using Row = std::vector<double>; // [group]

    void gather_bounds(const PeriodFigures& figures);
    void add_to(Row& row, const PeriodFigures& figures, const Metric& metric) const;
    bool has_meaning(const Metric& metric, const Group& group) const;
    Bound bound_of(std::size_t group) const;

    const Plan* plan_;
    Figures figures_;
    std::vector<std::size_t> report_period_;                    // [engine period]
    std::size_t period_ = 0;                                    // of the engine
    std::vector<Cell> cells_;                                   // [metric][group][report period]
    std::vector<std::vector<std::size_t>> of_source_, of_site_; // groups a source, a site counts in
    std::vector<std::size_t> without_source_, without_site_, without_both_; // groups of the rest
    std::vector<bool> knows_embodied_;                                      // [group]
    bool needs_bounds_ = false;
    Row row_;                       // figures of one metric in one period
    std::array<Row, 3> bound_rows_; // waiting for power, for installation, still to come
};

} // namespace fleetcast
