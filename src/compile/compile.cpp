// Sources, costs and correlations; sites and workloads have files of their own.
#include <fleetcast/compile/compile.hpp>

#include "lower.hpp"

#include <fleetcast/compile/values.hpp>
#include <fleetcast/model/correlation.hpp>
#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

CurveShape shape_of(Curve curve) {
    switch (curve) {
    case Curve::linear:
        return CurveShape::linear;
    case Curve::s_curve:
        return CurveShape::s_curve;
    case Curve::front_loaded:
        return CurveShape::front_loaded;
    case Curve::back_loaded:
        return CurveShape::back_loaded;
    }
    return CurveShape::linear;
}

/// Lowers one source; lower() has an overload for each kind.
class SourceCompiler {
public:
    SourceCompiler(const Scenario& scenario, const Catalog& catalog, Plan& plan,
                   ValueCompiler& values)
        : scenario_(scenario), finder_(scenario, catalog), plan_(plan), values_(values) {}

    PlanSource run(const std::string& name, const Source& source) {
        out_ = {};
        out_.name = name;
        path_ = "sources." + name;
        if (const auto& id = accelerator_of(source)) {
            known_ = finder_.find(*id);
            const auto at = std::ranges::find(plan_.accelerators, *id);
            out_.accelerator = static_cast<Index>(at - plan_.accelerators.begin());
        } else {
            known_ = nullptr;
        }
        none();
        std::visit([&](const auto& kind) { lower(kind); }, source);
        return std::move(out_);
    }

private:
    /// Every figure at the value that has no effect.
    void none() {
        const Slot zero = values_.constant(0);
        out_.delay = out_.commissioning = out_.attrition = out_.failure_rate = out_.repair_days =
            zero;
        out_.spares = out_.maintenance = out_.resale = out_.kw = out_.compute_h100e = zero;
        out_.life = values_.constant(never);
    }

    Slot scalar(const char* field, const std::optional<Scalar>& value, const Range& range,
                double otherwise) {
        return values_.scalar(path_ + "." + field, value, range, otherwise);
    }

    /// What the catalogue's accelerator counts on a basis; 1 where none is named. Without workloads
    /// figures for BF16 may be missing.
    double equivalence(Basis basis) {
        const auto figure = known_ ? basis_figure(*known_, basis) : std::nullopt;
        const auto reference = basis_figure(*finder_.find(reference_accelerator), basis);
        return figure && reference ? *figure / *reference : 1.0;
    }

    /// The source's own figure, or the catalogue's. An own one is lowered once, for the fleet and
    /// for workloads alike.
    void lower_h100e(const std::optional<Scalar>& own) {
        out_.h100e =
            scalar("h100e", own, not_negative, own ? 0 : equivalence(scenario_.h100e_basis));
        out_.compute_h100e = own ? out_.h100e : values_.constant(equivalence(Basis::bf16));
    }

    void lower_hardware(const Hardware& hardware) {
        lower_h100e(hardware.h100e);
        const auto power = known_ ? unit_power(*known_) : std::nullopt;
        out_.kw = scalar("kw_per_unit", hardware.kw_per_unit, positive, power ? power->kw : 0.0);
        if (const Figure* embodied = known_ ? find(known_->figures, "embodied_kg") : nullptr)
            out_.embodied_kg = embodied->value;
        out_.life = scalar("service_life_months", hardware.service_life_months, positive, never);
        out_.attrition = scalar("annual_attrition_share", hardware.annual_attrition_share,
                                {.low = 0, .high = 1, .high_open = true}, 0);
        out_.failure_rate =
            scalar("annual_failure_rate", hardware.annual_failure_rate, not_negative, 0);
        out_.repair_days = scalar("repair_days", hardware.repair_days, not_negative, 0);
        out_.spares = scalar("spares_share", hardware.spares_share, share_range, 0);
        out_.maintenance = scalar("maintenance_share_per_year", hardware.maintenance_share_per_year,
                                  share_range, 0);
        out_.resale = scalar("resale_share", hardware.resale_share, share_range, 0);
        out_.depreciation = hardware.depreciation_months.value_or(
            scenario_.finance.depreciation_months.value_or(default_depreciation));
        out_.price = values_.series(path_ + ".price_usd", hardware.price_usd, not_negative, 0);
        out_.system_price =
            values_.series(path_ + ".system_price_usd", hardware.system_price_usd, not_negative, 0);
        if (scenario_.sites.empty())
            out_.sites = {0};
        else
            for (const std::size_t site : sites_of(scenario_, hardware))
                out_.sites.push_back(static_cast<Index>(site));
    }

    void lower(const Installed& source) {
        lower_hardware(source);
        for (const auto& [date, units] : source.vintages)
            out_.vintages.push_back(
                {plan_.grid.starts(date),
                 values_.scalar(path_ + ".vintages." + text_of(date), units, not_negative)});
    }

    void lower(const Procured& source) {
        lower_hardware(source);
        out_.delay = scalar("delay_months", source.delay_months, any_number, 0);
        out_.commissioning =
            scalar("commissioning_months", source.commissioning_months, not_negative, 0);
        out_.acceptance = source.acceptance_months;
        out_.payment = lower_payment(source.payment);
        if (source.deliveries)
            std::visit([&](const auto& form) { lower_deliveries(form); }, *source.deliveries);
        if (source.orders)
            for (const auto& [name, order] : *source.orders)
                lower_order(path_ + ".orders." + name, order);
        if (source.replaces)
            out_.refresh = PlanRefresh{
                static_cast<Index>(*index_of(scenario_.sources, source.replaces->source)),
                source.replaces->from ? plan_.grid.starts(*source.replaces->from) : 0.0};
    }

    void lower(const InHouse& source) {
        lower(static_cast<const Procured&>(source));
        if (source.nre_usd)
            out_.nre =
                PlanSpend{values_.scalar(path_ + ".nre_usd", *source.nre_usd, not_negative),
                          plan_.grid.starts(*source.nre_from), plan_.grid.ends(*source.nre_to)};
        if (!source.respin)
            return;
        out_.respin = PlanRespin{source.respin->probability_share,
                                 values_.draw(path_ + ".respin", {Uniform{0, 1}, {}, {}}),
                                 values_.scalar(path_ + ".respin.delay_months",
                                                source.respin->delay_months, not_negative)};
    }

    void lower(const Lease& source) {
        lower_h100e(source.h100e);
        out_.delay = scalar("delay_months", source.delay_months, any_number, 0);
        out_.price = out_.system_price =
            values_.series(path_ + ".price_usd", std::nullopt, not_negative, 0);
        out_.lease = PlanLease{
            values_.scalar(path_ + ".units", source.units, not_negative),
            plan_.grid.starts(source.from), plan_.grid.ends(source.to),
            values_.series(path_ + ".rate_usd_per_hour", source.rate_usd_per_hour, not_negative)};
    }

    void lower_deliveries(const UnitDeliveries& form) {
        PlanPiece piece =
            piece_of(values_.scalar(path_ + ".deliveries.units", form.units, not_negative));
        piece.from = plan_.grid.starts(form.from);
        piece.to = plan_.grid.ends(form.to);
        piece.shape = shape_of(form.curve);
        out_.pieces.push_back(piece);
    }

    void lower_deliveries(const ScheduledDeliveries& form) {
        for (const auto& [span, units] : form.schedule) {
            PlanPiece piece = piece_of(
                values_.scalar(path_ + ".deliveries.schedule." + span.key, units, not_negative));
            piece.from = plan_.grid.starts(span.from);
            piece.to = plan_.grid.ends(span.to);
            out_.pieces.push_back(piece);
        }
    }

    void lower_deliveries(const ReachDeliveries& form) {
        const std::string path = path_ + ".deliveries." + (form.h100e ? "reach_h100e" : "reach");
        out_.reach = Reach{values_.scalar(path, form.target, not_negative), form.h100e,
                           plan_.grid.ends(form.by),
                           form.from ? plan_.grid.starts(*form.from) : 0.0, shape_of(form.curve)};
    }

    void lower_order(const std::string& path, const Order& order) {
        PlanPiece piece = piece_of(values_.scalar(path + ".units", order.units, not_negative));
        piece.is_order = true;
        piece.from = plan_.grid.starts(order.ordered ? *order.ordered : *order.arrives);
        piece.lead =
            values_.scalar(path + ".lead_time_months", order.lead_time_months, not_negative, 0);
        piece.over = values_.scalar(path + ".over_months", order.over_months, not_negative, 1);
        if (order.price_usd)
            piece.price = values_.scalar(path + ".price_usd", *order.price_usd, not_negative);
        out_.pieces.push_back(piece);
    }

    PlanPiece piece_of(Slot units) {
        PlanPiece piece;
        piece.units = units;
        piece.lead = piece.over = values_.constant(0);
        return piece;
    }

    const Scenario& scenario_;
    AcceleratorFinder finder_;
    Plan& plan_;
    ValueCompiler& values_;
    PlanSource out_;
    std::string path_;
    const Accelerator* known_ = nullptr; // the catalogue's, of this source
};

PlanCost lower_cost(const std::string& name, const Cost& cost, const Plan& plan,
                    ValueCompiler& values) {
    const std::string path = "costs." + name;
    PlanCost out;
    if (cost.usd)
        out.once = {values.scalar(path + ".usd", *cost.usd, any_number), plan.grid.ends(*cost.at)};
    out.per_month = values.series(path + ".usd_per_month", cost.usd_per_month, any_number, 0);
    out.from = cost.from ? plan.grid.starts(*cost.from) : 0.0;
    out.to = cost.to ? plan.grid.ends(*cost.to) : plan.grid.end();
    return out;
}

/// What is listed and used by nothing is drawn all the same: those listed after it hang on it.
PlanCorrelation lower_correlation(const Scenario& scenario, const Plan& plan,
                                  ValueCompiler& values) {
    PlanCorrelation out;
    if (scenario.correlations.empty())
        return out;
    const ScoreMatrix listed = score_matrix(scenario);
    for (const std::string& path : listed.paths) {
        constexpr std::string_view inputs = "inputs.";
        if (path.starts_with(inputs))
            values.use_input(
                path.substr(inputs.size(), path.find('.', inputs.size()) - inputs.size()));
        const auto slot = std::ranges::find_if(plan.slots, [&](const SlotRule& rule) {
            const auto* draw = std::get_if<Draw>(&rule);
            return draw && draw->path == path;
        });
        out.slots.push_back(static_cast<Index>(slot - plan.slots.begin()));
    }
    out.lower = cholesky_lower(listed.matrix).value();
    return out;
}

} // namespace

Plan compile(const Scenario& scenario, const Catalog& catalog) {
    Plan plan;
    plan.grid = make_time_grid(scenario.start, scenario.end, scenario.step);
    plan.year_starts = scenario.finance.year_starts;
    plan.discount = scenario.finance.discount_rate_share.value_or(default_discount);
    plan.site_depreciation =
        scenario.finance.site_depreciation_months.value_or(default_site_depreciation);
    plan.accelerators = accelerators_in_use(scenario);
    ValueCompiler values(scenario, plan);
    SourceCompiler sources(scenario, catalog, plan, values);
    for (const auto& [name, source] : scenario.sources)
        plan.sources.push_back(sources.run(name, source));
    for (const auto& [name, site] : scenario.sites)
        plan.sites.push_back(lower_site(name, site, plan, values));
    if (scenario.sites.empty())
        plan.sites.push_back(lower_site(std::string(default_site), Site{}, plan, values));
    for (const auto& [name, cost] : scenario.costs)
        plan.costs.push_back(lower_cost(name, cost, plan, values));
    lower_workloads(scenario, catalog, plan, values);
    plan.correlation = lower_correlation(scenario, plan, values);
    return plan;
}

} // namespace fleetcast
