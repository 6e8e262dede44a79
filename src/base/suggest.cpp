#include <fleetcast/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace fleetcast {

namespace {

constexpr std::size_t far = std::numeric_limits<std::size_t>::max();

// Scores count half edits, so that a shared stem can rank between equal and one edit away.
constexpr std::size_t edit = 2;

constexpr auto unit_words = std::to_array<std::string_view>(
    {"usd",   "eur",   "dollars", "musd",   "w",     "kw",    "mw",    "gw",      "kwh",  "mwh",
     "twh",   "gb",    "tb",      "s",      "h",     "hour",  "hours", "day",     "days", "week",
     "weeks", "month", "months",  "year",   "years", "share", "pct",   "percent", "kg",   "t",
     "tons",  "tops",  "tflops",  "pflops", "per",   "unit",  "count", "ratio",   "rate"});

std::string folded(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '-' ? '_' : c;
    return result;
}

// The name without the words of its unit: critical of critical_mw, rate of rate_usd_per_hour.
std::string_view stem(std::string_view name) {
    for (;;) {
        const std::size_t last = name.rfind('_');
        if (last == name.npos || last == 0 ||
            std::find(unit_words.begin(), unit_words.end(), name.substr(last + 1)) ==
                unit_words.end())
            return name;
        name = name.substr(0, last);
    }
}

// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours. [edits]
// Gives `far` as soon as it must exceed `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit)
        return far;
    std::vector<std::size_t> two_back(b.size() + 1), back(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        back[j] = j;
    std::size_t back_least = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({back[j] + 1, row[j - 1] + 1, back[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], two_back[j - 2] + 1);
        }
        const std::size_t least = *std::min_element(row.begin(), row.end());
        // A swap reaches back two rows.
        if (least > limit && back_least > limit)
            return far;
        back_least = least;
        std::swap(two_back, back);
        std::swap(back, row);
    }
    return back.back() <= limit ? back.back() : far;
}

std::size_t near_limit(std::string_view a, std::string_view b) {
    return std::max(a.size(), b.size()) / 3;
}

bool extends(std::string_view longer, std::string_view shorter) {
    return shorter.size() >= 3 && longer.size() > shorter.size() && longer.starts_with(shorter) &&
           longer[shorter.size()] == '_';
}

// How far a candidate is; both folded. [half edits]
std::size_t score(std::string_view name, std::string_view candidate) {
    std::size_t best = far;
    const auto offer = [&](std::size_t edits, std::size_t penalty) {
        if (edits != far)
            best = std::min(best, edits * edit + penalty);
    };
    const std::size_t edits = distance(name, candidate, near_limit(name, candidate));
    offer(edits, 0);
    if (extends(candidate, name))
        offer(0, 1); // a name that was begun: nvidia-h100 and nvidia-h100-sxm
    else if (edits != far && edits > 0 && candidate.starts_with(name))
        best = std::min(best, edits * edit - 1);
    const std::string_view name_stem = stem(name), candidate_stem = stem(candidate);
    if (name_stem != name || candidate_stem != candidate)
        offer(distance(name_stem, candidate_stem,
                       std::min(name_stem.size(), candidate_stem.size()) / 3),
              1);
    if (extends(candidate, name_stem) || extends(name, candidate_stem))
        offer(2, 1); // the first words agree: critical_power_mw and critical_mw
    return best;
}

} // namespace

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
    const std::string wanted = folded(name);
    std::size_t best = far;
    std::string nearest;
    for (const std::string& candidate : candidates) {
        const std::size_t found = score(wanted, folded(candidate));
        if (found < best) {
            best = found;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates) {
    const std::string nearest = nearest_name(name, candidates);
    return nearest.empty() ? "" : fmt::format("did you mean \"{}\"?", nearest);
}

} // namespace fleetcast
