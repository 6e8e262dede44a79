#include <fleetcast/model/visit_values.hpp>

#include <array>
#include <type_traits>

namespace fleetcast {

namespace {

using Visit = std::function<void(const ValueSpot&)>;

class Walker {
public:
    explicit Walker(const Visit& visit) : visit_(visit) {}

    void value(const std::string& path, std::string_view field, Range range, const Scalar& scalar,
               bool in_time = false, const std::string& citation = {}) {
        visit_({path, unit_of(field), range, &scalar, in_time,
                scalar.citation.empty() ? citation : scalar.citation});
    }
    void value(const std::string& path, std::string_view field, Range range, const Series& series) {
        if (const auto* scalar = std::get_if<Scalar>(&series.value)) {
            value(path, field, range, *scalar, true, series.citation);
        } else if (const auto* points = std::get_if<Points>(&series.value)) {
            for (std::size_t i = 0; i < points->points.size(); ++i)
                value(path + ".points." + points->keys[i], field, range, points->points[i].second,
                      false, series.citation);
        } else {
            const auto& growth = std::get<Growth>(series.value);
            value(path + ".start", field, range, growth.start, false, series.citation);
            value(path + ".growth_per_year", "share", growth_range, growth.growth_per_year, false,
                  series.citation);
        }
    }
    template <class T>
    void value(const std::string& path, std::string_view field, Range range,
               const std::optional<T>& optional) {
        if (optional)
            value(path, field, range, *optional);
    }
    template <class T>
    void value(const std::string& path, std::string_view, Range range, const Named<T>& named) {
        for (const auto& [name, item] : named)
            value(path + "." + name, name, range, item);
    }
    void value(const std::string& path, std::string_view, Range range,
               const std::vector<std::pair<Date, Scalar>>& vintages) {
        for (const auto& [date, scalar] : vintages)
            value(path + "." + text_of(date), "units", range, scalar);
    }
    void value(const std::string& path, std::string_view, Range, const Deliveries& deliveries) {
        if (const auto* schedule = std::get_if<ScheduledDeliveries>(&deliveries)) {
            for (const auto& [span, scalar] : schedule->schedule)
                value(path + ".schedule." + span.key, "units", not_negative, scalar);
        } else if (const auto* reach = std::get_if<ReachDeliveries>(&deliveries)) {
            const std::string form = reach->h100e ? "reach_h100e" : "reach";
            value(path + "." + form, reach->h100e ? "h100e" : "units", not_negative, reach->target);
        } else {
            members(path, std::get<UnitDeliveries>(deliveries));
        }
    }
    template <HasFields T>
    void value(const std::string& path, std::string_view, Range, const T& item) {
        members(path, item);
    }
    template <class T>
    requires(!HasFields<T>) void value(const std::string&, std::string_view, Range, const T&) {
    } // no values within

    template <HasFields T> void members(const std::string& path, const T& item) {
        const auto visit_row = [&](const auto& row) {
            value(path + "." + std::string(row.name), row.name, row.range, item.*row.member);
        };
        std::apply([&](const auto&... rows) { (visit_row(rows), ...); }, T::fields());
    }

private:
    const Visit& visit_;
};

} // namespace

void visit_values(const Scenario& scenario, const Visit& visit) {
    Walker walker(visit);
    for (const auto& [name, series] : scenario.inputs)
        walker.value("inputs." + name, name, any_number, series);
    for (const auto& [name, source] : scenario.sources)
        std::visit([&](const auto& kind) { walker.members("sources." + name, kind); }, source);
    for (const auto& [name, site] : scenario.sites)
        walker.members("sites." + name, site);
    for (const auto& [name, workload] : scenario.workloads) {
        walker.members("workloads." + name, workload);
        std::visit([&](const auto& kind) { walker.members("workloads." + name, kind); },
                   workload.kind);
    }
    for (const auto& [name, cost] : scenario.costs)
        walker.members("costs." + name, cost);
}

std::string unit_of(std::string_view field) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 21> endings{{
        {"_usd_per_mwh", "usd_per_mwh"},
        {"_kg_per_mwh", "kg_per_mwh"},
        {"_usd_per_kw_month", "usd_per_kw_month"},
        {"_usd_per_hour", "usd_per_hour"},
        {"_usd_per_mw", "usd_per_mw"},
        {"_usd_per_month", "usd_per_month"},
        {"_units_per_month", "units_per_month"},
        {"share_per_year", "share_per_year"},
        {"_usd", "usd"},
        {"_mw", "mw"},
        {"_months", "months"},
        {"_days", "days"},
        {"_share", "share"},
        {"_hours", "hours"},
        {"failure_rate", "per_year"},
        {"_mwh", "mwh"},
        {"kw_per_unit", "kw"},
        {"flop_per_token", "flop_per_token"},
        {"tokens_per_day", "tokens_per_day"},
        {"_flop", "flop"},
        {"_h100e", "h100e"},
    }};
    for (const auto& [ending, unit] : endings)
        if (field.ends_with(ending))
            return std::string(unit);
    for (const std::string_view whole : {"units", "h100e", "usd", "usd_per_month", "share", "flop"})
        if (field == whole)
            return std::string(whole);
    return field == "pue" || field == "peak_to_mean" ? "ratio" : "";
}

} // namespace fleetcast
