// Demand: what asks for a part of the fleet, of three kinds, with the schema of each.
// Interface: Workload, last_day_of().
#pragma once

#include <fleetcast/base/field.hpp>
#include <fleetcast/model/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace fleetcast {

/// Model FLOP utilisation, end to end.
inline constexpr Range mfu_range{.low = 0, .high = 1, .low_open = true};
inline constexpr Range peak_range{.low = 1};

/// A standing claim.
struct Reserved {
    static constexpr std::string_view kind = "reserved";
    std::optional<Date> to; // the end of the horizon when left out
    Series h100e;
    bool operator==(const Reserved&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("to", &Reserved::to, "last day"),
            field("h100e", &Reserved::h100e, "H100-equivalents claimed")
                .in(not_negative)
                .required(),
        };
    }
};

/// A job with a backlog, which ends when that is done.
struct Training {
    static constexpr std::string_view kind = "training";
    Scalar flop;
    Scalar mfu_share;
    Scalar max_h100e;
    std::optional<Date> due;
    bool operator==(const Training&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("flop", &Training::flop, "floating-point operations of the whole run")
                .in(positive)
                .required(),
            field("mfu_share", &Training::mfu_share, "model FLOP utilisation, restarts included")
                .in(mfu_range)
                .required(),
            field("max_h100e", &Training::max_h100e, "the most H100-equivalents that it can use")
                .in(positive)
                .required(),
            field("due", &Training::due, "the last day on which it is in time"),
        };
    }
};

/// Tokens to be served every day.
struct Inference {
    static constexpr std::string_view kind = "inference";
    std::optional<Date> to; // the end of the horizon when left out
    Series tokens_per_day;
    Scalar flop_per_token;
    Scalar mfu_share;
    std::optional<Scalar> peak_to_mean;
    bool operator==(const Inference&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("to", &Inference::to, "last day"),
            field("tokens_per_day", &Inference::tokens_per_day, "tokens to be served every day")
                .in(not_negative)
                .required(),
            field("flop_per_token", &Inference::flop_per_token,
                  "floating-point operations of one token")
                .in(positive)
                .required(),
            field("mfu_share", &Inference::mfu_share, "model FLOP utilisation")
                .in(mfu_range)
                .required(),
            field("peak_to_mean", &Inference::peak_to_mean, "load at the peak over the mean load")
                .in(peak_range),
        };
    }
};

/// What asks for a part of the fleet; its table has the fields that every kind has.
struct Workload {
    std::string title;
    std::optional<std::string> team;                             // a name
    int priority = 1;                                            // 1 is served first
    std::optional<Date> from;                                    // the start when left out
    std::optional<std::vector<std::string>> accelerators, sites; // none: anywhere
    std::variant<Reserved, Training, Inference> kind;
    bool operator==(const Workload&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("team", &Workload::team, "whose it is"),
            field("priority", &Workload::priority, "1 is served first")
                .in({.low = 1, .high = 1000}),
            field("from", &Workload::from, "first day"),
            field("accelerators", &Workload::accelerators, "ids on which it can run"),
            field("sites", &Workload::sites, "where it can run"),
        };
    }
};

/// The last day that is given; a training has none.
inline std::optional<Date> last_day_of(const Workload& workload) {
    return std::visit(
        [](const auto& kind) -> std::optional<Date> {
            if constexpr (requires { kind.to; })
                return kind.to;
            else
                return std::nullopt;
        },
        workload.kind);
}

} // namespace fleetcast
