// The catalogue for machines.
#include <fleetcast/cli/catalog_text.hpp>

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/figure_text.hpp>

#include <fmt/format.h>

namespace fleetcast {
namespace {

Cell cell(std::optional<double> value) { return value ? Cell(*value) : Cell(); }

std::string json_text(std::string_view raw) {
    std::string text = "\"";
    for (const char c : valid_utf8(raw)) {
        if (c == '"' || c == '\\')
            text.append(1, '\\').append(1, c);
        else if (static_cast<unsigned char>(c) < 0x20)
            text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            text += c;
    }
    return text + '"';
}

/// Members of an object in order: on one line, or each on a line of its own at `indent`.
struct Members {
    int indent = 0;
    std::string text;

    void put(std::string_view key, const std::string& json) {
        text += text.empty() ? "" : indent > 0 ? "," : ", ";
        if (indent > 0)
            text += '\n' + std::string(static_cast<std::size_t>(indent), ' ');
        text += fmt::format("{}: {}", json_text(key), json);
    }
    void put_text(std::string_view key, const std::string& value) {
        if (!value.empty())
            put(key, json_text(value));
    }
    std::string object() const {
        if (indent == 0 || text.empty())
            return "{" + text + "}";
        return "{" + text + '\n' + std::string(static_cast<std::size_t>(indent - 2), ' ') + "}";
    }
};

std::string figures_json(const Accelerator& accelerator) {
    Members figures{8, ""};
    for (const FigureKind& kind : figure_kinds)
        if (const Figure* figure = find(accelerator.figures, kind.name)) {
            Members members;
            members.put("value", figure_text(figure->value));
            members.put_text("unit", std::string(kind.unit));
            members.put_text("source", figure->source);
            members.put_text("date", figure->date);
            members.put_text("check", figure->check);
            figures.put(kind.name, members.object());
        }
    return figures.object();
}

std::string price_json(const PriceRange& price) {
    Members members;
    members.put("low", figure_text(price.low));
    members.put("high", figure_text(price.high));
    members.put_text("basis", price.basis);
    members.put_text("source", price.source);
    members.put_text("date", price.date);
    members.put_text("check", price.check);
    return members.object();
}

std::string accelerator_json(const Accelerator& accelerator, const Catalog& catalog) {
    Members members{6, ""};
    members.put_text("name", accelerator.name);
    members.put_text("vendor", accelerator.vendor);
    members.put_text("announced", accelerator.announced);
    members.put_text("general_availability", accelerator.general_availability);
    members.put_text("server_name", accelerator.server_name);
    if (const auto power = unit_power(accelerator)) {
        members.put("unit_power_kw", figure_text(power->kw));
        members.put("unit_power_estimated", power->estimated ? "true" : "false");
    }
    Members equivalences;
    for (const Basis basis : {Basis::bf16, Basis::fp8, Basis::memory_bandwidth, Basis::memory})
        if (const auto value = equivalence(accelerator, catalog, basis))
            equivalences.put(text_of(basis), figure_text(*value));
    members.put("h100e", equivalences.object());
    members.put("figures", figures_json(accelerator));
    if (accelerator.price)
        members.put("price_usd", price_json(*accelerator.price));
    std::string sources;
    for (const std::string& source : accelerator.sources)
        sources += (sources.empty() ? "" : ", ") + json_text(source);
    members.put("sources", "[" + sources + "]");
    members.put_text("note", accelerator.note);
    return members.object();
}

} // namespace

Table catalog_table(const Catalog& catalog) {
    Table table{{{"id", "", Kind::text},
                 {"name", "", Kind::text},
                 {"vendor", "", Kind::text},
                 {"announced", "", Kind::text},
                 {"bf16_tflops", "TFLOP/s", Kind::number},
                 {"memory_gb", "GB", Kind::number},
                 {"kw_per_unit", "kW", Kind::number},
                 {"kw_estimated", "", Kind::text},
                 {"h100e", "h100e", Kind::number}},
                {}};
    for (const auto& [id, accelerator] : catalog.accelerators) {
        const auto power = unit_power(accelerator);
        table.rows.push_back({id, accelerator.name, accelerator.vendor, accelerator.announced,
                              cell(basis_figure(accelerator, Basis::bf16)),
                              cell(basis_figure(accelerator, Basis::memory)),
                              cell(power ? std::optional(power->kw) : std::nullopt),
                              std::string(!power             ? ""
                                          : power->estimated ? "yes"
                                                             : "no"),
                              cell(equivalence(accelerator, catalog, Basis::bf16))});
    }
    return table;
}

Table catalog_entry_table(const CatalogEntry& entry, const Catalog& catalog) {
    Table table{{{"id", "", Kind::text},
                 {"figure", "", Kind::text},
                 {"value", "", Kind::number},
                 {"unit", "", Kind::text},
                 {"source", "", Kind::text},
                 {"date", "", Kind::text},
                 {"check", "", Kind::text}},
                {}};
    const auto& [id, accelerator] = entry;
    const auto add = [&](std::string_view name, double value, std::string_view unit,
                         const Figure& from) {
        table.rows.push_back(
            {id, std::string(name), value, std::string(unit), from.source, from.date, from.check});
    };
    for (const FigureKind& kind : figure_kinds)
        if (const Figure* figure = find(accelerator.figures, kind.name))
            add(kind.name, figure->value, kind.unit, *figure);
    if (const auto& price = accelerator.price) {
        const Figure from{0, price->source, price->date, price->check};
        add("price_usd_low", price->low, "USD", from);
        add("price_usd_high", price->high, "USD", from);
    }
    if (const auto power = unit_power(accelerator))
        add("unit_power_kw", power->kw, "kW",
            {0, "derived", "", power->estimated ? "estimate" : ""});
    for (const Basis basis : {Basis::bf16, Basis::fp8, Basis::memory_bandwidth, Basis::memory})
        if (const auto value = equivalence(accelerator, catalog, basis))
            add(fmt::format("h100e_{}", text_of(basis)), *value, "h100e", {0, "derived", "", ""});
    return table;
}

std::string catalog_json(const Catalog& catalog, const CatalogEntry* only) {
    Members accelerators{4, ""}, all{2, ""};
    for (const auto& [id, accelerator] : catalog.accelerators)
        if (only == nullptr || only->first == id)
            accelerators.put(id, accelerator_json(accelerator, catalog));
    all.put_text("catalog_version", catalog.version);
    all.put("accelerators", accelerators.object());
    return all.object() + '\n';
}

} // namespace fleetcast
