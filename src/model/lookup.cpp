#include <fleetcast/model/lookup.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

/// `chain`: the ids whose model is being looked for; one of them again is a circle.
std::optional<Accelerator> resolve(const Scenario& scenario, const Catalog& catalog,
                                   std::string_view id, std::vector<std::string_view>& chain) {
    const Accelerator* known = find(catalog.accelerators, id);
    const AcceleratorEntry* entry = find(scenario.accelerators, id);
    if (!entry)
        return known ? std::optional(*known) : std::nullopt;
    Accelerator out;
    if (entry->like && *entry->like != id) {
        chain.push_back(id);
        const bool circle = std::ranges::count(chain, std::string_view(*entry->like)) > 0;
        const auto model = circle ? std::nullopt : resolve(scenario, catalog, *entry->like, chain);
        if (!model)
            return std::nullopt;
        out = *model;
    } else if (known) {
        out = *known;
    }
    out.name = entry->name.value_or(out.name.empty() ? std::string(id) : out.name);
    out.vendor = entry->vendor.value_or(out.vendor);
    for (const auto& [name, value] : entry->figures) {
        const Figure figure{value, "scenario", "", "scenario"};
        if (const auto at = index_of(out.figures, name))
            out.figures[*at].second = figure;
        else
            out.figures.emplace_back(name, figure);
    }
    return out;
}

bool varies(const Scenario& scenario, std::string_view input, std::vector<std::string>& seen) {
    const Series* series = find(scenario.inputs, input);
    if (!series || std::ranges::count(seen, input) > 0)
        return false;
    if (!std::holds_alternative<Scalar>(series->value))
        return true;
    seen.emplace_back(input);
    const auto names = inputs_of(std::get<Scalar>(series->value));
    return std::ranges::any_of(
        names, [&](const std::string& name) { return varies(scenario, name, seen); });
}

} // namespace

std::optional<Accelerator> find_accelerator(const Scenario& scenario, const Catalog& catalog,
                                            std::string_view id) {
    std::vector<std::string_view> chain;
    return resolve(scenario, catalog, id, chain);
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
    for (const auto& [name, source] : scenario.sources)
        if (const auto& id = accelerator_of(source); id && std::ranges::count(ids, *id) == 0)
            ids.push_back(*id);
    return ids;
}

std::vector<std::size_t> sites_of(const Scenario& scenario, const Hardware& hardware) {
    std::vector<std::size_t> indices;
    const auto allows = [&](const Site& site) {
        return !site.accelerators ||
               (hardware.accelerator &&
                std::ranges::count(*site.accelerators, *hardware.accelerator) > 0);
    };
    const auto add = [&](std::size_t i) {
        if (allows(scenario.sites[i].second) && std::ranges::count(indices, i) == 0)
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

bool varies_in_time(const Scenario& scenario, std::string_view input) {
    std::vector<std::string> seen;
    return varies(scenario, input, seen);
}

bool varies_in_time(const Scenario& scenario, const Scalar& scalar) {
    const auto names = inputs_of(scalar);
    return std::ranges::any_of(
        names, [&](const std::string& name) { return varies_in_time(scenario, name); });
}

} // namespace fleetcast
