// The choice follows the manifest, so that all rows of a result are read alike.
#include <fleetcast/report/spread.hpp>

#include <fleetcast/report/series_index.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {

std::string quantile_stat(double percent) {
    std::string text = fmt::format("{:.10f}", percent); // never an exponent
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    std::ranges::replace(text, '.', '_');
    return "p" + text;
}

std::string stat_title(std::string_view stat) {
    std::string title(stat);
    if (title.size() > 1 && title[0] == 'p' && title[1] >= '0' && title[1] <= '9') {
        title[0] = 'P';
        std::ranges::replace(title, '_', '.');
    }
    return title;
}

Spread spread_of(const Manifest& manifest) {
    const auto& asked = manifest.quantiles;
    const auto has = [&](double percent) {
        return std::ranges::find(asked, percent) != asked.end();
    };
    Spread spread;
    if (has(50))
        spread.center = "p50";
    else if (asked.size() == 1)
        spread.center = quantile_stat(asked.front());
    if (asked.empty())
        return spread;
    const auto [least, most] = std::ranges::minmax(asked);
    const double low = has(10) ? 10 : least, high = has(90) ? 90 : most;
    if (low < high)
        spread = {spread.center, quantile_stat(low), quantile_stat(high), (high - low) / 100};
    return spread;
}

std::string title_of(const Spread& spread, bool unicode) {
    const std::string center = stat_title(spread.center);
    if (spread.low.empty())
        return center;
    return fmt::format("{} ({}{}{})", center, stat_title(spread.low), unicode ? "–" : "-",
                       stat_title(spread.high));
}

Estimate estimate_of(const SeriesRow* row, const Spread& spread, std::size_t period) {
    Estimate estimate{figure(row, spread.center, period), {}, {}};
    if (is_uncertain(row) && !spread.low.empty()) {
        estimate.low = figure(row, spread.low, period);
        estimate.high = figure(row, spread.high, period);
    }
    return estimate;
}

} // namespace fleetcast
