// A plan for the payments of rule [M8], made by hand, and the payments of a block of its trials.
#pragma once

#include "support/catch.hpp"

#include <fleetcast/random/sampling.hpp>
#include <fleetcast/simulate/payments.hpp>

#include <algorithm>
#include <limits>
#include <map>

namespace fleetcast::testing::payments {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// A plan of one source, which brings units at 10 USD each, and of one site.
struct Case {
    Plan plan;
    std::vector<double> effective, cost; // [increment] months, USD
    bool builds_slip = false;            // with the delay of the source

    explicit Case(const char* start = "2024-01", const char* end = "2024-12",
                  Step step = Step::month) {
        plan.grid = make_time_grid(*parse_date(start), *parse_date(end), step);
        plan.slots.push_back(0.0); // what every field refers to unless told otherwise
        plan.sources.emplace_back();
        plan.sites.emplace_back();
        price(10);
        source().system_price = series({{Code::constant, 0.0}});
    }
    PlanSource& source() { return plan.sources[0]; }
    Slot number(SlotRule value) {
        plan.slots.push_back(std::move(value));
        return {static_cast<Index>(plan.slots.size() - 1)};
    }
    SeriesId series(Program program) {
        plan.series.push_back({std::move(program), not_negative, "sources.a.price_usd"});
        return {static_cast<Index>(plan.series.size() - 1)};
    }
    void price(double usd) { source().price = series({{Code::constant, usd}}); }
    void prices(const std::vector<double>& x, const std::vector<double>& usd, bool linear) {
        std::vector<Slot> slots;
        for (const double value : usd)
            slots.push_back(number(value));
        plan.points.push_back({x, slots, linear});
        source().price = series({{Code::points, 0, static_cast<Index>(plan.points.size() - 1)}});
    }
    void brings(double units, double from, double to, double delay = 0) {
        PlanPiece piece;
        piece.units = number(units);
        piece.from = from;
        piece.to = to;
        source().pieces.push_back(piece);
        source().delay = number(delay);
    }
    void orders(double units, double ordered, double lead, std::optional<double> own = {}) {
        brings(units, ordered, ordered);
        PlanPiece& piece = source().pieces.back();
        piece.is_order = true;
        piece.lead = number(lead);
        if (own)
            piece.price = number(*own);
    }
    void builds(double planned, double works, double usd, std::vector<PlanPayment> payment) {
        plan.sites[0].increments.emplace_back().from = planned;
        plan.sites[0].increments.back().payment = std::move(payment);
        effective.push_back(works);
        cost.push_back(usd);
    }
    /// 3 in about half of the trials, else 0.
    void may_slip() {
        source().delay =
            number(Draw{{Discrete{{{0.0, 0.5}, {3.0, 0.5}}}}, "sources.a.delay_months"});
    }
};

using Row = std::map<std::size_t, double>; // USD by period, those that are something

/// The payments of a block of trials.
class Run {
public:
    explicit Run(const Case& given, std::size_t trials = 1, bool follows = true,
                 std::uint64_t first = 0)
        : given_(given), prepared_(std::get<Prepared>(prepare(given_.plan))),
          values_(prepared_, arena_, Level::baseline),
          arrivals_(prepared_, values_, arena_, kernels_of(Level::baseline)),
          payments_(prepared_, values_, arrivals_, arena_, kernels_of(Level::baseline), follows),
          sampler_(Sampling::random, 1, 1000, {fnv1a64("sources.a.delay_months")}) {
        for (std::size_t k = 0; k < given_.cost.size(); ++k) {
            effective_.push_back(arena_.row());
            usd_.push_back(arena_.row());
            std::fill_n(usd_[k], arena_.width(), given_.cost[k]);
        }
        works_ = {{{effective_.begin(), effective_.end()}, {usd_.begin(), usd_.end()}}};
        start(first, trials);
    }
    void start(std::uint64_t first, std::size_t trials) {
        if (prepared_.draws.empty())
            values_.load({nullptr, {}, 0, trials});
        else
            values_.load({&sampler_, one_draw_, first, trials});
        arrivals_.settle();
        for (std::size_t k = 0; k < effective_.size(); ++k)
            for (std::size_t l = 0; l < values_.lanes(); ++l)
                effective_[k][l] = given_.effective[k] + (given_.builds_slip ? delay(l) : 0.0);
        payments_.start(works_);
    }
    const Payments& payments() const { return payments_; }
    Row source(std::size_t lane = 0) const {
        return row([&](std::size_t p) { return payments_.of_source(0, p); }, lane);
    }
    Row site(std::size_t lane = 0) const {
        return row([&](std::size_t p) { return payments_.of_site(0, p); }, lane);
    }
    double before() const { return payments_.paid_before_start()[0]; }
    double after() const { return payments_.due_after_end()[0]; }
    double prepaid() const { return payments_.prepaid()[0]; }
    double delay(std::size_t lane) const { return arrivals_.delay(0)[lane]; }
    std::string failure() const { return values_.failure() ? values_.failure()->message : ""; }
    bool is_internal() const { return values_.failure() && values_.failure()->internal; }

private:
    template <class Of> Row row(Of of, std::size_t lane) const {
        Row out;
        for (std::size_t p = 0; p < given_.plan.grid.periods.size(); ++p)
            if (const double* const usd = of(p); usd && usd[lane] != 0)
                out[p] = usd[lane];
        return out;
    }
    Case given_;
    Prepared prepared_;
    RowArena arena_{128};
    BlockValues values_;
    Arrivals arrivals_;
    Payments payments_;
    Sampler sampler_;
    std::vector<std::size_t> one_draw_{0};
    std::vector<double*> effective_, usd_; // [increment]
    std::vector<SiteWorks> works_;
};

/// 100 units that are due at a moment, and paid for so.
inline Case one_delivery(double at, double delay, std::vector<PlanPayment> payment) {
    Case c;
    c.brings(100, at, at, delay);
    c.source().payment = std::move(payment);
    return c;
}

inline void check_outcomes(const Run& run, double before, double after, double prepaid) {
    CHECK(run.failure() == "");
    CHECK(run.before() == Approx(before));
    CHECK(run.after() == Approx(after));
    CHECK(run.prepaid() == Approx(prepaid));
}

inline void check_row(const Row& row, const Row& expected) {
    REQUIRE(row.size() == expected.size());
    for (const auto& [period, usd] : expected) {
        REQUIRE(row.contains(period));
        CHECK(row.at(period) == Approx(usd));
    }
}

} // namespace fleetcast::testing::payments
