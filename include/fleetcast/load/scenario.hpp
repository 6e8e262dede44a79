// From the text of a scenario, and what is laid over it, to what its author meant.
// Interface: load_scenario(), patched(). Rules that need more than one field are left to validate/.
#pragma once

#include <fleetcast/load/document.hpp>
#include <fleetcast/load/merge.hpp>
#include <fleetcast/load/patch.hpp>
#include <fleetcast/model/scenario.hpp>

#include <string>
#include <vector>

namespace fleetcast {

/// A scenario with the texts it came from.
struct LoadedScenario {
    std::string
        name; // the file's name without folder and extension, with @variant; "stdin" for "-"
    std::string file; // the file's name without its folder
    Sources sources;  // the file itself, then its bases, overlays and --set, as they were read
    Node document;    // after all patches; each value has the place where it was written
    Scenario scenario;
    Problems problems;                 // of reading; the scenario is only whole when there are none
    std::string sha256;                // of the file's bytes, in hex
    std::vector<AppliedPatch> patches; // in the order in which they were applied
    std::vector<Removal> removals;     // keys that patches took away
    Node variants;                     // an object of patches by name; null where there are none
};

/// Reads a scenario with its bases, the variant asked for and the patches. What is wrong in a file
/// stands in `problems`. Throws Failure: usage (2) for an unknown variant and for a --set that
/// cannot be applied, io (4) for a base or overlay that cannot be read.
LoadedScenario load_scenario(SourceText text, const PatchRequest& request = {});

/// The same scenario with more patches laid on, each "PATH=JSON". Failure (usage) as above.
LoadedScenario patched(const LoadedScenario& loaded, const std::vector<std::string>& sets);

/// The names of its variants, in file order.
std::vector<std::string> variant_names(const LoadedScenario& loaded);

/// Gives every problem that has a path and no place the place of its value; in file order.
Problems placed(Problems problems, const LoadedScenario& loaded);

} // namespace fleetcast
