// When payments are due. What they are for, deliveries and increments, is in
// payments_incurred.cpp.
#include <fleetcast/simulate/payments.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetcast {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double months_followed = 60; // after the end
constexpr double places_per_month = 5; // between two of them one period begins at most

bool is_scheduled(const std::vector<PlanPayment>& parts) {
    return std::ranges::any_of(
        parts, [](const PlanPayment& part) { return part.share != 0 && part.months_before != 0; });
}

/// The parts that are something, their shares exactly 1 in all; on the spot where none is given.
std::vector<PlanPayment> parts_of(const std::vector<PlanPayment>& given) {
    std::vector<PlanPayment> parts;
    double sum = 0;
    for (const PlanPayment& part : given) {
        sum += part.share;
        if (part.share != 0)
            parts.push_back(part);
    }
    for (PlanPayment& part : parts)
        part.share /= sum;
    return parts.empty() ? std::vector<PlanPayment>{{1, 0}} : parts;
}

} // namespace

bool has_payment_schedule(const Plan& plan) {
    return std::ranges::any_of(plan.sources, is_scheduled, &PlanSource::payment) ||
           std::ranges::any_of(plan.sites, [](const PlanSite& site) {
               return std::ranges::any_of(site.increments, is_scheduled, &PlanIncrement::payment);
           });
}

Payments::Payments(const Prepared& prepared, BlockValues& values, Arrivals& arrivals,
                   RowArena& arena, const Kernels& kernels, bool follows_periods)
    : plan_(prepared.plan), values_(&values), arrivals_(&arrivals), arena_(&arena),
      kernels_(&kernels), follows_periods_(follows_periods), end_(plan_->grid.end()),
      before_start_(arena.row()), after_end_(arena.row()), prepaid_(arena.row()),
      owed_(arena.row()), cost_(arena.row()), part_(arena.row()), after_(arena.row()),
      units_(arena.row()), unit_price_(arena.row()), due_(arena.row()), agreed_(arena.row()),
      moments_(arena.row()) {
    const std::vector<Period>& periods = plan_->grid.periods;
    std::size_t most_arrivals = 1;
    for (std::size_t i = 0; i < plan_->sources.size(); ++i) {
        const PlanSource& plan = plan_->sources[i];
        Source& source = sources_.emplace_back();
        if (!is_scheduled(plan.payment))
            continue;
        source.parts = parts_of(plan.payment);
        source.flat_price = arrivals.has_flat_price(i);
        source.paid.resize(periods.size());
        most_arrivals = std::max(most_arrivals, arrivals.of(i).size());
        schedules_ = true;
    }
    for (const PlanSite& plan : plan_->sites) {
        Site& site = sites_.emplace_back();
        if (std::ranges::none_of(plan.increments, is_scheduled, &PlanIncrement::payment))
            continue;
        for (const PlanIncrement& increment : plan.increments)
            site.parts.push_back(parts_of(increment.payment));
        site.paid.resize(periods.size());
        schedules_ = true;
    }
    if (!schedules_)
        return;
    for (std::size_t k = 0; k < most_arrivals; ++k)
        arrived_.push_back(arena.row());
    later_ = later_periods(plan_->grid, months_followed);
    rows_.resize(periods.size());
    for (const Period& period : periods)
        starts_.push_back(period.x0);
    starts_.push_back(infinite);
    for (double k = 0; k <= end_ * places_per_month; ++k) {
        std::size_t at = near_.empty() ? 0 : near_.back();
        while (starts_[at + 1] <= k / places_per_month)
            ++at;
        near_.push_back(at);
    }
}

void Payments::start(const std::vector<SiteWorks>& sites) {
    ++block_;
    n_ = values_->lanes();
    if (!schedules_ || values_->failure())
        return;
    for (double* each : {before_start_, after_end_, prepaid_, owed_})
        kernels_->fill(each, 0, n_);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        if (schedules_source(i))
            pay_for_source(i);
    for (std::size_t j = 0; j < sites_.size(); ++j)
        for (std::size_t k = 0; k < sites_[j].parts.size(); ++k)
            pay_for_increment(j, k, sites[j].effective[k], sites[j].usd[k]);
    check();
}

void Payments::pay(const Parts& parts, double x0, bool later, const Moment& agreed,
                   std::vector<Paid>& paid) {
    if (!later)
        kernels_->add(owed_, cost_, n_);
    for (const PlanPayment& part : parts) {
        const double months = part.months_before;
        if (later && months <= 0)
            continue;
        kernels_->scale(part_, cost_, part.share, n_);
        if (months <= 0 || !agreed.lanes) {
            pay_together((months > 0 ? std::min(x0, agreed.x) : x0) - months, later, paid);
            continue;
        }
        for (std::size_t l = 0; l < n_; ++l)
            due_[l] = std::min(x0, agreed.lanes[l]) - months;
        pay_by_lane(later, paid);
    }
}

/// part_, due at one moment. What comes later is nothing but what is due within the horizon.
void Payments::pay_together(double due, bool later, std::vector<Paid>& paid) {
    if (!is_within(due)) {
        if (!later)
            kernels_->add(due < 0 ? before_start_ : after_end_, part_, n_);
        return;
    }
    if (follows_periods_)
        kernels_->add(open(paid[place_of(due)]), part_, n_);
    if (later)
        kernels_->add(prepaid_, part_, n_);
}

/// part_, due at due_, ahead of what it is for: so not after the end for what comes before.
void Payments::pay_by_lane(bool later, std::vector<Paid>& paid) {
    double least = 0, most = 0;
    kernels_->bounds(due_, &least, &most, n_);
    const bool outside = most < -time_slack || least >= end_ - time_slack;
    const std::size_t from = place_of(least), to = place_of(most);
    if (outside || (from == to && is_within(least) && is_within(most)))
        return pay_together(least, later, paid);
    for (std::size_t l = 0; l < n_; ++l) {
        const double usd = part_[l], due = due_[l];
        before_start_[l] += !later && due < -time_slack ? usd : 0.0;
        part_[l] = is_within(due) ? usd : 0.0;
    }
    if (later)
        kernels_->add(prepaid_, part_, n_);
    if (!follows_periods_)
        return;
    for (std::size_t p = from; p <= to; ++p)
        rows_[p] = open(paid[p]);
    for (std::size_t l = 0; l < n_; ++l)
        rows_[place_of(due_[l])][l] += part_[l];
}

/// The row of a period, of this block.
double* Payments::open(Paid& paid) {
    if (!paid.row)
        paid.row = arena_->row();
    if (paid.block != block_)
        kernels_->fill(paid.row, 0, n_);
    paid.block = block_;
    return paid.row;
}

/// The period that holds a moment; of one outside the horizon the first or the last.
std::size_t Payments::place_of(double x) const {
    const double inside = std::clamp(x, 0.0, end_);
    const std::size_t at = near_[static_cast<std::size_t>(inside * places_per_month)];
    return starts_[at + 1] <= inside + time_slack ? at + 1 : at;
}

const double* Payments::shown(const std::vector<Paid>& paid, std::size_t period) const {
    return paid[period].block == block_ ? paid[period].row : nullptr;
}

const double* Payments::of_source(std::size_t source, std::size_t period) const {
    return schedules_source(source) ? shown(sources_[source].paid, period) : nullptr;
}

const double* Payments::of_site(std::size_t site, std::size_t period) const {
    return schedules_site(site) ? shown(sites_[site].paid, period) : nullptr;
}

/// [C1] of what has a schedule; without the periods, only that all are numbers.
void Payments::check() {
    kernels_->fill(part_, 0, n_);
    const auto add_up = [&](const std::vector<Paid>& paid) {
        for (std::size_t p = 0; p < paid.size(); ++p)
            if (const double* const row = shown(paid, p))
                kernels_->add(part_, row, n_);
    };
    for (const Source& source : sources_)
        add_up(source.paid);
    for (const Site& site : sites_)
        add_up(site.paid);
    for (std::size_t l = 0; l < n_; ++l) {
        const double paid = part_[l], before = before_start_[l], after = after_end_[l];
        const double owed = owed_[l], prepaid = prepaid_[l];
        const double due = paid + before + after, come = owed + prepaid;
        if (!std::isfinite(due + come)) {
            const std::string inputs = values_->drawn(l);
            return values_->fail(
                {"", "payments come to more than a number can hold" +
                         (inputs.empty() ? "" : "; the largest draws: " + inputs)});
        }
        const double largest = std::max({paid, before, after, owed, prepaid});
        if (follows_periods_ && std::fabs(due - come) > conservation_slack * largest)
            return values_->fail(
                {"", fmt::format("payments are not conserved: {} are due for {}", due, come),
                 true});
    }
}

} // namespace fleetcast
