#include <fleetcast/load/catalog.hpp>

#include <fleetcast/base/embedded.hpp>
#include <fleetcast/load/document.hpp>

#include <fmt/format.h>

namespace fleetcast {

namespace {

std::string text(const Node& node, std::string_view key) {
    const Member* member = node.find(key);
    return member ? member->value.text : std::string();
}

double number(const Node& node, std::string_view key) {
    const Member* member = node.find(key);
    return member ? member->value.number : 0.0;
}

Accelerator accelerator_of(const Node& node) {
    Accelerator out;
    out.name = text(node, "name");
    out.vendor = text(node, "vendor");
    out.announced = text(node, "announced");
    out.general_availability = text(node, "general_availability");
    out.server_name = text(node, "server_name");
    out.note = text(node, "note");
    if (const Member* figures = node.find("figures"))
        for (const auto& [name, key_place, figure] : figures->value.members)
            out.figures.emplace_back(name, Figure{number(figure, "value"), text(figure, "source"),
                                                  text(figure, "date"), text(figure, "check")});
    if (const Member* price = node.find("price_usd"))
        out.price = PriceRange{number(price->value, "low"), number(price->value, "high"),
                               text(price->value, "date"),  text(price->value, "source"),
                               text(price->value, "check"), text(price->value, "basis")};
    if (const Member* sources = node.find("sources"))
        for (const Node& source : sources->value.items)
            out.sources.push_back(source.text);
    return out;
}

} // namespace

Catalog load_catalog() {
    const Sources sources{{{"catalog.json", std::string(embedded_text("data/catalog.json"))}}};
    auto document = parse_document(sources, 0);
    if (const auto* problems = std::get_if<Problems>(&document))
        throw Failure(Exit::internal,
                      "the built-in catalogue: " + format_problem(problems->front(), sources));
    const Node& root = std::get<Node>(document);
    Catalog catalog{text(root, "version"), {}};
    if (const Member* accelerators = root.find("accelerators"))
        for (const auto& [id, key_place, entry] : accelerators->value.members)
            catalog.accelerators.emplace_back(id, accelerator_of(entry));
    return catalog;
}

} // namespace fleetcast
