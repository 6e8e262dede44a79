#include <fleetcast/model/correlation.hpp>

#include <algorithm>

namespace fleetcast {

ScoreMatrix score_matrix(const Scenario& scenario) {
    ScoreMatrix out;
    const auto row_of = [&](const std::string& path) {
        return static_cast<std::size_t>(std::ranges::find(out.paths, path) - out.paths.begin());
    };
    for (const auto& [name, correlation] : scenario.correlations)
        for (const std::string& path : correlation.between)
            if (row_of(path) == out.paths.size())
                out.paths.push_back(path);
    const std::size_t count = out.paths.size();
    out.matrix.assign(count, std::vector<double>(count, 0.0));
    for (std::size_t i = 0; i < count; ++i)
        out.matrix[i][i] = 1;
    for (const auto& [name, correlation] : scenario.correlations) {
        const double score = correlation.normal ? *correlation.normal
                                                : normal_correlation(correlation.rank.value_or(0));
        for (const std::string& a : correlation.between)
            for (const std::string& b : correlation.between)
                if (a != b)
                    out.matrix[row_of(a)][row_of(b)] = score;
    }
    return out;
}

} // namespace fleetcast
