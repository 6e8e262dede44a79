#include <fleetcast/simulate/kernels.hpp>

namespace fleetcast {

namespace baseline {
extern const Kernels kernels;
}
namespace v3 {
extern const Kernels kernels;
}
namespace v4 {
extern const Kernels kernels;
}

const Kernels& kernels_of(Level level) {
    return level == Level::v4   ? v4::kernels
           : level == Level::v3 ? v3::kernels
                                : baseline::kernels;
}

} // namespace fleetcast
