// The scenarios of a command line: read, named apart and examined, with all that is wrong told.
// Interface: read_scenarios(), tell().
#pragma once

#include <fleetcast/base/result.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/accelerator.hpp>

#include <string>
#include <vector>

namespace fleetcast {

enum class Talk { quiet, normal, verbose };

/// A scenario that was read, and what is wrong with it.
struct Examined {
    LoadedScenario loaded;
    Problems problems; // errors, warnings and notes, in file order
};

struct Batch {
    std::vector<Examined> scenarios; // those that could be read, in the order of the command line
    Exit exit = Exit::ok;            // the most severe of what happened
};

/// Tells the problems on stderr: errors always, warnings and notes unless quiet.
void tell(const Problems& problems, const Sources& sources, Talk talk);

/// Which notes to tell: a forecast's report tells those of single sources itself.
enum class Notes { all, of_the_whole };

/// Reads and examines every file, telling what is wrong as it goes; a file given twice is read
/// once, with a note. Two files with one name without extension get their folders' names before it.
/// Failure (usage) when there is no path.
Batch read_scenarios(const std::vector<std::string>& paths, const Catalog& catalog, Talk talk,
                     Notes notes);

/// Names for scenario files: without folder and extension where that tells them apart, else with as
/// many folders before it as it takes. The paths are absolute, or "-"; no two are the same.
std::vector<std::string> distinct_names(const std::vector<std::string>& paths);

} // namespace fleetcast
