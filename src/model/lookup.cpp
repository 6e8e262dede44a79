// Accelerators after the scenario's corrections, the common parts of sources, what a value names.
#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <unordered_set>

namespace fleetcast {

namespace {

/// Puts an entry's own name, vendor and figures into its model.
void correct(Accelerator& model, const std::string& id, const AcceleratorEntry& entry) {
    if (entry.name || model.name.empty())
        model.name = entry.name.value_or(id);
    if (entry.vendor)
        model.vendor = *entry.vendor;
    for (const auto& [name, value] : entry.figures) {
        const Figure figure{value, "scenario", "", "scenario"};
        if (const auto at = index_of(model.figures, name))
            model.figures[*at].second = figure;
        else
            model.figures.emplace_back(name, figure);
    }
}

} // namespace

AcceleratorFinder::AcceleratorFinder(const Scenario& scenario, const Catalog& catalog)
    : scenario_(&scenario), catalog_(&catalog), entries_(name_index(scenario.accelerators)) {}

bool AcceleratorFinder::knows(std::string_view id) const {
    return entries_.contains(id) || fleetcast::find(catalog_->accelerators, id);
}

const Accelerator* AcceleratorFinder::find(std::string_view id) {
    const auto [found, is_new] = found_.try_emplace(std::string(id));
    if (is_new)
        found->second = resolved(id);
    return found->second ? &*found->second : nullptr;
}

std::optional<Accelerator> AcceleratorFinder::resolved(std::string_view id) const {
    std::vector<std::size_t> chain; // entries, from that of `id` down
    bool ends_here = false;         // the last of them has no model but the catalogue's own
    for (auto at = entries_.find(id); at != entries_.end() && !ends_here; at = entries_.find(id)) {
        if (chain.size() == entries_.size())
            return std::nullopt; // in a circle
        chain.push_back(at->second);
        const auto& like = scenario_->accelerators[at->second].second.like;
        ends_here = !like || *like == id;
        if (!ends_here)
            id = *like;
    }
    const Accelerator* known = fleetcast::find(catalog_->accelerators, id);
    if (!known && !ends_here)
        return std::nullopt;
    Accelerator model = known ? *known : Accelerator{};
    for (; !chain.empty(); chain.pop_back()) {
        const auto& [name, entry] = scenario_->accelerators[chain.back()];
        correct(model, name, entry);
    }
    return model;
}

std::optional<Accelerator> find_accelerator(const Scenario& scenario, const Catalog& catalog,
                                            std::string_view id) {
    AcceleratorFinder finder(scenario, catalog);
    const Accelerator* found = finder.find(id);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<std::string> accelerator_ids(const Scenario& scenario, const Catalog& catalog) {
    std::vector<std::string> ids = names_of(scenario.accelerators);
    for (const auto& [id, accelerator] : catalog.accelerators)
        if (!find(scenario.accelerators, id))
            ids.push_back(id);
    return ids;
}

const Hardware* hardware_of(const Source& source) {
    return std::visit(
        [](const auto& kind) -> const Hardware* {
            if constexpr (std::is_base_of_v<Hardware, std::decay_t<decltype(kind)>>)
                return &kind;
            else
                return nullptr;
        },
        source);
}

const Procured* procured_of(const Source& source) {
    return std::visit(
        [](const auto& kind) -> const Procured* {
            if constexpr (std::is_base_of_v<Procured, std::decay_t<decltype(kind)>>)
                return &kind;
            else
                return nullptr;
        },
        source);
}

const Lease* lease_of(const Source& source) { return std::get_if<Lease>(&source); }

const std::optional<std::string>& accelerator_of(const Source& source) {
    return std::visit(
        [](const auto& kind) -> const auto& { return kind.accelerator; }, source);
}

std::vector<std::string> accelerators_in_use(const Scenario& scenario) {
    std::vector<std::string> ids;
    std::unordered_set<std::string_view> seen;
    for (const auto& [name, source] : scenario.sources)
        if (const auto& id = accelerator_of(source); id && seen.insert(*id).second)
            ids.push_back(*id);
    return ids;
}

std::vector<std::string> teams_of(const Scenario& scenario) {
    std::vector<std::string> teams;
    std::unordered_set<std::string_view> seen;
    for (const auto& [name, workload] : scenario.workloads)
        if (workload.team && seen.insert(*workload.team).second)
            teams.push_back(*workload.team);
    return teams;
}

bool takes(const Site& site, const Hardware& hardware) {
    return !site.accelerators ||
           (hardware.accelerator &&
            std::ranges::count(*site.accelerators, *hardware.accelerator) > 0);
}

std::vector<std::size_t> sites_of(const Scenario& scenario, const Hardware& hardware) {
    std::vector<std::size_t> indices;
    std::vector<bool> is_in(scenario.sites.size(), false);
    const auto add = [&](std::size_t i) {
        if (is_in[i] || !takes(scenario.sites[i].second, hardware))
            return;
        is_in[i] = true;
        indices.push_back(i);
    };
    if (!hardware.sites) {
        for (std::size_t i = 0; i < scenario.sites.size(); ++i)
            add(i);
        return indices;
    }
    for (const std::string& name : *hardware.sites)
        if (const auto i = index_of(scenario.sites, name))
            add(*i);
    return indices;
}

std::vector<std::string> inputs_of(const Scalar& scalar) {
    std::vector<std::string> names;
    if (const auto* reference = std::get_if<Reference>(&scalar.value))
        names.push_back(reference->input);
    if (const auto* formula = std::get_if<Formula>(&scalar.value))
        for (const FormulaStep& step : formula->steps)
            if (step.op == Operator::name)
                names.push_back(step.input);
    return names;
}

std::vector<std::string> inputs_of(const Series& series) {
    if (const auto* scalar = std::get_if<Scalar>(&series.value))
        return inputs_of(*scalar);
    std::vector<std::string> names;
    const auto add = [&](const Scalar& scalar) {
        for (const std::string& name : inputs_of(scalar))
            names.push_back(name);
    };
    if (const auto* points = std::get_if<Points>(&series.value))
        for (const auto& [date, scalar] : points->points)
            add(scalar);
    if (const auto* growth = std::get_if<Growth>(&series.value)) {
        add(growth->start);
        add(growth->growth_per_year);
    }
    return names;
}

} // namespace fleetcast
