#include <fleetcast/random/lane_power.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <limits>

namespace fleetcast {

using PowerLoop = void(const double* base, double exponent, double* out, std::size_t n);

namespace baseline {
PowerLoop power;
}
namespace v3 {
PowerLoop power;
}
namespace v4 {
PowerLoop power;
}

void lane_power(const double* base, double exponent, double* out, std::size_t n, Level level) {
    constexpr double least = std::numeric_limits<double>::min();
    constexpr double most = std::numeric_limits<double>::max();
    bool all_plain = true;
    for (std::size_t i = 0; i < n; ++i)
        all_plain = all_plain && base[i] >= least && base[i] <= most;
    PowerLoop* const loop = level == Level::v4   ? v4::power
                            : level == Level::v3 ? v3::power
                                                 : baseline::power;
    if (all_plain)
        return loop(base, exponent, out, n);
    for (std::size_t i = 0; i < n; ++i) // lane by lane: what is plain must not see its neighbours
        if (base[i] >= least && base[i] <= most)
            baseline::power(base + i, exponent, out + i, 1);
        else
            out[i] = portable::pow(base[i], exponent);
}

} // namespace fleetcast
