// What is wrong with the parameters of a distribution, one sentence for each mistake.
#include <fleetcast/random/component.hpp>
#include <fleetcast/random/truncation.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

namespace {

using Messages = std::vector<std::string>;

constexpr double weight_slack = 1e-9; // scenario-format.md: what a sum of weights may miss

/// "[3, 2, 5]", as a scenario has it.
std::string listed(const std::vector<double>& numbers) {
    std::string text;
    for (const double number : numbers)
        text += fmt::format("{}{}", text.empty() ? "[" : ", ", number);
    return text + "]";
}

/// Finite, and not wider than a double holds; nothing where `numbers` (first and last its ends)
/// are well.
Messages range_problems(std::string_view name, const std::vector<double>& numbers) {
    for (const double number : numbers)
        if (!std::isfinite(number))
            return {fmt::format("numbers must be finite, got {} {}", name, listed(numbers))};
    if (!std::isfinite(numbers.back() - numbers.front()))
        return {fmt::format("the range is too wide, got {} {}", name, listed(numbers))};
    return {};
}

Messages problems(double number) {
    if (std::isfinite(number))
        return {};
    return {fmt::format("must be a finite number, got {}", number)};
}

Messages problems(const Uniform& s) {
    const std::vector<double> numbers = {s.low, s.high};
    if (Messages found = range_problems("uniform", numbers); !found.empty())
        return found;
    if (s.low > s.high)
        return {fmt::format("low must not be above high, got uniform {}", listed(numbers))};
    return {};
}

Messages mode_problems(std::string_view name, const std::vector<double>& numbers) {
    if (Messages found = range_problems(name, numbers); !found.empty())
        return found;
    if (numbers[0] > numbers[2])
        return {fmt::format("min must not be above max, got {} {}", name, listed(numbers))};
    if (numbers[1] < numbers[0] || numbers[1] > numbers[2])
        return {fmt::format("mode must lie between min and max, got {} {}", name, listed(numbers))};
    return {};
}

Messages problems(const Triangular& s) {
    return mode_problems("triangular", {s.min, s.mode, s.max});
}

Messages problems(const Pert& s) { return mode_problems("pert", {s.min, s.mode, s.max}); }

Messages problems(const Normal& s) {
    const std::vector<double> numbers = {s.mean, s.sd};
    if (!std::isfinite(s.mean) || !std::isfinite(s.sd))
        return {fmt::format("numbers must be finite, got normal {}", listed(numbers))};
    if (s.sd < 0)
        return {fmt::format("sd must be at least 0, got normal {}", listed(numbers))};
    return {};
}

Messages problems(const Lognormal& s) {
    Messages found;
    if (!std::isfinite(s.median) || s.median <= 0)
        found.push_back(
            fmt::format("median must be above 0 and finite, got lognormal median {}", s.median));
    if (!std::isfinite(s.sigma) || s.sigma < 0)
        found.push_back(
            fmt::format("sigma must be at least 0 and finite, got lognormal sigma {}", s.sigma));
    return found;
}

Messages problems(const Interval& s) {
    const std::vector<double> numbers = {s.low, s.high};
    Messages found = range_problems("interval", numbers);
    if (!(s.confidence > 0 && s.confidence < 1))
        found.push_back(fmt::format("confidence must lie between 0 and 1, both excluded, got {}",
                                    s.confidence));
    if (s.low > s.high)
        found.push_back(
            fmt::format("low must not be above high, got interval {}", listed(numbers)));
    if (s.shape == IntervalShape::lognormal && s.low <= 0)
        found.push_back(fmt::format("a lognormal interval needs low above 0, got interval {}",
                                    listed(numbers)));
    if (s.shape == IntervalShape::logit_normal && (s.low <= 0 || s.high >= 1))
        found.push_back(fmt::format(
            "a logit-normal interval needs low above 0 and high below 1, got interval {}",
            listed(numbers)));
    if (found.empty() && s.low < s.high && !std::isfinite(spread_of(s)))
        found.push_back(fmt::format("interval {} is too wide for a confidence of {}",
                                    listed(numbers), s.confidence));
    return found;
}

/// Of the weights in (something, weight) pairs.
template <class Pairs> Messages weight_problems(std::string_view name, const Pairs& pairs) {
    Messages found;
    double sum = 0;
    for (const auto& entry : pairs) {
        sum += entry.second;
        if (!std::isfinite(entry.second))
            found.push_back(
                fmt::format("weights must be finite, got {} weight {}", name, entry.second));
        else if (entry.second < 0)
            found.push_back(
                fmt::format("weights must not be negative, got {} weight {}", name, entry.second));
    }
    if (std::isfinite(sum) && !(std::abs(sum - 1) <= weight_slack))
        found.push_back(fmt::format("weights must sum to 1 within 1e-9, got {} weights with the "
                                    "sum {}",
                                    name, sum));
    return found;
}

Messages problems(const Discrete& s) {
    if (s.values.empty())
        return {"discrete needs at least one value and weight"};
    Messages found = weight_problems("discrete", s.values);
    for (const auto& entry : s.values)
        if (!std::isfinite(entry.first))
            found.push_back(
                fmt::format("values must be finite, got discrete value {}", entry.first));
    return found;
}

Messages problems(const Empirical& s) {
    if (s.values.empty())
        return {"empirical needs at least one value"};
    double least = s.values.front(), greatest = least;
    for (const double value : s.values) {
        if (!std::isfinite(value))
            return {fmt::format("values must be finite, got empirical value {}", value)};
        least = std::fmin(least, value);
        greatest = std::fmax(greatest, value);
    }
    return range_problems("empirical range", {least, greatest});
}

Messages problems(const Mixture& s) {
    if (s.components.empty())
        return {"mixture needs at least one component and weight"};
    Messages found = weight_problems("mixture", s.components);
    for (std::size_t i = 0; i < s.components.size(); ++i)
        for (const std::string& message :
             std::visit([](const auto& shape) { return problems(shape); }, s.components[i].first))
            found.push_back(fmt::format("component {}: {}", i + 1, message));
    return found;
}

Messages problems(std::string_view name, const Bounds& bounds) {
    if (std::isnan(bounds.low) || std::isnan(bounds.high))
        return {fmt::format("{} must hold numbers, got [{}, {}]", name, bounds.low, bounds.high)};
    if (bounds.low > bounds.high)
        return {fmt::format("low must not be above high, got {} [{}, {}]", name, bounds.low,
                            bounds.high)};
    if (bounds.low == bounds.high && std::isinf(bounds.low))
        return {
            fmt::format("{} must have a finite end, got [{}, {}]", name, bounds.low, bounds.high)};
    return {};
}

} // namespace

std::vector<std::string> problems_of(const Distribution& distribution) {
    Messages found =
        std::visit([](const auto& shape) { return problems(shape); }, distribution.shape);
    const bool sound = found.empty();
    const auto add = [&](const Messages& more) {
        found.insert(found.end(), more.begin(), more.end());
    };
    if (distribution.truncate) {
        const Messages ends = problems("truncate", *distribution.truncate);
        add(ends);
        if (sound && ends.empty() &&
            !(truncation(parts_of(distribution), *distribution.truncate).mass > 0))
            found.push_back(
                fmt::format("truncate [{}, {}] leaves no probability, got {}",
                            distribution.truncate->low, distribution.truncate->high,
                            describe({.shape = distribution.shape, .truncate = {}, .clamp = {}})));
    }
    if (distribution.clamp)
        add(problems("clamp", *distribution.clamp));
    return found;
}

} // namespace fleetcast
