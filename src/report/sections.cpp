// Each list is a filter over the rows of the result and one way to say a row.
#include <fleetcast/report/sections.hpp>

#include "outcome_words.hpp"

#include <fleetcast/report/figure_text.hpp>
#include <fleetcast/report/human.hpp>
#include <fleetcast/report/series_index.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace fleetcast {
namespace {

constexpr std::string_view milestone_prefix = "milestones.";
constexpr std::string_view pending_prefix = "pending.";

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> payments = {
    {{"paid_before_start_usd", "paid before the start"},
     {"due_after_end_usd", "due after the end"},
     {"prepaid_usd", "paid for what comes later"}}};

std::string said(const ToldOutcome& outcome, const Wording& wording) {
    return outcome.is_date() ? said_of_date(outcome, wording) : said_of_number(outcome, wording);
}

bool is_nothing(const ToldOutcome& outcome) {
    return std::ranges::all_of(outcome.rows, [](const OutcomeRow* row) {
        return row->date.empty() && row->number.value_or(0) == 0;
    });
}

/// The outcomes of that prefix, without it.
template <class Keep>
std::vector<ListItem> items_of(const ForecastResult& result, std::string_view scenario,
                               std::string_view prefix, const TerminalStyle& style, Keep keep) {
    const Wording wording = wording_of(result, scenario, style.unicode);
    std::vector<ListItem> items;
    for (const ToldOutcome& outcome : outcomes_of(result, scenario))
        if (outcome.name.starts_with(prefix) && keep(outcome))
            items.push_back({{outcome.name.substr(prefix.size())}, {said(outcome, wording)}});
    return items;
}

std::string bullet(const TerminalStyle& style) { return style.unicode ? "•" : "*"; }

} // namespace

std::string milestones_section(const ForecastResult& result, std::string_view scenario,
                               const TerminalStyle& style) {
    auto items = items_of(result, scenario, milestone_prefix, style,
                          [](const ToldOutcome&) { return true; });
    for (ListItem& item : items)
        if (item.text.text.starts_with("not within"))
            item.text.ink = Ink::yellow;
    return section("Milestones", items, style);
}

std::string trainings_section(const ForecastResult& result, std::string_view scenario,
                              const TerminalStyle& style) {
    const Wording wording = wording_of(result, scenario, style.unicode);
    const auto outcomes = outcomes_of(result, scenario);
    std::vector<ListItem> items;
    for (const ToldTraining& training : trainings_of(outcomes, result, scenario)) {
        std::string text = said_of_training(training, wording);
        const Ink ink = text.starts_with("not within") ? Ink::yellow : Ink::plain;
        items.push_back({{training.name}, {std::move(text), ink}});
    }
    return section("Trainings", items, style);
}

std::string title_of(const ShortageRow& row) {
    return row.group == "-" ? "no " + row.by : row.by + " " + row.group;
}

std::string shortages_section(const ForecastResult& result, std::string_view scenario,
                              const TerminalStyle& style) {
    const ManifestScenario* own = scenario_named(result.manifest, scenario);
    const bool single = own != nullptr && own->trials == 1;
    const bool by_month = own != nullptr && own->step == "month";
    std::vector<ListItem> items;
    for (const ShortageRow& row : result.shortages) {
        if (row.scenario != scenario)
            continue;
        const std::optional<double> figures[] = {row.worst_h100e};
        const Scale scale = short_scale_of("h100e", figures);
        const std::string when = by_month ? row.worst_period.substr(0, 7) : row.worst_period,
                          missing = human(row.worst_h100e, scale, "") + " " + scale.unit;
        items.push_back(
            {{title_of(row)},
             {single ? fmt::format("short, most in {}: {} missing", when, missing)
                     : fmt::format("short in {} of trials, most in {}: {} missing in {} of trials",
                                   percent(row.share), when, missing, percent(row.worst_share))}});
    }
    return section("Who goes short", items, style);
}

Piece verdict_piece(const CheckRow& row, const TerminalStyle& style) {
    struct Look {
        std::string_view verdict, sign, ascii_sign;
        Ink ink;
    };
    constexpr std::array<Look, 3> looks = {{{"pass", "✓ pass", "pass", Ink::green},
                                            {"fail", "✗ FAIL", "FAIL", Ink::red},
                                            {"warn", "! warn", "warn", Ink::yellow}}};
    for (const Look& look : looks)
        if (look.verdict == row.verdict)
            return {std::string(style.unicode ? look.sign : look.ascii_sign), look.ink};
    return {"? " + row.verdict, Ink::yellow};
}

std::string said_of_share(const CheckRow& row) {
    int decimals = 0; // as many as the interval deserves
    for (double width = row.high - row.low; width < 0.02 && decimals < 3; width *= 10)
        ++decimals;
    const auto bound = [&](double share) { // without the rounding errors of the interval's formula
        const bool edge = share < 1e-12 || share > 1 - 1e-12;
        return percent(edge ? std::round(share) : share, decimals);
    };
    std::string low = bound(row.low);
    low.resize(low.size() - 2); // one unit for both ends
    return fmt::format("holds in {} of trials ({} to {}), asked {:.6g} %",
                       percent(row.share, decimals), low, bound(row.high), row.probability * 100);
}

std::string checks_section(const ForecastResult& result, std::string_view scenario,
                           const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const CheckRow& row : result.checks) {
        if (row.scenario != scenario)
            continue;
        std::string text = fmt::format("{}: {}", row.check, row.limit);
        if (row.trials > 1)
            text += fmt::format(" {} {}", style.unicode ? "—" : "-", said_of_share(row));
        if (row.verdict == "too-close")
            text += "; raise --trials to tell";
        items.push_back({verdict_piece(row, style), {text}});
    }
    return section("Checks", items, style);
}

std::string binding_section(const ForecastResult& result, std::string_view scenario,
                            const TerminalStyle& style) {
    return section("What bound", binding_remarks(result, scenario, style), style);
}

std::vector<ListItem> binding_remarks(const ForecastResult& result, std::string_view scenario,
                                      const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const Remark& remark : result.binding)
        if (remark.scenario == scenario)
            items.push_back({{bullet(style)}, {remark.text}});
    return items;
}

std::string pending_section(const ForecastResult& result, std::string_view scenario,
                            const TerminalStyle& style) {
    return section("Pending after the end",
                   items_of(result, scenario, pending_prefix, style,
                            [](const ToldOutcome& outcome) { return !is_nothing(outcome); }),
                   style);
}

std::string payments_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style) {
    const Wording wording = wording_of(result, scenario, style.unicode);
    std::vector<ListItem> items;
    for (const ToldOutcome& outcome : outcomes_of(result, scenario)) {
        const auto found = std::ranges::find(payments, outcome.name,
                                             &std::pair<std::string_view, std::string_view>::first);
        if (found != payments.end() && !is_nothing(outcome))
            items.push_back({{std::string(found->second)}, {said(outcome, wording)}});
    }
    return section("Payments beyond the horizon", items, style);
}

std::string inputs_section(const ForecastResult& result, std::string_view scenario,
                           const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const InputRow& row : result.inputs)
        if (row.scenario == scenario)
            items.push_back(
                {{row.path},
                 {fmt::format("{} {}, P10 {}, P90 {}; {}{}{}", figure_text(row.median), row.unit,
                              figure_text(row.p10), figure_text(row.p90), row.distribution,
                              row.citation.empty() ? "" : "; ", row.citation)}});
    const ManifestScenario* own = scenario_named(result.manifest, scenario);
    const bool drawn = own != nullptr && own->trials > 1;
    return section(drawn ? "Uncertain inputs" : "Uncertain inputs, at their medians", items, style);
}

std::string defaults_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const ManifestScenario& each : result.manifest.scenarios)
        if (each.name == scenario)
            for (const std::string& text : each.defaults)
                items.push_back({{bullet(style), Ink::dim}, {text, Ink::dim}});
    return section("Defaults that had an effect", items, style);
}

} // namespace fleetcast
