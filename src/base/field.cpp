#include <fleetcast/base/field.hpp>

#include <fmt/format.h>

#include <cmath>

namespace fleetcast {

std::string text_of(const Range& range) {
    const std::string low =
        std::isinf(range.low)
            ? ""
            : fmt::format("{} {}", range.low_open ? "above" : "at least", range.low);
    const std::string high =
        std::isinf(range.high)
            ? ""
            : fmt::format("{} {}", range.high_open ? "below" : "at most", range.high);
    if (low.empty() && high.empty())
        return "finite";
    return low.empty() || high.empty() ? low + high : low + " and " + high;
}

} // namespace fleetcast
