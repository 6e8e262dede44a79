// Reads distributions: the table of their keys, what stands beside them, mixtures.
// Interface: is_distribution(), scalar_keys(), read_distribution().
#pragma once

#include <fleetcast/load/reader.hpp>

namespace fleetcast {

/// Whether a key makes a value a distribution.
bool is_distribution(std::string_view key);

/// The keys of all forms of a scalar: the distributions, "ref" and "formula".
const std::vector<std::string>& scalar_keys();

/// Reads the distribution whose key is `form`; its support must lie within the legal range.
void read_distribution(Reader& reader, const Spot& spot, const Member& form, Scalar& out);

} // namespace fleetcast
