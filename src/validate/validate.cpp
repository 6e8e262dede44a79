// The parts of a scenario one after the other; the horizon, the accelerators and the costs are
// short enough to stand here.
#include <fleetcast/validate/validate.hpp>

#include "rules.hpp"

#include <fmt/format.h>

namespace fleetcast {

namespace {

void validate_horizon(const Scenario& scenario, Findings& findings) {
    if (!is_given(scenario.start) || !is_given(scenario.end))
        return;
    if (last_moment(scenario.end) <= first_moment(scenario.start))
        return findings.wrong("end", fmt::format("must not be before the start, {}, got {}",
                                                 text_of(scenario.start), text_of(scenario.end)));
    if (scenario.step == Step::month && scenario.start.day > 1)
        findings.wrong(
            "start",
            fmt::format("must be the first day of a month, got {}", text_of(scenario.start)),
            "with \"step\":\"week\" any day will do");
    const double periods = period_count(scenario.start, scenario.end, scenario.step);
    if (periods > most_periods)
        findings.wrong(
            "end", fmt::format("the horizon has {} periods, the cap is {}", periods, most_periods),
            scenario.step == Step::week ? "a \"step\" of a month makes fewer" : "end earlier");
}

void validate_costs(const Scenario& scenario, Findings& findings) {
    for (const auto& [name, cost] : scenario.costs) {
        const std::string path = "costs." + name;
        const bool once = cost.usd || cost.at;
        if (once && (cost.usd_per_month || cost.from || cost.to))
            findings.wrong(path, "takes one form: \"usd\" with \"at\", or \"usd_per_month\" with "
                                 "\"from\" and \"to\"");
        else if (once ? !(cost.usd && cost.at) : !cost.usd_per_month)
            findings.wrong(path, "needs \"usd\" with \"at\", or \"usd_per_month\"");
        const Date& from = cost.from.value_or(scenario.start);
        if (cost.to && last_moment(*cost.to) <= first_moment(from))
            findings.wrong(path + ".to", fmt::format("must not be before {}", text_of(from)));
    }
}

void validate_accelerators(const Scenario& scenario, const Catalog& catalog, Findings& findings) {
    const auto reference = find_accelerator(scenario, catalog, reference_accelerator);
    if (reference && !basis_figure(*reference, scenario.h100e_basis))
        findings.wrong("accelerators." + std::string(reference_accelerator),
                       fmt::format("has no figure on the basis {}, by which all others are counted",
                                   text_of(scenario.h100e_basis)));
    const AcceleratorFinder accelerators(scenario, catalog);
    const auto ids = accelerator_ids(scenario, catalog);
    const NameIndex entries = name_index(scenario.accelerators);
    Graph models(scenario.accelerators.size());
    for (std::size_t i = 0; i < models.size(); ++i) {
        const auto& [id, entry] = scenario.accelerators[i];
        if (!entry.like || (*entry.like == id && find(catalog.accelerators, id)))
            continue; // one that is like itself corrects the catalogue
        if (!accelerators.knows(*entry.like))
            findings.unknown("accelerators." + id + ".like", "accelerator", *entry.like, ids);
        else if (const auto model = entries.find(*entry.like); model != entries.end())
            models[i].push_back(model->second);
    }
    for (const auto& circle : walk(models).circles)
        for (const std::size_t i : circle)
            findings.wrong("accelerators." + scenario.accelerators[i].first + ".like",
                           "leads back to itself");
}

} // namespace

Problems validate(const Scenario& scenario, const Catalog& catalog) {
    Findings findings;
    validate_horizon(scenario, findings);
    validate_accelerators(scenario, catalog, findings);
    validate_inputs(scenario, findings);
    validate_sources(scenario, catalog, findings);
    validate_sites(scenario, catalog, findings);
    validate_workloads(scenario, catalog, findings);
    validate_correlations(scenario, findings);
    validate_costs(scenario, findings);
    return std::move(findings.problems);
}

} // namespace fleetcast
