// fleetcast catalog: the accelerators that are built in.
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/cli/catalog_text.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/csv.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

const CatalogEntry& entry_named(const Catalog& catalog, const std::string& id) {
    if (const auto index = index_of(catalog.accelerators, id))
        return catalog.accelerators[*index];
    std::string hint = did_you_mean(id, names_of(catalog.accelerators));
    if (hint.empty())
        hint = "`fleetcast catalog` lists them";
    throw Failure(Exit::usage, fmt::format("unknown accelerator {}: {}", shown(id), hint));
}

std::string rendered(const Catalog& catalog, const CatalogEntry* only, std::string_view format,
                     const TerminalStyle& style) {
    if (format == "json")
        return catalog_json(catalog, only);
    if (format == "csv")
        return to_csv(only == nullptr ? catalog_table(catalog)
                                      : catalog_entry_table(*only, catalog));
    return only == nullptr ? catalog_list(catalog, style) : catalog_entry(*only, catalog, style);
}

int run(const Arguments& arguments) {
    if (arguments.names.size() > 1)
        throw Failure(Exit::usage, fmt::format("catalog takes one accelerator, but {} is a second",
                                               shown(arguments.names[1])));
    const auto destinations = destinations_of(arguments, {});
    const Catalog catalog = load_catalog();
    const CatalogEntry* only =
        arguments.names.empty() ? nullptr : &entry_named(catalog, arguments.names.front());
    TerminalStyle style = style_of_stdout(looks_of(arguments));
    style.width = std::clamp(style.width, 20, 240); // as the terminal format of a forecast
    std::vector<Output> outputs;
    for (const Destination& each : destinations) {
        outputs.push_back(
            {each.target, rendered(catalog, only, each.format, style_for(each, style))});
    }
    write_outputs(outputs, arguments.has("--no-clobber"));
    return 0;
}

} // namespace

Command catalog_command() {
    return {
        .name = "catalog",
        .synopsis = "[ID] [options]",
        .summary = "the accelerators it knows, each figure with its source",
        .about =
            "Lists the accelerators that are built in: dense BF16, memory, the power that one "
            "takes with its share of the server, and how many H100s it is worth. With an ID, "
            "every figure of that one with its unit, source, date and how far it was checked.\n\n"
            "A scenario names an accelerator by its id, and may correct it or add its own under "
            "`accelerators`.",
        .options = joined({output_options(), looks_options()}),
        .examples = {"fleetcast catalog", "fleetcast catalog nvidia-h100-sxm",
                     "fleetcast catalog --format csv > accelerators.csv"},
        .run = run,
    };
}

} // namespace fleetcast
