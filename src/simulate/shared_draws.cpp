#include <fleetcast/simulate/run.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

std::vector<std::uint64_t> streams_of(std::span<const Prepared> plans) {
    std::vector<std::uint64_t> streams;
    for (const Prepared& plan : plans)
        for (const PreparedDraw& draw : plan.draws)
            streams.push_back(draw.stream);
    std::ranges::sort(streams);
    streams.erase(std::ranges::unique(streams).begin(), streams.end());
    return streams;
}

} // namespace

SharedDraws::SharedDraws(std::span<const Prepared> plans, const RunSettings& settings)
    : SharedDraws(plans, settings, streams_of(plans)) {}

SharedDraws::SharedDraws(std::span<const Prepared> plans, const RunSettings& settings,
                         const std::vector<std::uint64_t>& streams)
    : sampler_(settings.sampling, settings.seed, trials_of_run(settings.sampling, settings.trials),
               streams, settings.level) {
    for (const Prepared& plan : plans) {
        std::vector<std::size_t>& names = sampled_as_.emplace_back();
        for (const PreparedDraw& draw : plan.draws)
            names.push_back(static_cast<std::size_t>(
                std::ranges::lower_bound(streams, draw.stream) - streams.begin()));
    }
}

} // namespace fleetcast
