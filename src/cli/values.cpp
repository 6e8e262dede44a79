#include <fleetcast/cli/values.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace fleetcast {
namespace {

constexpr int longest_shown = 60; // [columns]

[[noreturn]] void refuse(std::string_view option, const std::string& text) {
    throw Failure(Exit::usage, fmt::format("{}: {}", option, text));
}

/// A number in the plain decimal forms, without sign, hexadecimal, inf and nan.
std::optional<double> plain_number(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789.eE+") != text.npos || text[0] == '+')
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

template <class Integer> std::optional<Integer> whole_number(std::string_view text) {
    Integer value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.starts_with('-'))
        return std::nullopt;
    return value;
}

std::vector<std::string> items_of(std::string_view text) {
    std::vector<std::string> items;
    for (;;) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view item = text.substr(0, comma);
        item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
        item = item.substr(0, item.find_last_not_of(' ') + 1);
        items.emplace_back(item);
        if (comma == text.size())
            return items;
        text.remove_prefix(comma + 1);
    }
}

void check_metric(const std::string& name) {
    constexpr std::string_view option = "--metrics";
    if (name.empty())
        refuse(option, "an empty name; give names between commas, or all");
    if (metric_named(name) != nullptr)
        return;
    std::vector<std::string> names{"all"};
    for (const Metric& metric : metrics())
        names.emplace_back(metric.name);
    std::string hint = did_you_mean(name, names);
    if (hint.empty())
        hint = "see `fleetcast help metrics`";
    refuse(option, fmt::format("unknown metric {}: {}", shown(name), hint));
}

} // namespace

std::string shown(std::string_view text) {
    return '"' + cut_middle(text, longest_shown, "...") + '"';
}

std::uint64_t trials_of(std::string_view text) {
    const auto count = plain_number(text);
    // Counts that no 64-bit number holds are no counts; the others may be over the cap.
    if (!count || *count < 1 || *count != std::floor(*count) || *count >= 0x1p64)
        refuse("--trials",
               fmt::format("must be a whole number from 1 to 1e9, got {}", shown(text)));
    if (*count > trials_cap)
        throw Failure(Exit::refused,
                      fmt::format("--trials: {} is more than the cap of 1e9 trials; at a million a "
                                  "second it would take {:.3g} hours",
                                  shown(text), *count / 1e6 / 3600));
    return static_cast<std::uint64_t>(*count);
}

std::uint64_t seed_of(std::string_view text) {
    const auto seed = whole_number<std::uint64_t>(text);
    if (!seed)
        refuse("--seed", fmt::format("must be a whole number from 0 to {}, in digits, got {}",
                                     UINT64_MAX, shown(text)));
    return *seed;
}

unsigned threads_of(std::string_view text) {
    const auto threads = whole_number<unsigned>(text);
    if (!threads || *threads > threads_cap)
        refuse("--threads",
               fmt::format("must be a whole number from 0 (all cores) to {}, in digits, got {}",
                           threads_cap, shown(text)));
    return *threads;
}

Sampling sampling_of(std::string_view text) {
    const std::string word = word_of("--sampling", text, {"random", "lhs", "sobol"});
    return word == "lhs" ? Sampling::lhs : word == "sobol" ? Sampling::sobol : Sampling::random;
}

std::vector<double> quantiles_of(std::string_view text) {
    constexpr std::string_view option = "--quantiles";
    std::vector<double> shares;
    for (const std::string& item : items_of(text)) {
        if (item.empty())
            refuse(option, "an empty item; give percentages between commas, as 10,50,90");
        // No exponents and few decimals: a percentage becomes the name of a column, p2_5.
        const bool has_form = item.find_first_not_of("0123456789.") == item.npos &&
                              item.size() - std::min(item.find('.'), item.size() - 1) <= 5;
        const auto percent = has_form ? plain_number(item) : std::nullopt;
        if (!percent || *percent > 100)
            refuse(option, fmt::format("must be percentages from 0 to 100 with 4 decimals at "
                                       "most, as 2.5,50,97.5, got {}",
                                       shown(item)));
        const double share = *percent / 100;
        if (std::ranges::find(shares, share) != shares.end())
            refuse(option, fmt::format("{} is named twice", shown(item)));
        shares.push_back(share);
    }
    std::ranges::sort(shares);
    return shares;
}

double memory_of(std::string_view text) {
    constexpr std::string_view units = "KMGT";
    std::string_view digits = text;
    double factor = 1;
    if (digits.ends_with("iB"))
        digits.remove_suffix(2);
    const std::size_t power = digits.empty() ? units.npos : units.find(digits.back());
    if (power != units.npos) {
        factor = std::pow(1024.0, static_cast<double>(power + 1));
        digits.remove_suffix(1);
    }
    const bool has_form = power != units.npos || digits.size() == text.size(); // "1iB" has none
    const auto count = has_form ? plain_number(digits) : std::nullopt;
    if (!count || *count * factor < least_memory || !std::isfinite(*count * factor))
        refuse("--memory", fmt::format("must be bytes, at least 1MiB, as 500M, 2GiB or 1.5G (K, M, "
                                       "G and T count by 1024), got {}",
                                       shown(text)));
    return *count * factor;
}

double timeout_of(std::string_view text) {
    const auto seconds = plain_number(text);
    if (!seconds || !(*seconds > 0) || *seconds > longest_timeout)
        refuse("--timeout", fmt::format("must be a number of seconds above 0, up to 1e9, as 0.5 or "
                                        "60, got {}",
                                        shown(text)));
    return *seconds;
}

int width_of(std::string_view text) {
    const auto width = whole_number<int>(text);
    if (!width || *width < 1)
        refuse("--width",
               fmt::format("must be a whole number of columns, at least 1, got {}", shown(text)));
    return *width;
}

std::vector<std::string> metrics_of(std::string_view text) {
    std::vector<std::string> names = items_of(text);
    const bool all = std::ranges::find(names, "all") != names.end();
    std::vector<std::string> seen;
    for (const std::string& name : names) {
        if (name != "all")
            check_metric(name);
        if (std::ranges::find(seen, name) != seen.end())
            refuse("--metrics", fmt::format("{} is named twice", name));
        seen.push_back(name);
    }
    if (!all)
        return names;
    names.clear();
    for (const Metric& metric : metrics())
        names.emplace_back(metric.name);
    return names;
}

std::string word_of(std::string_view option, std::string_view text,
                    const std::vector<std::string>& words) {
    if (std::ranges::find(words, text) != words.end())
        return std::string(text);
    const std::string hint = did_you_mean(text, words);
    refuse(option, fmt::format("must be one of {}, got {}{}{}", fmt::join(words, ", "), shown(text),
                               hint.empty() ? "" : ": ", hint));
}

GroupBy group_of(std::string_view text) {
    std::vector<std::string> words;
    constexpr GroupBy groups[] = {GroupBy::source, GroupBy::site, GroupBy::accelerator,
                                  GroupBy::team, GroupBy::workload};
    for (const GroupBy group : groups)
        words.emplace_back(text_of(group));
    const std::string word = word_of("--by", text, words);
    return groups[std::ranges::find(words, word) - words.begin()];
}

Every every_of(std::string_view text) {
    const std::string word = word_of("--every", text, {"period", "quarter", "year"});
    return word == "year" ? Every::year : word == "quarter" ? Every::quarter : Every::period;
}

Date date_of(std::string_view text) {
    const auto date = parse_date(text);
    if (!date)
        refuse("--at", fmt::format("must be a month or a day, as 2024-12 or 2024-12-31, got {}",
                                   shown(text)));
    return *date;
}

} // namespace fleetcast
