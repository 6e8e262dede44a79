// Folds the periods of a block into the figures of one view: groups, and quarters or years.
// Interface: Fold, FigureSink, needs_of(), figures_shape().
#pragma once

#include <fleetcast/simulate/block.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <optional>
#include <vector>

namespace fleetcast {

/// Where figures go: `cell` counts [metric][group][report period]; a lane without figure is NaN.
/// Cells that have no meaning for any trial never come.
class FigureSink {
public:
    virtual ~FigureSink() = default;
    virtual void take(std::size_t cell, const double* row) = 0;
};

Needs needs_of(const FigureView& view);

/// The view's metrics, groups and report periods, without figures.
Figures figures_shape(const Plan& plan, const FigureView& view);

/// Whether the metric has a meaning in the group, for some trial at least.
bool has_meaning(const Plan& plan, const Metric& metric, const Group& group);

class Fold {
public:
    Fold(const Plan& plan, const FigureView& view, const Block& block, std::size_t width);

    /// Begins a block.
    void start();

    /// Adds the block's last period; the figures of a report period go out at its end. Returns the
    /// first that is not finite.
    std::optional<TrialFailure> add(const Block& block, FigureSink& sink);

private:
    enum class Kind { pool, source, site, workload, rest };
    struct Term { // a quantity of a member
        Kind kind;
        std::uint32_t quantity;
        std::uint32_t member;
    };
    struct Row { // of one metric in one group
        bool has_meaning = false;
        std::vector<Term> plus, minus, over;
        double* value = nullptr;   // so far in this report period; of running sums ever
        double* divisor = nullptr; // of a ratio
    };
    struct Bounds { // what bound one group, by Bound
        std::vector<Term> power, install, supply;
        double* which = nullptr;
    };

    std::vector<Term> terms_of(const Needs& quantities, const Group& group,
                               const Block& block) const;
    void gather(const std::vector<Term>& terms, const Block& block, std::vector<Product>& out);
    bool sum(const std::vector<Term>& plus, const std::vector<Term>& minus, const Block& block,
             double* out);
    bool accumulate(const std::vector<Term>& plus, const std::vector<Term>& minus,
                    const Block& block, double weight, bool is_first, double* out);
    bool add_ratio(const Metric& metric, Row& row, const Block& block, bool begins, bool ends);
    void add_bound(const Metric& metric, Row& row, const double* which, const Block& block,
                   bool begins, bool ends);
    void judge_bounds(const Block& block);
    std::optional<TrialFailure> not_finite(std::size_t metric, std::size_t group,
                                           const Block& block) const;

    const Plan* plan_;
    RowArena arena_;
    Figures shape_;
    std::vector<std::size_t> report_period_; // [engine period]
    std::vector<double> discounts_;          // [engine period] factor at its end
    std::vector<Row> rows_;                  // [metric][group]
    std::vector<Bounds> bounds_;             // [group], where some metric is a bound
    double *row_, *finished_;
    std::vector<Product> plus_, minus_;
    std::size_t period_ = 0; // of the engine
    double hours_ = 0;       // of the report period so far
};

} // namespace fleetcast
