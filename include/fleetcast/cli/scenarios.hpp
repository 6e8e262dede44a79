// The scenarios of a command line: read, named apart and examined, with all that is wrong told.
// Interface: given_files(), read_scenario(), read_scenarios(), tell(), tell_examined().
#pragma once

#include <fleetcast/base/result.hpp>
#include <fleetcast/load/patch.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/accelerator.hpp>
#include <fleetcast/report/diagnostics.hpp>
#include <fleetcast/simulate/settings.hpp>

#include <optional>
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
    std::vector<Finding> unread;     // why the others could not
    Exit exit = Exit::ok;            // the most severe of what happened
};

/// Tells the problems on stderr: errors always, warnings and notes unless quiet.
void tell(const Problems& problems, const Sources& sources, Talk talk);

/// Which notes to tell: a forecast's report tells those of single sources itself.
enum class Notes { all, of_the_whole };

/// How scenarios are read.
struct ReadRequest {
    PatchRequest patches;
    Talk talk = Talk::normal;
    Notes notes = Notes::all;
    bool variants = false;         // examine each variant of a scenario, too
    bool tells = true;             // what is wrong, on stderr
    std::optional<double> timeout; // of each scenario [s]; of read_scenarios()
};

/// A file of a command line.
struct GivenFile {
    std::string path; // as given
    std::string name; // that tells it apart in tables
};

/// The files of the command line, each once: of one given twice a note is told. Two with one name
/// without extension get their folders' names before it. Failure (usage) when there is none, or a
/// pattern matched none.
std::vector<GivenFile> given_files(const std::vector<std::string>& paths, Talk talk);

/// What is wrong only with a variant, not with the scenario itself: said of that variant.
Problems of_variant_alone(Problems problems, const Problems& of_scenario, const std::string& name);

/// The errors as they are printed, for those who tell them later; warnings and notes left out.
std::string text_of_errors(const Problems& problems, const Sources& sources);

/// The text of a file, said where the talk is verbose. Failure as read_source().
SourceText read_text(const GivenFile& file, Talk talk);

/// Reads and examines one file. Failure as load_scenario() and read_source(); bad input for a saved
/// result.
Examined read_scenario(const GivenFile& file, const Catalog& catalog, const ReadRequest& request,
                       const Stop& stop);
/// The same of a text that has been read.
Examined read_scenario(const GivenFile& file, SourceText text, const Catalog& catalog,
                       const ReadRequest& request, const Stop& stop);

/// Tells what is wrong, where the request says so. Bad input where there are errors, else ok.
Exit tell_examined(const Examined& examined, const std::string& path, const ReadRequest& request);

/// Reads and examines every file, telling what is wrong as it goes. Failure as given_files(), and
/// usage for patches that cannot be applied.
Batch read_scenarios(const std::vector<std::string>& paths, const Catalog& catalog,
                     const ReadRequest& request);

/// Failure (usage) when an output is a file that the scenario was made of: its bases, too.
void refuse_inputs(const std::vector<std::string>& targets, const LoadedScenario& loaded);

/// Names for scenario files: without folder and extension where that tells them apart, else with as
/// many of the folders that were given as it takes, with the extension where another file in the
/// folder has the same name. The paths are as given, or "-"; no two are of one file.
std::vector<std::string> distinct_names(const std::vector<std::string>& paths);

} // namespace fleetcast
