// Each list is a filter over the rows of the result and one way to say a row.
#include <fleetcast/report/sections.hpp>

#include <fleetcast/report/figure_text.hpp>
#include <fleetcast/report/human.hpp>

#include <fmt/format.h>

#include <array>

namespace fleetcast {
namespace {

constexpr std::string_view milestone_prefix = "milestones.";
constexpr std::string_view pending_prefix = "pending.";

std::string amount(std::optional<double> figure, std::string_view unit) {
    if (!figure)
        return "no figure";
    const std::optional<double> figures[] = {figure};
    const Scale scale = scale_of(unit, figures);
    return fmt::format("{} {}", human(figure, scale, ""), scale.unit);
}

std::string said(const OutcomeRow& row) {
    if (!row.date.empty())
        return row.date;
    return row.unit == "date" ? "not within the horizon" : amount(row.number, row.unit);
}

/// The name without its prefix, and the statistic where there are several.
std::string label_of(const OutcomeRow& row, std::string_view prefix) {
    const std::string name = row.outcome.substr(prefix.size());
    return row.stat == "value" ? name : fmt::format("{} {}", name, row.stat);
}

std::string bullet(const TerminalStyle& style) { return style.unicode ? "•" : "*"; }

} // namespace

std::string milestones_section(const ForecastResult& result, std::string_view scenario,
                               const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const OutcomeRow& row : result.outcomes) {
        if (row.scenario != scenario || !row.outcome.starts_with(milestone_prefix))
            continue;
        const bool reached = !row.date.empty();
        items.push_back({{label_of(row, milestone_prefix)},
                         {reached ? "reached " + said(row) : said(row),
                          reached || row.unit != "date" ? Ink::plain : Ink::yellow}});
    }
    return section("Milestones", items, style);
}

std::string checks_section(const ForecastResult& result, std::string_view scenario,
                           const TerminalStyle& style) {
    struct Look {
        std::string_view verdict, sign, ascii_sign;
        Ink ink;
    };
    constexpr std::array<Look, 3> looks = {{{"pass", "✓ pass", "pass", Ink::green},
                                            {"fail", "✗ FAIL", "FAIL", Ink::red},
                                            {"warn", "! warn", "warn", Ink::yellow}}};
    std::vector<ListItem> items;
    for (const CheckRow& row : result.checks) {
        if (row.scenario != scenario)
            continue;
        Piece verdict{"? " + row.verdict, Ink::yellow};
        for (const Look& look : looks)
            if (look.verdict == row.verdict)
                verdict = {std::string(style.unicode ? look.sign : look.ascii_sign), look.ink};
        items.push_back({verdict, {fmt::format("{}: {}", row.check, row.limit)}});
    }
    return section("Checks", items, style);
}

std::string binding_section(const ForecastResult& result, std::string_view scenario,
                            const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const Remark& remark : result.binding)
        if (remark.scenario == scenario)
            items.push_back({{bullet(style)}, {remark.text}});
    return section("What bound", items, style);
}

std::string pending_section(const ForecastResult& result, std::string_view scenario,
                            const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const OutcomeRow& row : result.outcomes) {
        if (row.scenario != scenario || !row.outcome.starts_with(pending_prefix))
            continue;
        if (row.number.value_or(0) == 0)
            continue;
        items.push_back({{label_of(row, pending_prefix)}, {said(row)}});
    }
    return section("Pending after the end", items, style);
}

std::string outcomes_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style) {
    std::vector<ListItem> items;
    for (const OutcomeRow& row : result.outcomes)
        if (row.scenario == scenario && !row.outcome.starts_with(milestone_prefix) &&
            !row.outcome.starts_with(pending_prefix))
            items.push_back({{label_of(row, "")}, {said(row)}});
    return section("Outcomes", items, style);
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
    return section("Uncertain inputs, at their medians", items, style);
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
