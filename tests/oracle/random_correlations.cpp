// Lists over the distributions that a scenario holds, wherever they stand.
#include "oracle/random_correlations.hpp"

#include "oracle/oracle_laws.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

/// The paths of all distributions.
void find_draws(const Json& node, const std::string& path, std::vector<std::string>& paths) {
    if (is_law(node)) {
        paths.push_back(path);
        return;
    }
    if (!node.is_object())
        return;
    for (const auto& [key, child] : node.items())
        find_draws(child, path.empty() ? key : path + "." + key, paths);
}

} // namespace

Json make_correlations(Dice& dice, const Json& scenario) {
    std::vector<std::string> paths;
    find_draws(scenario, "", paths);
    for (std::size_t i = paths.size(); i > 1; --i)
        std::swap(paths[i - 1], paths[static_cast<std::size_t>(dice.below(static_cast<int>(i)))]);
    Json lists = Json::object();
    std::size_t used = 0;
    const auto add = [&](std::size_t first, std::size_t count, double correlation) {
        Json between = Json::array();
        for (std::size_t i = first; i < first + count; ++i)
            between.push_back(paths[i]);
        lists["list-" + std::to_string(lists.size())] = {
            {"between", between}, {dice.chance(50) ? "rank" : "normal", correlation}};
        used = first + count;
    };
    if (paths.size() < 2)
        return lists;
    if (dice.chance(20)) {
        const std::size_t count = std::min(paths.size() - 1, std::size_t{3});
        for (std::size_t i = 0; i < count; ++i)
            add(i, 2, dice.between(-0.45, 0.45));
        return lists;
    }
    for (int list = dice.from_to(1, 2); list > 0 && used + 2 <= paths.size(); --list) {
        const auto count = static_cast<std::size_t>(dice.from_to(2, 6));
        if (dice.chance(25))
            add(used, 2, dice.pick<double>({-1, -0.8, -0.3}));
        else
            add(used, std::min(count, paths.size() - used),
                dice.chance(25) ? dice.pick<double>({0, 0.5, 1}) : dice.between(0.05, 0.95));
    }
    return lists;
}

} // namespace fleetcast::oracle
