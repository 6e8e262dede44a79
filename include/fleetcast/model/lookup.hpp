// Questions about a scenario that several steps ask: what an accelerator is once the user's
// corrections are in, what two kinds of source share, which inputs vary in time.
#pragma once

#include <fleetcast/model/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// An accelerator by id with the scenario's corrections; nothing when neither knows it.
std::optional<Accelerator> find_accelerator(const Scenario& scenario, const Catalog& catalog,
                                            std::string_view id);

/// All ids that a source may name.
std::vector<std::string> accelerator_ids(const Scenario& scenario, const Catalog& catalog);

/// The owned part of a source; nullptr for a lease.
const Hardware* hardware_of(const Source& source);

/// The delivered part of a source; nullptr for a lease and what is installed.
const Procured* procured_of(const Source& source);

const Lease* lease_of(const Source& source);

const std::optional<std::string>& accelerator_of(const Source& source);

/// The accelerators that sources name, in file order.
std::vector<std::string> accelerators_in_use(const Scenario& scenario);

/// The sites of a source that allow its accelerator, in order of preference, by index; all
/// sites in file order where it names none. Unknown names are left out.
std::vector<std::size_t> sites_of(const Scenario& scenario, const Hardware& hardware);

/// Names of inputs that a scalar looks at directly.
std::vector<std::string> inputs_of(const Scalar& scalar);
std::vector<std::string> inputs_of(const Series& series);

/// Whether an input varies in time, by itself or through others. Cycles are not followed.
bool varies_in_time(const Scenario& scenario, std::string_view input);

/// Whether a scalar varies in time through the inputs it looks at.
bool varies_in_time(const Scenario& scenario, const Scalar& scalar);

} // namespace fleetcast
