// No format writes a number that is not finite: such a figure is a defect of the engine.
#include <fleetcast/report/figure_text.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/text.hpp>

#include <cmath>

namespace fleetcast {

std::string figure_text(double value) {
    if (!std::isfinite(value))
        throw Failure(Exit::internal, "a figure of the result is not finite; nothing was written");
    return shortest(value);
}

} // namespace fleetcast
