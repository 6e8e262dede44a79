// The catalogue in its three formats. Interface: the functions below.
#pragma once

#include <fleetcast/model/accelerator.hpp>
#include <fleetcast/report/layout.hpp>
#include <fleetcast/report/table.hpp>

#include <optional>
#include <string>

namespace fleetcast {

/// One accelerator with its id, or the whole catalogue.
using CatalogEntry = std::pair<std::string, Accelerator>;

/// H100-equivalents of one accelerator on a basis, not rounded; nothing without its figure.
std::optional<double> equivalence(const Accelerator& accelerator, const Catalog& catalog,
                                  Basis basis);

std::string catalog_list(const Catalog& catalog, const TerminalStyle& style);
std::string catalog_entry(const CatalogEntry& entry, const Catalog& catalog,
                          const TerminalStyle& style);

/// A row for each accelerator.
Table catalog_table(const Catalog& catalog);
/// A row for each figure of one accelerator.
Table catalog_entry_table(const CatalogEntry& entry, const Catalog& catalog);

/// The named accelerator alone, or all of them.
std::string catalog_json(const Catalog& catalog, const CatalogEntry* only);

} // namespace fleetcast
