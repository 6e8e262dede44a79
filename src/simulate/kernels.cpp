// Which tables of loops belong to a level.
#include <fleetcast/simulate/accrual_kernels.hpp>
#include <fleetcast/simulate/kernels.hpp>

namespace fleetcast {

namespace baseline {
extern const Kernels kernels;
extern const AccrualKernels accrual_kernels;
} // namespace baseline
namespace v3 {
extern const Kernels kernels;
extern const AccrualKernels accrual_kernels;
} // namespace v3
namespace v4 {
extern const Kernels kernels;
extern const AccrualKernels accrual_kernels;
} // namespace v4

const Kernels& kernels_of(Level level) {
    return level == Level::v4 ? v4::kernels : level == Level::v3 ? v3::kernels : baseline::kernels;
}

const AccrualKernels& accrual_kernels_of(Level level) {
    return level == Level::v4   ? v4::accrual_kernels
           : level == Level::v3 ? v3::accrual_kernels
                                : baseline::accrual_kernels;
}

} // namespace fleetcast
