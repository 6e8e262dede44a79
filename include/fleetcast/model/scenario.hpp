// The whole of what a planner wrote.
#pragma once

#include <fleetcast/model/accelerator.hpp>
#include <fleetcast/model/expectation.hpp>
#include <fleetcast/model/site.hpp>
#include <fleetcast/model/source.hpp>
#include <fleetcast/model/workload.hpp>

namespace fleetcast {

/// A correction of the catalogue, or an accelerator of the user's own.
struct AcceleratorEntry {
    std::optional<std::string> like;
    std::optional<std::string> name, vendor;
    Named<double> figures; // by the names of figure_kinds
    bool operator==(const AcceleratorEntry&) const = default;
};

struct Finance {
    std::optional<double> discount_rate_share; // a year
    std::optional<double> depreciation_months;
    std::optional<double> site_depreciation_months;
    unsigned year_starts = 1; // first month of the financial year
    bool operator==(const Finance&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("discount_rate_share", &Finance::discount_rate_share, "discount rate a year")
                .in({.low = -1, .low_open = true}),
            field("depreciation_months", &Finance::depreciation_months,
                  "straight-line depreciation of hardware")
                .in(positive),
            field("site_depreciation_months", &Finance::site_depreciation_months,
                  "straight-line depreciation of build cost")
                .in(positive),
        };
    }
};

/// Rank or normal-score correlation between every pair of the listed inputs.
struct Correlation {
    std::string title;
    std::vector<std::string> between; // paths
    std::optional<double> rank, normal;
    bool operator==(const Correlation&) const = default;

    static constexpr auto fields() {
        constexpr Range correlation{.low = -1, .high = 1};
        return std::tuple{
            field("between", &Correlation::between, "paths of uncertain inputs").required(),
            field("rank", &Correlation::rank, "Spearman correlation of each pair").in(correlation),
            field("normal", &Correlation::normal, "correlation of the normal scores")
                .in(correlation),
        };
    }
};

/// A cost that is no accelerator's and no site's.
struct Cost {
    std::string title;
    std::optional<Scalar> usd;
    std::optional<Date> at;
    std::optional<Series> usd_per_month;
    std::optional<Date> from, to;
    bool operator==(const Cost&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("usd", &Cost::usd, "spent once"),
            field("at", &Cost::at, "when it is spent"),
            field("usd_per_month", &Cost::usd_per_month, "spent every month"),
            field("from", &Cost::from, "first day"),
            field("to", &Cost::to, "last day"),
        };
    }
};

struct Scenario {
    std::string title;
    std::string description;
    Date start, end;
    Step step = Step::month;
    std::optional<Every> report_every; // period when left out
    Basis h100e_basis = Basis::bf16;
    Named<AcceleratorEntry> accelerators;
    Named<Series> inputs;
    Named<Source> sources;
    Named<Site> sites;
    Named<Workload> workloads;
    Finance finance;
    Named<Correlation> correlations;
    Named<Milestone> milestones;
    Named<Cost> costs;
    Named<Check> checks;
    bool operator==(const Scenario&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("description", &Scenario::description, "free text"),
            field("start", &Scenario::start, "first day of the horizon").required(),
            field("end", &Scenario::end, "last day of the horizon").required(),
            field("step", &Scenario::step, "month or week"),
            field("report_every", &Scenario::report_every, "period, quarter or year"),
            field("h100e_basis", &Scenario::h100e_basis, "bf16, fp8, memory_bandwidth or memory"),
            field("accelerators", &Scenario::accelerators, "additions to the catalogue"),
            field("inputs", &Scenario::inputs, "named scalars and series"),
            field("sources", &Scenario::sources, "supply, in the order of installation").required(),
            field("sites", &Scenario::sites, "where accelerators are powered"),
            field("workloads", &Scenario::workloads, "demand, by team and priority"),
            field("finance", &Scenario::finance, "discounting, depreciation, financial year"),
            field("correlations", &Scenario::correlations, "what moves together"),
            field("milestones", &Scenario::milestones, "when will it be reached"),
            field("costs", &Scenario::costs, "other costs"),
            field("checks", &Scenario::checks, "what must hold"),
        };
    }
};

} // namespace fleetcast
