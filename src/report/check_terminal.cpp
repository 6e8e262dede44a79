// Scenarios that need attention are told in full, all others in a line.
#include <fleetcast/report/check_report.hpp>

#include "check_words.hpp"
#include "finding_words.hpp"
#include "padding.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/sections.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

constexpr std::size_t most_passing = 20; // that get a line each
constexpr std::size_t most_reasons = 3;
constexpr std::size_t most_differences = 5;

Piece verdict_of(const CheckedScenario& scenario) {
    if (is_broken(scenario))
        return {"could not be checked", Ink::red};
    if (scenario.exit == Exit::check_failed)
        return {"fails", Ink::red};
    return needs_telling(scenario) ? Piece{"passes, with doubts", Ink::yellow}
                                   : Piece{"passes", Ink::green};
}

/// "2 checks pass, 1 fails"
std::string counts_words(const CheckedScenario& scenario) {
    const CheckCounts counts = counts_of({{scenario}, "", false});
    std::string text = counted(counts.pass, "check") + (counts.pass == 1 ? " passes" : " pass");
    if (counts.fail > 0)
        text += ", " + ended(counts.fail, "fail");
    if (counts.too_close > 0)
        text += fmt::format(", {} too close to call", shown_count(counts.too_close));
    if (counts.warn > 0)
        text += ", " + ended(counts.warn, "warn");
    return text;
}

std::string reasons_list(const CheckedScenario& scenario, const TerminalStyle& style) {
    const Piece margin{spaces(2 * indent_of(style))};
    const auto reasons = reasons_of(scenario);
    std::string text;
    for (std::size_t i = 0; i < std::min(most_reasons, reasons.size()); ++i) {
        text += prose(margin, {said_of(reasons[i])}, style);
        if (!reasons[i].hint.empty())
            text += prose(margin, {"hint: " + reasons[i].hint, Ink::dim}, style);
    }
    if (reasons.size() > most_reasons)
        text += prose(
            margin,
            {fmt::format("and {} more", shown_count(reasons.size() - most_reasons)), Ink::dim},
            style);
    return text;
}

std::string checks_list(const CheckedScenario& scenario, const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const CheckedRow& each : scenario.checks)
        if (each.row.verdict != "pass")
            items.push_back({verdict_piece(each.row, style),
                             {fmt::format("{} {} {}", condition_of(each.row),
                                          style.unicode ? "—" : "-", told_of(each))}});
    return list(items, style);
}

std::string moved_list(const CheckedScenario& scenario, const CheckReport& report,
                       const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const ToldDifference& told : told_differences(scenario.moved, most_differences))
        items.push_back(
            {{told.metric, Ink::dim},
             {fmt::format("{}: {}", told.period, said_of(told, style.unicode ? "→" : "->"))}});
    std::string text;
    if (!items.empty())
        text = note("moved most since " + report.baseline, style) + list(items, style);
    for (const std::string& each : scenario.notes)
        text += note(each, style);
    return text;
}

std::string in_full(const CheckedScenario& scenario, const CheckReport& report,
                    const TerminalStyle& style) {
    const Piece verdict = verdict_of(scenario);
    std::string text = heading(cut_middle(scenario.name, 3 * style.width, ellipsis(style)), style);
    const std::string counts =
        scenario.checks.empty() ? verdict.text : verdict.text + ": " + counts_words(scenario);
    text += prose({spaces(indent_of(style))}, {counts, verdict.ink}, style);
    if (is_broken(scenario))
        text += reasons_list(scenario, style);
    return text + checks_list(scenario, style) + moved_list(scenario, report, style);
}

/// A line for each, or how many there are.
std::string passing(const std::vector<const CheckedScenario*>& scenarios,
                    const TerminalStyle& style) {
    if (scenarios.size() > most_passing)
        return prose({spaces(indent_of(style))},
                     {counted(scenarios.size(), "scenario") + " pass", Ink::green}, style);
    std::vector<ListItem> items;
    for (const CheckedScenario* scenario : scenarios)
        items.push_back({{scenario->name}, {counts_words(*scenario), Ink::green}});
    return list(items, style);
}

} // namespace

std::string checks_terminal(const CheckReport& report, const TerminalStyle& wanted) {
    TerminalStyle style = wanted;
    style.width = std::clamp(wanted.width, 20, 240);
    std::string text;
    std::vector<const CheckedScenario*> others;
    std::size_t moved = 0; // passing ones that are told in full for what moved
    for (const CheckedScenario& scenario : report.scenarios) {
        const bool has_news = !scenario.moved.empty() || !scenario.notes.empty();
        if (needs_telling(scenario) || (has_news && moved++ < most_passing))
            text += in_full(scenario, report, style) + '\n';
        else
            others.push_back(&scenario);
    }
    if (!others.empty())
        text += passing(others, style) + '\n';
    const CheckCounts counts = counts_of(report);
    const Ink ink = counts.failed + counts.broken > 0 ? Ink::red : Ink::green;
    return text + prose({spaces(indent_of(style))}, {summary_of(report), ink}, style);
}

} // namespace fleetcast
