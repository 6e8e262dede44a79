#include <fleetcast/cli/grid.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/set_value.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

namespace fleetcast {
namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
    throw Failure(Exit::usage, fmt::format("--vary {}: {}", shown(text), why));
}

[[noreturn]] void refuse_size(double points) {
    throw Failure(Exit::refused,
                  fmt::format("--vary: {:.0f} points are more than the cap of 1e6", points));
}

/// A decimal number and how many digits follow its point.
struct Decimal {
    double value = 0;
    int decimals = 0;
};

std::optional<Decimal> decimal_of(std::string_view text) {
    Decimal out;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(out.value))
        return std::nullopt;
    const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
    const std::size_t point = std::min(text.find('.'), exponent);
    out.decimals = static_cast<int>(exponent - std::min(point + 1, exponent));
    if (exponent < text.size()) {
        const char* const from = text.data() + exponent + (text[exponent + 1] == '+' ? 2 : 1);
        int power = 0;
        std::from_chars(from, text.data() + text.size(), power);
        out.decimals = std::max(0, out.decimals - power);
    }
    return out;
}

/// "lo:hi:step" as its three numbers; nothing where the text has another form.
std::optional<std::vector<Decimal>> range_of(std::string_view text) {
    std::vector<Decimal> parts;
    for (;;) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const auto part = decimal_of(text.substr(0, colon));
        if (!part)
            return std::nullopt;
        parts.push_back(*part);
        if (colon == text.size())
            break;
        text.remove_prefix(colon + 1);
    }
    return parts.size() == 3 ? std::optional(parts) : std::nullopt;
}

std::vector<std::string> steps_of(const std::vector<Decimal>& range, std::string_view text) {
    const auto& [low, low_decimals] = range[0];
    const double high = range[1].value, step = range[2].value;
    if (step == 0 || (high - low) / step < 0)
        refuse(text, "the step does not lead from the first to the last value");
    const double count = std::floor((high - low) / step + 1e-9) + 1;
    if (!(count <= points_cap))
        refuse_size(count);
    const int decimals = std::min(std::max(low_decimals, range[2].decimals), 17);
    const double unit = std::pow(10, decimals);
    std::vector<std::string> values;
    for (double i = 0; i < count; ++i) {
        const double value = low + i * step;
        const double rounded = std::round(value * unit) / unit;
        values.push_back(shortest(std::isfinite(rounded) ? rounded : value));
    }
    return values;
}

/// Between commas that stand in no bracket and no quotes.
std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> values(1);
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted && c == '\\' && i + 1 < text.size()) {
            (values.back() += c) += text[++i];
            continue;
        }
        is_quoted = is_quoted != (c == '"');
        if (!is_quoted)
            depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        if (c == ',' && depth <= 0 && !is_quoted)
            values.emplace_back();
        else
            values.back() += c;
    }
    return values;
}

} // namespace

Axis axis_of(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos)
        refuse(text, "needs values: --vary PATH=a,b,c or --vary PATH=lo:hi:step");
    Axis axis{std::string(text.substr(0, equals)), {}};
    split_path(axis.path, fmt::format("--vary {}", text));
    const std::string_view values = text.substr(equals + 1);
    const auto range = range_of(values);
    axis.values = range ? steps_of(*range, text) : list_of(values);
    std::set<std::string> seen;
    for (const std::string& value : axis.values) {
        if (value.empty())
            refuse(text, "a value is empty");
        const auto number = decimal_of(value); // 1 and 1.0 are one value
        if (!seen.insert(number ? shortest(number->value) : value).second)
            refuse(text, fmt::format("{} is named twice", shown(value)));
    }
    return axis;
}

std::size_t point_count(const std::vector<Axis>& axes) {
    double count = 1;
    std::set<std::vector<std::string>> paths;
    for (const Axis& axis : axes) {
        count *= static_cast<double>(axis.values.size());
        if (!paths.insert(split_path(axis.path, "--vary")).second)
            refuse(axis.path, "varies twice");
    }
    if (count > points_cap)
        refuse_size(count);
    return static_cast<std::size_t>(count);
}

std::vector<std::string> point_at(const std::vector<Axis>& axes, std::size_t point) {
    std::vector<std::string> values(axes.size());
    for (std::size_t a = axes.size(); a-- > 0;) {
        values[a] = axes[a].values[point % axes[a].values.size()];
        point /= axes[a].values.size();
    }
    return values;
}

} // namespace fleetcast
