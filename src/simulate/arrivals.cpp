#include <fleetcast/simulate/arrivals.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

// Clear of time_slack: what lies beyond has come, or has not, in every lane.
constexpr double margin = 1e-6; // [months]

/// Whether `other`, at place j, is counted before source i fills up to its target.
bool counts_towards(const PlanSource& other, std::size_t j, const PlanSource& source,
                    std::size_t i) {
    const bool earlier = j < i;
    if (source.reach->h100e)
        return !other.reach || !other.reach->h100e || earlier;
    if (other.lease || other.accelerator != source.accelerator)
        return false;
    return !other.reach || (!other.reach->h100e && earlier);
}

double per_span(double from, double to) {
    return to - from <= time_slack ? 0.0 : 1.0 / (to - from);
}

} // namespace

Arrivals::Arrivals(const Prepared& prepared, BlockValues& values, RowArena& arena,
                   const Kernels& kernels)
    : prepared_(&prepared), plan_(prepared.plan), values_(&values), kernels_(&kernels),
      zero_(arena.row()), from_(arena.row()), to_(arena.row()), units_(arena.row()),
      there_(arena.row()), sum_(arena.row()) {
    for (const PlanSource& source : plan_->sources) {
        Source& out = sources_.emplace_back();
        if (source.respin)
            out.own_delay = arena.row();
        const auto add = [&](double from, double to, CurveShape shape, const double* units) {
            Arrival arrival;
            arrival.from = arena.row();
            arrival.to = arena.row();
            arrival.per_span = arena.row();
            std::fill_n(arrival.from, arena.width(), from);
            std::fill_n(arrival.to, arena.width(), to);
            std::fill_n(arrival.per_span, arena.width(), per_span(from, to));
            if (!units)
                units = arrival.units = arena.row();
            arrival.rows = {units, arrival.from, arrival.to, arrival.per_span,
                            static_cast<int>(shape)};
            out.arrivals.push_back(arrival);
        };
        for (const PlanPiece& piece : source.pieces) {
            add(piece.from, piece.to, piece.shape, values.row(piece.units));
            if (piece.is_order)
                out.arrivals.back().priced_at = piece.from;
            if (piece.price)
                out.arrivals.back().own_price = values.row(*piece.price);
        }
        if (source.reach)
            add(source.reach->from, source.reach->by, source.reach->shape, nullptr);
    }
}

bool Arrivals::delay_varies(std::size_t source) const {
    return plan_->sources[source].respin || values_->varies(plan_->sources[source].delay);
}

bool Arrivals::has_flat_price(std::size_t source) const {
    const PlanSource& plan = plan_->sources[source];
    return values_->is_timeless(plan.price) && values_->is_timeless(plan.system_price) &&
           std::ranges::none_of(plan.pieces,
                                [](const PlanPiece& piece) { return bool(piece.price); });
}

Moment Arrivals::agreed_at(std::size_t source, double x0, double* row) const {
    const double* const delay = sources_[source].delay;
    const double end = plan_->grid.end();
    if (!delay_varies(source))
        return {std::clamp(x0 - delay[0], 0.0, end), nullptr};
    for (std::size_t l = 0; l < values_->lanes(); ++l)
        row[l] = std::clamp(x0 - delay[l], 0.0, end);
    return {0, row};
}

void Arrivals::add_cost(std::size_t source, const Arrival& arrival, const Moment& agreed,
                        const double* units, double* scratch, double* cost) {
    const PlanSource& plan = plan_->sources[source];
    const std::size_t n = values_->lanes();
    const Moment moment = arrival.priced_at ? Moment{*arrival.priced_at, nullptr} : agreed;
    kernels_->copy(scratch, values_->at(plan.system_price, moment, units), n);
    const double* const price =
        arrival.own_price ? arrival.own_price : values_->at(plan.price, moment, units);
    kernels_->value(cost, units, price, scratch, n);
}

void Arrivals::settle() {
    const std::size_t n = values_->lanes();
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const PlanSource& source = plan_->sources[i];
        sources_[i].delay = values_->row(source.delay);
        if (source.respin) { // [R5]
            const double* const chance = values_->row(source.respin->chance);
            const double* const more = values_->row(source.respin->delay);
            for (std::size_t l = 0; l < n; ++l)
                sources_[i].own_delay[l] =
                    sources_[i].delay[l] + (chance[l] < source.respin->probability ? more[l] : 0.0);
            sources_[i].delay = sources_[i].own_delay;
        }
        for (std::size_t k = 0; k < source.pieces.size(); ++k)
            settle_piece(source.pieces[k], sources_[i].arrivals[k]);
    }
    for (const bool h100e : {false, true})
        for (std::size_t i = 0; i < sources_.size(); ++i)
            if (plan_->sources[i].reach && plan_->sources[i].reach->h100e == h100e)
                settle_reach(i);
    for (Source& source : sources_)
        for (Arrival& arrival : source.arrivals)
            settle_bounds(arrival, source.delay);
}

void Arrivals::settle_piece(const PlanPiece& piece, Arrival& arrival) {
    if (!piece.is_order)
        return;
    const double* const lead = values_->row(piece.lead);
    const double* const over = values_->row(piece.over);
    for (std::size_t l = 0; l < values_->lanes(); ++l) {
        arrival.from[l] = piece.from + lead[l];
        arrival.to[l] = arrival.from[l] + over[l];
        arrival.per_span[l] = per_span(arrival.from[l], arrival.to[l]);
    }
}

void Arrivals::settle_bounds(Arrival& arrival, const double* delay) {
    const std::size_t n = values_->lanes();
    double least = 0, most = 0;
    kernels_->copy(sum_, delay, n);
    kernels_->add(sum_, arrival.from, n);
    kernels_->bounds(sum_, &arrival.first, &most, n);
    kernels_->copy(sum_, delay, n);
    kernels_->add(sum_, arrival.to, n);
    kernels_->bounds(sum_, &least, &arrival.last, n);
    arrival.first -= margin;
    arrival.last += margin;
}

/// What a source brings by a moment for those who count on it: no delay, median lead times (P8).
void Arrivals::add_expected(std::size_t source, double by, double* out) {
    const PlanSource& plan = plan_->sources[source];
    const std::size_t n = values_->lanes();
    const double* const life = values_->row(plan.life);
    for (const PlanVintage& vintage : plan.vintages) {
        const double* const units = values_->row(vintage.units);
        for (std::size_t l = 0; l < n; ++l)
            out[l] += vintage.x + life[l] >= by - time_slack ? units[l] : 0.0;
    }
    const std::vector<Arrival>& arrivals = sources_[source].arrivals;
    for (std::size_t k = 0; k < arrivals.size(); ++k) {
        ArrivalRows rows = arrivals[k].rows;
        double* const span = sum_;
        if (arrivals[k].priced_at) { // an order
            const PlanPiece& piece = plan.pieces[k];
            const double* const over = values_->row(piece.over);
            for (std::size_t l = 0; l < n; ++l) {
                from_[l] = piece.from + prepared_->medians[piece.lead.index];
                to_[l] = from_[l] + over[l];
                span[l] = per_span(from_[l], to_[l]);
            }
            rows.from = from_;
            rows.to = to_;
            rows.per_span = span;
        }
        kernels_->arrived(units_, rows, zero_, nullptr, by, n);
        kernels_->add(out, units_, n);
    }
}

void Arrivals::settle_reach(std::size_t i) {
    const PlanSource& source = plan_->sources[i];
    const Reach& reach = *source.reach;
    const std::size_t n = values_->lanes();
    const double* const each = values_->row(source.h100e);
    if (reach.h100e && values_->least(source.h100e) <= 0)
        return values_->fail({"sources." + source.name + ".h100e",
                              "must be above 0 where a source fills up to reach_h100e"});
    double* const missing = sources_[i].arrivals.back().units;
    kernels_->copy(missing, values_->row(reach.target), n);
    for (std::size_t j = 0; j < plan_->sources.size(); ++j) {
        const PlanSource& other = plan_->sources[j];
        if (j == i || !counts_towards(other, j, source, i))
            continue;
        kernels_->fill(there_, 0, n);
        if (!other.lease)
            add_expected(j, reach.by, there_);
        else if (other.lease->from < reach.by - time_slack &&
                 reach.by <= other.lease->to + time_slack)
            kernels_->copy(there_, values_->row(other.lease->units), n);
        const double* const worth = values_->row(other.h100e);
        for (std::size_t l = 0; l < n; ++l)
            missing[l] -= reach.h100e ? there_[l] * worth[l] : there_[l];
    }
    for (std::size_t l = 0; l < n; ++l) {
        const double units = std::max(0.0, missing[l]);
        missing[l] = reach.h100e ? units / each[l] : units;
    }
}

void Arrivals::total(std::size_t source, double* out) const {
    kernels_->fill(out, 0, values_->lanes());
    for (const Arrival& arrival : sources_[source].arrivals)
        kernels_->add(out, arrival.rows.units, values_->lanes());
}

void Arrivals::due_before(std::size_t source, double x, const double* more, double* out) {
    const std::size_t n = values_->lanes();
    kernels_->fill(out, 0, n);
    for (const Arrival& arrival : sources_[source].arrivals) {
        if (x < arrival.first && !more)
            continue;
        const double* units = arrival.rows.units;
        if (x <= arrival.last || more) {
            kernels_->arrived(units_, arrival.rows, sources_[source].delay, more, x, n);
            units = units_;
        }
        kernels_->add(out, units, n);
    }
}

} // namespace fleetcast
