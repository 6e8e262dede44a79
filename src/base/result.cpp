#include <fleetcast/base/result.hpp>

#include <algorithm>
#include <array>

namespace fleetcast {

Exit more_severe(Exit a, Exit b) {
    constexpr std::array order{Exit::internal,     Exit::refused, Exit::io, Exit::bad_input,
                               Exit::check_failed, Exit::differ,  Exit::ok};
    return std::ranges::find(order, a) < std::ranges::find(order, b) ? a : b;
}

} // namespace fleetcast
