// Distributions in a few words, for messages and reports.
#include <fleetcast/random/distribution.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>

namespace fleetcast {

namespace {

std::string words(const Uniform& s) { return fmt::format("uniform({}, {})", s.low, s.high); }

std::string words(const Triangular& s) {
    return fmt::format("triangular({}, {}, {})", s.min, s.mode, s.max);
}

std::string words(const Pert& s) { return fmt::format("pert({}, {}, {})", s.min, s.mode, s.max); }

std::string words(const Normal& s) { return fmt::format("normal({}, {})", s.mean, s.sd); }

std::string words(const Lognormal& s) {
    return fmt::format("lognormal(median {}, sigma {})", s.median, s.sigma);
}

std::string words(const Interval& s) {
    const char* shape = s.shape == IntervalShape::lognormal ? "lognormal"
                        : s.shape == IntervalShape::normal  ? "normal"
                                                            : "logit-normal";
    return fmt::format("interval({}, {}) at {:.10g} % {}", s.low, s.high, 100 * s.confidence,
                       shape);
}

std::string counted(const char* name, std::size_t count, const char* noun) {
    return fmt::format("{}({} {}{})", name, count, noun, count == 1 ? "" : "s");
}

std::string words(const Discrete& s) { return counted("discrete", s.values.size(), "value"); }

std::string words(const Empirical& s) { return counted("empirical", s.values.size(), "value"); }

std::string words(const Mixture& s) { return counted("mixture", s.components.size(), "component"); }

/// An infinite end is open.
std::string words(const Bounds& bounds) {
    return fmt::format("{}{}, {}{}", std::isinf(bounds.low) ? '(' : '[', bounds.low, bounds.high,
                       std::isinf(bounds.high) ? ')' : ']');
}

} // namespace

std::string describe(const Distribution& distribution) {
    std::string text =
        std::visit([](const auto& shape) { return words(shape); }, distribution.shape);
    if (distribution.truncate)
        text += " truncated to " + words(*distribution.truncate);
    if (distribution.clamp)
        text += " clamped to " + words(*distribution.clamp);
    return text;
}

} // namespace fleetcast
