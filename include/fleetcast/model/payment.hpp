// When a price is paid, in parts. Interface: Payment.
#pragma once

#include <fleetcast/base/field.hpp>

#include <tuple>

namespace fleetcast {

/// A part of a price.
struct Payment {
    double share = 0;
    double months_before_delivery = 0; // below 0: after it
    bool operator==(const Payment&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("share", &Payment::share, "of the price; the shares sum to 1")
                .in(share_range)
                .required(),
            field("months_before_delivery", &Payment::months_before_delivery,
                  "when it is due; below 0: after delivery")
                .in({.low = -60, .high = 60}),
        };
    }
};

} // namespace fleetcast
