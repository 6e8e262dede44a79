#include <fleetcast/simulate/pairing.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace fleetcast {

namespace {

std::size_t cells_in(const Figures& shape) {
    return shape.metrics.size() * shape.groups.size() * shape.periods.size();
}

} // namespace

PairedView pair_views(const Figures& base, const Plan& base_plan, const Figures& other,
                      const Plan& other_plan) {
    PairedView pair;
    const auto place = [](const auto& range, const auto& matches) {
        const auto found = std::ranges::find_if(range, matches);
        return found == range.end() ? no_cell : static_cast<std::size_t>(found - range.begin());
    };
    std::map<std::pair<GroupBy, std::string>, std::size_t> group_names;
    for (std::size_t g = 0; g < base.groups.size(); ++g)
        group_names.emplace(std::pair(base.groups[g].by, name_of(base.groups[g], base_plan)), g);
    const auto known = [&](const std::vector<std::size_t>& places, auto& from, auto& to) {
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i] != no_cell)
                to.push_back(from[i]);
    };
    std::vector<std::size_t> metrics, groups, periods; // [of other] place in base
    for (const Metric* metric : other.metrics)
        metrics.push_back(place(base.metrics, [&](const Metric* m) { return m == metric; }));
    for (const Group& group : other.groups) {
        const auto found = group_names.find({group.by, name_of(group, other_plan)});
        groups.push_back(found == group_names.end() ? no_cell : found->second);
    }
    for (const Period& period : other.periods)
        periods.push_back(place(base.periods, [&](const Period& p) {
            return p.first == period.first && p.last == period.last;
        }));
    known(metrics, other.metrics, pair.shape.metrics);
    known(groups, other.groups, pair.shape.groups);
    known(periods, other.periods, pair.shape.periods);
    std::size_t next = 0;
    for (const std::size_t m : metrics)
        for (const std::size_t g : groups)
            for (const std::size_t p : periods) {
                const bool both = m != no_cell && g != no_cell && p != no_cell;
                pair.base.push_back(both ? (m * base.groups.size() + g) * base.periods.size() + p
                                         : no_cell);
                pair.to.push_back(both ? next++ : no_cell);
            }
    return pair;
}

CellPlan plan_cells(std::span<const PlanRun> runs, const RunSettings& settings) {
    CellPlan out;
    out.replicates = settings.sampling == Sampling::random ? 1 : stratified_replicates;
    for (const PlanRun& run : runs) {
        PlanCells& cells = out.plans.emplace_back();
        for (std::size_t v = 0; v < run.views.size(); ++v) {
            cells.shapes.push_back(figures_shape(*run.plan, run.views[v]));
            cells.views.push_back(out.count);
            out.count += cells_in(cells.shapes.back());
            if (out.plans.size() == 1 || v >= out.plans.front().shapes.size())
                continue;
            cells.pairs.push_back(pair_views(out.plans.front().shapes[v], *runs.front().plan,
                                             cells.shapes.back(), *run.plan));
            cells.pairs.back().first_cell = out.count;
            out.count += cells_in(cells.pairs.back().shape);
        }
        cells.outcomes = out.count;
        out.count += outcomes_of(*run.plan).size();
    }
    return out;
}

/// To one cell each.
class CellSinks::Direct : public FigureSink {
public:
    Direct(CellSinks& owner, std::size_t first) : owner_(&owner), first_(first) {}
    void take(std::size_t cell, const double* row) override {
        if (owner_->count_ > 0)
            owner_->collector_.add(first_ + cell, row, owner_->count_);
    }

private:
    CellSinks* owner_;
    std::size_t first_;
};

/// Of the first plan: kept for the others, too.
class CellSinks::Base : public FigureSink {
public:
    Base(CellSinks& owner, std::size_t first, std::size_t view)
        : owner_(&owner), first_(first), view_(view) {}
    void take(std::size_t cell, const double* row) override {
        if (owner_->count_ == 0)
            return;
        owner_->collector_.add(first_ + cell, row, owner_->count_);
        double*& kept = owner_->base_rows_[view_][cell];
        if (!kept)
            kept = owner_->arena_.row();
        std::copy_n(row, owner_->lanes_, kept);
        owner_->base_known_[view_][cell] = true;
    }

private:
    CellSinks* owner_;
    std::size_t first_, view_;
};

/// Of a later plan: to its cell, and less that of the first plan to another.
class CellSinks::Paired : public FigureSink {
public:
    Paired(CellSinks& owner, std::size_t first, std::size_t view, const PairedView& pair)
        : owner_(&owner), first_(first), view_(view), pair_(&pair), row_(owner.arena_.row()) {}
    void take(std::size_t cell, const double* row) override {
        if (owner_->count_ == 0)
            return;
        owner_->collector_.add(first_ + cell, row, owner_->count_);
        const std::size_t base = pair_->base[cell];
        if (base == no_cell || !owner_->base_known_[view_][base])
            return;
        const double* const other = owner_->base_rows_[view_][base];
        for (std::size_t l = 0; l < owner_->lanes_; ++l)
            row_[l] = row[l] - other[l];
        owner_->collector_.add(pair_->first_cell + pair_->to[cell], row_, owner_->count_);
    }

private:
    CellSinks* owner_;
    std::size_t first_, view_;
    const PairedView* pair_;
    double* row_;
};

CellSinks::CellSinks(const CellPlan& cells, Summaries& summaries, std::size_t width)
    : collector_(summaries.collector()), arena_(width) {
    const bool paired = cells.plans.size() > 1;
    for (const Figures& shape : cells.plans.front().shapes) {
        base_rows_.emplace_back(paired ? cells_in(shape) : 0, nullptr);
        base_known_.emplace_back(paired ? cells_in(shape) : 0, false);
    }
    for (std::size_t r = 0; r < cells.plans.size(); ++r) {
        const PlanCells& plan = cells.plans[r];
        WorkSinks& work = works_.emplace_back();
        for (std::size_t v = 0; v < plan.views.size(); ++v) {
            if (!paired)
                sinks_.push_back(std::make_unique<Direct>(*this, plan.views[v]));
            else if (r == 0)
                sinks_.push_back(std::make_unique<Base>(*this, plan.views[v], v));
            else
                sinks_.push_back(std::make_unique<Paired>(*this, plan.views[v], v, plan.pairs[v]));
            work.views.push_back(sinks_.back().get());
        }
        sinks_.push_back(std::make_unique<Direct>(*this, plan.outcomes));
        work.outcomes = sinks_.back().get();
    }
}

void CellSinks::begin_block(std::size_t count) {
    count_ = muted_ ? 0 : count;
    lanes_ = (count + 7) / 8 * 8;
    for (auto& known : base_known_)
        std::fill(known.begin(), known.end(), false);
}

} // namespace fleetcast
