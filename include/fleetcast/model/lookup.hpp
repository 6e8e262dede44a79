// Questions about a scenario that several steps ask: what an accelerator is once the user's
// corrections are in, what two kinds of source share, which inputs a value looks at.
#pragma once

#include <fleetcast/model/graph.hpp>
#include <fleetcast/model/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fleetcast {

/// Accelerators by id with the scenario's corrections; each that is asked for is worked out once.
/// It must not outlive the scenario and the catalogue.
class AcceleratorFinder {
public:
    AcceleratorFinder(const Scenario& scenario, const Catalog& catalog);

    /// Nullptr when neither knows the id, or when `like` leads to an unknown one or in a circle.
    const Accelerator* find(std::string_view id);

    /// Whether a source may name the id, sound or not.
    bool knows(std::string_view id) const;

private:
    std::optional<Accelerator> resolved(std::string_view id) const;

    const Scenario* scenario_;
    const Catalog* catalog_;
    NameIndex entries_;                                                 // of Scenario::accelerators
    std::unordered_map<std::string, std::optional<Accelerator>> found_; // those asked for
};

/// One accelerator, as AcceleratorFinder finds it; nothing instead of nullptr.
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

/// The teams that workloads name, in file order.
std::vector<std::string> teams_of(const Scenario& scenario);

/// Whether a site takes the accelerator of a source.
bool takes(const Site& site, const Hardware& hardware);

/// The sites of a source that allow its accelerator, in order of preference, by index; all
/// sites in file order where it names none. Unknown names are left out.
std::vector<std::size_t> sites_of(const Scenario& scenario, const Hardware& hardware);

/// Names of inputs that a scalar looks at directly.
std::vector<std::string> inputs_of(const Scalar& scalar);
std::vector<std::string> inputs_of(const Series& series);

} // namespace fleetcast
