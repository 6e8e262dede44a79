// From the text of a scenario to what its author meant.
// Interface: load_scenario(). Rules that need more than one field are left to validate/.
#pragma once

#include <fleetcast/load/document.hpp>
#include <fleetcast/model/scenario.hpp>

#include <string>

namespace fleetcast {

/// A scenario with the text it came from.
struct LoadedScenario {
    std::string name; // the file's name without folder and extension; "stdin" for "-"
    std::string file; // the file's name without its folder
    Sources sources;
    Node document;
    Scenario scenario;
    Problems problems;  // of reading; the scenario is only whole when there are none
    std::string sha256; // of the bytes, in hex
};

/// Reads a scenario. Never fails: what is wrong stands in `problems`.
LoadedScenario load_scenario(SourceText text);

/// Gives every problem that has a path and no place the place of its value; in file order.
Problems placed(Problems problems, const LoadedScenario& loaded);

} // namespace fleetcast
