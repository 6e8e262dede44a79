#include <fleetcast/base/level.hpp>

namespace fleetcast {

Level best_level() {
    // Each level is what its compiler flag lets the compiler use, see lane_levels in
    // CMakeLists.txt.
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("sse4.2");
    const bool v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl");
    return v3 && v4 ? Level::v4 : v3 ? Level::v3 : Level::baseline;
}

} // namespace fleetcast
