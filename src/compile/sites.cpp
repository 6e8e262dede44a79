// A site and its increments of power; what is paid in parts.
#include "lower.hpp"

#include <fleetcast/compile/compile.hpp>

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

} // namespace

std::vector<PlanPayment> lower_payment(const std::optional<std::vector<Payment>>& payment) {
    const auto is_later = [](const Payment& part) {
        return part.share > 0 && part.months_before_delivery != 0;
    };
    if (!payment || std::ranges::none_of(*payment, is_later))
        return {};
    double sum = 0; // 1, but for what the format lets pass
    for (const Payment& part : *payment)
        sum += part.share;
    std::vector<PlanPayment> out;
    for (const Payment& part : *payment)
        if (part.share > 0)
            out.push_back({part.share / sum, part.months_before_delivery});
    return out;
}

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
        scalar("install_units_per_month", site.install_units_per_month, not_negative, unlimited);
    out.electricity = values.series(path + ".electricity_usd_per_mwh", site.electricity_usd_per_mwh,
                                    any_number, default_electricity);
    out.carbon = values.series(path + ".carbon_kg_per_mwh", site.carbon_kg_per_mwh, not_negative,
                               default_carbon);
    out.colocation = values.series(path + ".colocation_usd_per_kw_month",
                                   site.colocation_usd_per_kw_month, not_negative, 0);
    const auto payment = lower_payment(site.payment);
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
            step.payment = increment.payment ? lower_payment(increment.payment) : payment;
            out.increments.push_back(step);
        }
    return out;
}

} // namespace fleetcast
