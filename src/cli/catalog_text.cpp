// The catalogue for people.
#include <fleetcast/cli/catalog_text.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {
namespace {

constexpr std::string_view no_figure_mark = "-";
constexpr int beside_names = 61;    // columns of ids and figures in the list
constexpr int least_name_room = 12; // below it the list goes without names

std::string plain(std::optional<double> value) {
    return value ? shortest(*value) : std::string(no_figure_mark);
}

/// Three decimals at most, as 1.4025 is "1.403".
std::string rounded(std::optional<double> value) {
    return value ? with_thousands(*value, 3) : std::string(no_figure_mark);
}

std::optional<double> figure_of(const Accelerator& accelerator, std::string_view name) {
    const Figure* figure = find(accelerator.figures, name);
    return figure == nullptr ? std::nullopt : std::optional(figure->value);
}

std::string kw_of(const Accelerator& accelerator) {
    const auto power = unit_power(accelerator);
    if (!power)
        return std::string(no_figure_mark) + " ";
    return with_thousands(power->kw, 3) + (power->estimated ? "*" : " ");
}

/// Cells of one width, at most `most`, so that a right-aligned column looks left-aligned.
std::vector<std::string> left_aligned(std::vector<std::string> cells, int most,
                                      const TerminalStyle& style) {
    int width = 0;
    for (std::string& cell : cells) {
        cell = cut_middle(cell, most, ellipsis(style));
        width = std::max(width, columns_of(cell));
    }
    for (std::string& cell : cells)
        cell.append(static_cast<std::size_t>(width - columns_of(cell)), ' ');
    return cells;
}

bool is_weak(std::string_view check) { return check != "verified"; }

/// Sources by number, each once: addresses are long, and must stay whole to be copied.
struct SourceList {
    std::vector<std::string> names;

    std::size_t number(const std::string& name) {
        const auto found = std::ranges::find(names, name);
        if (found == names.end())
            names.push_back(name);
        return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin()) + 1;
    }

    std::string text() const {
        std::string lines;
        for (std::size_t i = 0; i < names.size(); ++i)
            lines += fmt::format("  [{}] {}\n", i + 1, printable(names[i]));
        return lines.empty() ? "" : "\n  Sources\n" + lines;
    }
};

ListItem item(std::string label, std::string text, bool weak = false) {
    return {{std::move(label)}, {std::move(text), weak ? Ink::yellow : Ink::plain}};
}

/// "700 W: rated power of the accelerator [1] 2022-03, verified"
ListItem figure_item(std::string_view name, const std::string& value, std::string_view doc,
                     const Figure& from, SourceList& sources) {
    return item(std::string(name),
                fmt::format("{}: {} [{}] {}, {}{}", value, doc, sources.number(from.source),
                            from.date, from.check, is_weak(from.check) ? " (weak)" : ""),
                is_weak(from.check));
}

/// "0.315 on bf16, 0.313 on fp8"
std::string equivalences(const Accelerator& accelerator, const Catalog& catalog) {
    std::string text;
    for (const Basis basis : {Basis::bf16, Basis::fp8, Basis::memory_bandwidth, Basis::memory})
        if (const auto value = equivalence(accelerator, catalog, basis))
            text += fmt::format("{}{} on {}", text.empty() ? "" : ", ", with_thousands(*value, 3),
                                text_of(basis));
    return text.empty() ? "unknown: a scenario must give h100e" : text;
}

std::string power_text(const Accelerator& accelerator) {
    const auto power = unit_power(accelerator);
    if (!power)
        return "unknown: a scenario must give kw_per_unit";
    return fmt::format("{:.7g} kW, {}", power->kw,
                       power->estimated ? "estimated: TDP x 1.8 x 1.1"
                       : find(accelerator.figures, "kw_per_unit")
                           ? "as given"
                           : "its server / accelerators x 1.1");
}

} // namespace

std::optional<double> equivalence(const Accelerator& accelerator, const Catalog& catalog,
                                  Basis basis) {
    const Accelerator* reference = find(catalog.accelerators, reference_accelerator);
    const auto own = basis_figure(accelerator, basis);
    const auto unit = reference == nullptr ? std::nullopt : basis_figure(*reference, basis);
    return own && unit ? std::optional(*own / *unit) : std::nullopt;
}

std::string catalog_list(const Catalog& catalog, const TerminalStyle& style) {
    Grid grid{"id", names_of(catalog.accelerators), {}};
    std::vector<std::string> names{"name"}, bf16, memory, kw, h100e;
    for (const auto& [id, accelerator] : catalog.accelerators) {
        names.push_back(accelerator.name);
        bf16.push_back(plain(basis_figure(accelerator, Basis::bf16)));
        memory.push_back(plain(figure_of(accelerator, "memory_gb")));
        kw.push_back(kw_of(accelerator));
        h100e.push_back(rounded(equivalence(accelerator, catalog, Basis::bf16)));
    }
    grid.columns = {{"BF16", "TFLOP/s", bf16},
                    {"memory", "GB", memory},
                    {"power ", "kW ", kw},
                    {"H100e", "", h100e}};
    if (const int room = style.width - beside_names; room >= least_name_room) {
        names = left_aligned(names, room, style);
        grid.columns.insert(grid.columns.begin(),
                            GridColumn{names.front(), "", {names.begin() + 1, names.end()}});
    }
    return render_grid(grid, style) + "\n" +
           prose({"  "},
                 {"power: of one unit with its share of server, network and storage; * estimated "
                  "from the TDP alone. H100e: by dense BF16, where there is none by FP16."},
                 style) +
           prose(
               {"  "},
               {fmt::format("{} accelerators, catalogue {}. `fleetcast catalog ID` shows one with "
                            "the source of each figure.",
                            catalog.accelerators.size(), catalog.version)},
               style);
}

std::string catalog_entry(const CatalogEntry& entry, const Catalog& catalog,
                          const TerminalStyle& style) {
    const auto& [id, accelerator] = entry;
    std::string text = prose(
        {""}, {fmt::format("{}: {}, {}", id, accelerator.name, accelerator.vendor), Ink::bold},
        style);
    std::vector<ListItem> items;
    if (!accelerator.announced.empty())
        items.push_back(item("announced", accelerator.announced));
    if (!accelerator.general_availability.empty())
        items.push_back(item("available", accelerator.general_availability));
    if (!accelerator.server_name.empty())
        items.push_back(item("server", accelerator.server_name));
    items.push_back(item("power of one unit", power_text(accelerator)));
    items.push_back(item("H100-equivalents", equivalences(accelerator, catalog)));
    if (!accelerator.note.empty())
        items.push_back(item("note", accelerator.note));
    text += "\n" + section("What a forecast takes", items, style);

    items.clear();
    SourceList sources;
    for (const FigureKind& kind : figure_kinds)
        if (const Figure* figure = find(accelerator.figures, kind.name))
            items.push_back(figure_item(kind.name,
                                        fmt::format("{}{}{}", shortest(figure->value),
                                                    kind.unit.empty() ? "" : " ", kind.unit),
                                        kind.doc, *figure, sources));
    if (const auto& price = accelerator.price)
        items.push_back(figure_item("price, to read only",
                                    fmt::format("{} to {} USD", with_thousands(price->low, 0),
                                                with_thousands(price->high, 0)),
                                    price->basis, {0, price->source, price->date, price->check},
                                    sources));
    text += "\n" + section("Figures", items, style);
    for (const std::string& source : accelerator.sources)
        sources.number(source);
    return text + sources.text() + "\n" +
           prose({"  "},
                 {"Weak figures are partial, estimate, digest (read in a text that quotes the "
                  "source) or unverified. A price is for reading: no forecast takes it."},
                 style);
}

} // namespace fleetcast
