#include <fleetcast/compile/compile.hpp>

#include <fleetcast/compile/values.hpp>
#include <fleetcast/model/correlation.hpp>
#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

Shape shape_of(Curve curve) {
    switch (curve) {
    case Curve::linear:
        return Shape::linear;
    case Curve::s_curve:
        return Shape::s_curve;
    case Curve::front_loaded:
        return Shape::front_loaded;
    case Curve::back_loaded:
        return Shape::back_loaded;
    }
    return Shape::linear;
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
        out_.spares = out_.maintenance = out_.resale = out_.kw = zero;
        out_.life = values_.constant(never);
    }

    Slot scalar(const char* field, const std::optional<Scalar>& value, const Range& range,
                double otherwise) {
        return values_.scalar(path_ + "." + field, value, range, otherwise);
    }

    /// The source's own figure, or the catalogue's; `otherwise` where neither is named.
    void lower_h100e(const std::optional<Scalar>& own, double otherwise) {
        const Basis basis = scenario_.h100e_basis;
        const auto figure = known_ ? basis_figure(*known_, basis) : std::nullopt;
        if (!own && figure)
            otherwise = *figure / *basis_figure(*finder_.find(reference_accelerator), basis);
        out_.h100e = scalar("h100e", own, not_negative, otherwise);
    }

    void lower_hardware(const Hardware& hardware) {
        lower_h100e(hardware.h100e, 1.0);
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
        lower_h100e(source.h100e, 1.0);
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

PlanSite lower_site(const std::string& name, const Site& site, const Plan& plan,
                    ValueCompiler& values) {
    const std::string path = "sites." + name;
    const auto scalar = [&](const char* field, const std::optional<Scalar>& value,
                            const Range& range, double otherwise) {
        return values.scalar(path + "." + field, value, range, otherwise);
    };
    PlanSite out;
    out.name = name;
    out.limited = site.power.has_value();
    out.delay = scalar("delay_months", site.delay_months, any_number, 0);
    out.provisioning = scalar("provisioning_share", site.provisioning_share,
                              {.low = 0, .high = 2, .low_open = true}, 1);
    out.reserve = scalar("reserve_share", site.reserve_share, share_range, 0);
    out.pue = scalar("pue", site.pue, {.low = 1}, default_pue);
    out.load = scalar("load_share", site.load_share, share_range, default_load_share);
    out.install_rate =
        scalar("install_units_per_month", site.install_units_per_month, not_negative, never);
    out.electricity = values.series(path + ".electricity_usd_per_mwh", site.electricity_usd_per_mwh,
                                    any_number, default_electricity);
    out.carbon = values.series(path + ".carbon_kg_per_mwh", site.carbon_kg_per_mwh, not_negative,
                               default_carbon);
    out.colocation = values.series(path + ".colocation_usd_per_kw_month",
                                   site.colocation_usd_per_kw_month, not_negative, 0);
    const Slot build = scalar("build_usd_per_mw", site.build_usd_per_mw, not_negative, 0);
    if (site.power)
        for (const auto& [key, increment] : *site.power) {
            const std::string at = path + ".power." + key;
            PlanIncrement step;
            step.from = plan.grid.starts(increment.from);
            step.mw = values.scalar(at + ".critical_mw", increment.critical_mw, not_negative);
            if (increment.delay_months)
                step.delay =
                    values.scalar(at + ".delay_months", *increment.delay_months, any_number);
            step.build_usd_per_mw = increment.build_usd_per_mw
                                        ? values.scalar(at + ".build_usd_per_mw",
                                                        *increment.build_usd_per_mw, not_negative)
                                        : build;
            out.increments.push_back(step);
        }
    return out;
}

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
    plan.correlation = lower_correlation(scenario, plan, values);
    return plan;
}

} // namespace fleetcast
