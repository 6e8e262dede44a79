// Which table of loops belongs to a level.
#include "summaries_lanes.hpp"

namespace fleetcast {

namespace baseline {
extern const SummaryLanes summary_lanes;
}
namespace v3 {
extern const SummaryLanes summary_lanes;
}
namespace v4 {
extern const SummaryLanes summary_lanes;
}

const SummaryLanes& summary_lanes(Level level) {
    switch (level) {
    case Level::v4:
        return v4::summary_lanes;
    case Level::v3:
        return v3::summary_lanes;
    case Level::baseline:
        break;
    }
    return baseline::summary_lanes;
}

} // namespace fleetcast
