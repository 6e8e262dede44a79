#include "blame.hpp"

namespace fleetcast {

namespace {

bool speaks_of(const Problem& problem, const std::string& key) {
    return problem.message.find('"' + key + '"') != std::string::npos;
}

/// A key that is missing because a patch removed it is missed at that patch's null.
void blame_removals(Problem& problem, const std::vector<Removal>& removals) {
    const std::string prefix = problem.path.empty() ? "" : problem.path + ".";
    const bool misses_any = problem.message.starts_with("needs at least one");
    for (const Removal& removal : removals) {
        if (!problem.message.starts_with("needs ") || !removal.path.starts_with(prefix))
            continue;
        const std::string key = removal.path.substr(prefix.size());
        if (key.find('.') == std::string::npos && (misses_any || speaks_of(problem, key))) {
            problem.place = removal.place;
            problem.hint = "this null removes it";
        }
    }
}

/// A key that stands against another of its object is wrong in the patch that brought it.
void blame_additions(Problem& problem, const Node& document) {
    const Node* node = node_at(document, problem.path);
    if (node == nullptr || problem.place.file == Place::nowhere)
        return;
    for (const Member& member : node->members)
        if (member.key_place.file != Place::nowhere && member.key_place.file > problem.place.file &&
            speaks_of(problem, member.key))
            problem.place = member.key_place;
}

} // namespace

Problems blamed_on_patches(Problems problems, const LoadedScenario& loaded) {
    if (loaded.patches.empty())
        return problems;
    for (Problem& problem : problems)
        if (problem.severity == Severity::error) {
            blame_removals(problem, loaded.removals);
            blame_additions(problem, loaded.document);
        }
    return problems;
}

} // namespace fleetcast
