// Which table of loops belongs to a level.
#include "demand_lanes.hpp"

namespace fleetcast {

namespace baseline {
extern const DemandLanes demand_lanes;
}
namespace v3 {
extern const DemandLanes demand_lanes;
}
namespace v4 {
extern const DemandLanes demand_lanes;
}

const DemandLanes& demand_lanes(Level level) {
    return level == Level::v4   ? v4::demand_lanes
           : level == Level::v3 ? v3::demand_lanes
                                : baseline::demand_lanes;
}

} // namespace fleetcast
