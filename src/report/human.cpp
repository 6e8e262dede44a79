// One scale for a column, so that its numbers compare at a glance.
#include <fleetcast/report/human.hpp>

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/figure_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace fleetcast {
namespace {

struct UnitStep {
    std::string_view unit;
    double from; // the largest figure of the column reaches this
    double divisor;
    std::string_view shown;
};

constexpr UnitStep unit_steps[] = {
    // the first row that fits
    {"units", 0, 1, "units"},
    {"h100e", 0, 1, "H100e"},
    {"mw", 1e4, 1e3, "GW"},
    {"mw", 0, 1, "MW"},
    {"mwh", 1e6, 1e6, "TWh"},
    {"mwh", 1e3, 1e3, "GWh"},
    {"mwh", 0, 1, "MWh"},
    {"t", 1e6, 1e6, "Mt"},
    {"t", 1e4, 1e3, "kt"},
    {"t", 0, 1, "t"},
    {"usd", 1e9, 1e9, "B USD"},
    {"usd", 1e6, 1e6, "M USD"},
    {"usd", 1e3, 1e3, "K USD"},
    {"usd", 0, 1, "USD"},
    {"usd_per_hour", 0, 1, "USD/h"},
    {"usd_per_million_tokens", 0, 1, "USD/M tokens"},
    {"hours", 0, 1, "h"},
    {"weeks", 0, 1, "weeks"},
    {"share", 0, 0.01, "%"},
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> proper_words = {
    {{"it", "IT"},
     {"h100e", "H100e"},
     {"gpu", "GPU"},
     {"tco", "TCO"},
     {"usd", "USD"},
     {"nre", "NRE"},
     {"npv", "NPV"},
     {"mw", "MW"}}};

constexpr double too_long = 1e15; // digits beyond it are noise: an exponent is shown

struct Extent {
    double largest = 0, smallest = HUGE_VAL; // sizes; smallest but 0
};

Extent extent_of(std::span<const std::optional<double>> figures) {
    Extent extent;
    for (const auto& figure : figures) {
        const double size = std::abs(figure.value_or(0));
        extent.largest = std::max(extent.largest, size);
        if (size > 0)
            extent.smallest = std::min(extent.smallest, size);
    }
    return extent;
}

Scale unit_of(std::string_view unit, double largest) {
    for (const UnitStep& step : unit_steps)
        if (step.unit == unit && largest >= step.from)
            return {step.divisor, std::string(step.shown), 0};
    return {1, std::string(unit), 0};
}

bool are_whole(std::span<const std::optional<double>> figures, const Scale& scale) {
    return std::all_of(figures.begin(), figures.end(), [&](const auto& figure) {
        const double shown = figure.value_or(0) / scale.divisor;
        return std::abs(shown - std::round(shown)) < 1e-9 * std::max(1.0, std::abs(shown));
    });
}

int decimals_for(double largest, double smallest) {
    if (largest >= 1000)
        return 0;
    if (largest >= 100)
        return 1;
    return largest < 1 || smallest < 0.1 ? 3 : 2;
}

/// Prices of an hour or of tokens may be small: three digits of the largest, two decimals at least.
int decimals_of_price(double largest) {
    int decimals = 2;
    for (double digits = largest * 10; digits > 0 && digits < 10 && decimals < 9; digits *= 10)
        ++decimals;
    return decimals;
}

/// The decimals that a unit has whatever the size; nothing where they follow from it.
std::optional<int> decimals_of_unit(std::string_view unit, double largest) {
    if (unit == "weeks")
        return 1;
    if (unit.starts_with("usd_per_") && largest < 100)
        return decimals_of_price(largest);
    return std::nullopt;
}

std::string word_of(std::string_view word) {
    for (const auto& [plain, proper] : proper_words)
        if (word == plain)
            return std::string(proper);
    return std::string(word);
}

int month_of(std::string_view iso) { return std::atoi(std::string(iso.substr(5, 2)).c_str()); }

/// Whether all periods but the first, which may be cut, begin in a month m with m % length == 1.
bool is_calendar(const std::vector<std::string>& periods, int length) {
    if (periods.size() == 1)
        return month_of(periods[0]) % length == 1;
    return std::all_of(periods.begin() + 1, periods.end(),
                       [&](const std::string& period) { return month_of(period) % length == 1; });
}

} // namespace

Scale scale_of(std::string_view unit, std::span<const std::optional<double>> figures) {
    const Extent extent = extent_of(figures);
    Scale scale = unit_of(unit, extent.largest);
    if (!are_whole(figures, scale))
        scale.decimals = decimals_of_unit(unit, extent.largest)
                             .value_or(decimals_for(extent.largest / scale.divisor,
                                                    extent.smallest / scale.divisor));
    return scale;
}

Scale short_scale_of(std::string_view unit, std::span<const std::optional<double>> figures) {
    const Extent extent = extent_of(figures);
    Scale scale = unit_of(unit, extent.largest);
    if (scale.divisor == 1 && extent.largest >= 1e4) {
        const bool millions = extent.largest >= 1e7;
        scale = {millions ? 1e6 : 1e3, (millions ? "M " : "k ") + scale.unit, 0};
    }
    if (are_whole(figures, scale))
        return scale;
    if (const auto decimals = decimals_of_unit(unit, extent.largest)) {
        scale.decimals = *decimals;
        return scale;
    }
    const double largest = extent.largest / scale.divisor;
    scale.decimals = largest >= 100 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
    if (largest < 1000 && scale.decimals < 3 &&
        extent.smallest / scale.divisor * std::pow(10.0, scale.decimals) < 5)
        ++scale.decimals;
    return scale;
}

std::string human(std::optional<double> figure, const Scale& scale, std::string_view empty) {
    if (!figure)
        return std::string(empty);
    figure_text(*figure); // ends the run unless it is finite
    const double shown = *figure / scale.divisor;
    if (shown == 0)
        return "0";
    if (std::abs(shown) >= too_long)
        return fmt::format("{:.3e}", shown);
    const std::string text = with_thousands(shown, scale.decimals);
    return text.find_first_of("123456789") == std::string::npos ? "~0" : text;
}

std::string human_change(std::optional<double> figure, const Scale& scale, std::string_view empty) {
    const std::string text = human(figure, scale, empty);
    const bool plus = figure && *figure > 0 && !text.starts_with('~');
    return plus ? "+" + text : text;
}

std::string percent(double share, int decimals) {
    figure_text(share); // ends the run unless it is finite
    const double least = std::pow(10.0, -decimals);
    const double shown = share * 100;
    if (share > 0 && shown <= least / 2)
        return fmt::format("<{:.{}f} %", least, decimals);
    if (share < 1 && shown >= 100 - least / 2)
        return fmt::format(">{:.{}f} %", 100 - least, decimals);
    return fmt::format("{:.{}f} %", shown, share == 0 || share == 1 ? 0 : decimals);
}

std::string metric_title(std::string_view metric, std::string_view unit) {
    const std::string suffix = fmt::format("_{}", unit);
    if (metric.size() > suffix.size() && metric.ends_with(suffix))
        metric.remove_suffix(suffix.size());
    const bool is_price = unit == "usd_per_hour"; // "usd" stands within the name, too
    std::string title;
    while (!metric.empty()) {
        const std::size_t end = std::min(metric.find('_'), metric.size());
        const std::string_view word = metric.substr(0, end);
        metric.remove_prefix(std::min(end + 1, metric.size()));
        if (is_price && word == "usd")
            continue;
        title += (title.empty() ? "" : " ") + word_of(word);
    }
    return title;
}

std::vector<std::string> period_titles(const std::vector<std::string>& periods,
                                       std::string_view every) {
    std::vector<std::string> titles;
    if (periods.empty())
        return titles;
    const bool by_year = every == "year" && is_calendar(periods, 12);
    const bool by_quarter = every == "quarter" && is_calendar(periods, 3);
    const bool by_month = every != "period" || std::all_of(periods.begin(), periods.end(),
                                                           [](const std::string& period) {
                                                               return period.ends_with("-01");
                                                           });
    for (const std::string& period : periods) {
        const std::string year = period.substr(0, 4);
        if (by_year)
            titles.push_back(year);
        else if (by_quarter)
            titles.push_back(fmt::format("{} Q{}", year, (month_of(period) + 2) / 3));
        else
            titles.push_back(by_month ? period.substr(0, 7) : period);
    }
    return titles;
}

} // namespace fleetcast
