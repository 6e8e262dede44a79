// Which form of its inverse a distribution takes, and the loops for each.
#include <fleetcast/random/lane_quantile.hpp>

#include <fleetcast/base/lanes.hpp>
#include <fleetcast/random/component.hpp>

#include "lane_quantile_lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace fleetcast {

namespace {

/// One row, at most `lanes` values, before the ends are applied.
struct Row {
    const ExactQuantile& exact;
    const QuantileLoops& loops;
    std::span<const double> u;
    double* x;

    void scores(double* z) const { loops.score(exact.cut, u.data(), z, u.size()); }

    void operator()(double constant) const { std::fill_n(x, u.size(), constant); }
    void operator()(const Uniform& s) const {
        loops.uniform(exact.cut, s.low, s.high, u.data(), x, u.size());
    }
    void operator()(const Triangular& s) const {
        loops.triangular(exact.cut, s.min, s.mode, s.max, u.data(), x, u.size());
    }
    void operator()(const Normal& s) const {
        scores(x);
        loops.normal(s.mean, s.sd, x, u.size());
    }
    void operator()(const Lognormal& s) const {
        scores(x);
        loops.lognormal(s.median, s.sigma, x, u.size());
    }
    void operator()(const LogitNormal& s) const {
        scores(x);
        loops.logistic(s.logit.mean, s.logit.sd, x, u.size());
    }
    void operator()(const DiscreteList& list) const { look_up(list, exact.cut, u, x); }
    void operator()(const EmpiricalList& list) const { look_up(list, exact.cut, u, x); }
    void operator()(const QuantileTable& table) const {
        std::array<double, lanes> z; // the table may ask for u again
        scores(z.data());
        look_up(table, exact, u, z.data());
        std::copy_n(z.data(), u.size(), x);
    }
    template <class Exact> void operator()(const Exact&) const {
        for (std::size_t i = 0; i < u.size(); ++i)
            x[i] = value_at(exact, u[i]);
    }
};

} // namespace

LaneQuantile::LaneQuantile(const Distribution& distribution, Draws draws)
    : exact_(exact_quantile(distribution)), form_(Exact{}) {
    if (exact_.parts.parts.size() == 1) {
        const Component& component = exact_.parts.parts.front().first;
        if (const auto constant = constant_of(component))
            form_ = *constant;
        else if (const auto* uniform = std::get_if<Uniform>(&component))
            form_ = *uniform;
        else if (const auto* triangular = std::get_if<Triangular>(&component))
            form_ = *triangular;
        else if (const auto* normal = std::get_if<Normal>(&component))
            form_ = *normal;
        else if (const auto* lognormal = std::get_if<Lognormal>(&component))
            form_ = *lognormal;
        else if (const auto* discrete = std::get_if<Discrete>(&component))
            form_ = discrete_list(*discrete);
        else if (const auto* empirical = std::get_if<Empirical>(&component); empirical)
            form_ = empirical->values.size() == 1
                        ? decltype(form_)(empirical->values.front())
                        : decltype(form_)(EmpiricalList{empirical->values});
        else if (const auto* interval = std::get_if<Interval>(&component)) {
            if (interval->shape == IntervalShape::normal)
                form_ = as_normal(*interval);
            else if (interval->shape == IntervalShape::lognormal)
                form_ = as_lognormal(*interval);
            else
                form_ = LogitNormal{logit_of(*interval)};
        }
    }
    if (std::holds_alternative<Exact>(form_) && draws == Draws::many)
        form_ = tabulated(exact_);
}

void LaneQuantile::operator()(std::span<const double> u, std::span<double> values,
                              Level level) const {
    const QuantileLoops& loops = quantile_loops(level);
    const auto [low, high] = exact_.ends;
    for (std::size_t first = 0; first < u.size(); first += lanes) {
        const std::span<const double> row = u.subspan(first, std::min(lanes, u.size() - first));
        double* const x = values.data() + first;
        std::visit(Row{exact_, loops, row, x}, form_);
        if (std::isfinite(low) || std::isfinite(high))
            loops.clamp(low, high, x, row.size());
    }
}

} // namespace fleetcast
