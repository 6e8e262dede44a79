// Every cell is inert: Markdown and HTML in names are shown as they were written. Each table has a
// share of the bytes, and says how many rows found no place.
#include <fleetcast/report/check_report.hpp>

#include "check_words.hpp"
#include "finding_words.hpp"

#include <fleetcast/base/printable.hpp>
#include <fleetcast/report/human.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

constexpr std::size_t most_bytes = 60'000; // GitHub takes 65,536 characters in a comment
constexpr std::size_t share_of_failures = 36'000, share_of_moved = 12'000,
                      share_of_notes = 4'000; // [byte]
constexpr std::size_t most_characters = 300;  // of a cell
constexpr std::size_t most_differences = 5;   // of a scenario

/// The text for a cell of a table or a line, without any markup of Markdown or HTML.
std::string inert(std::string_view text) {
    constexpr std::string_view marks = "\\`*_[]|~#";
    std::string result;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (++characters > most_characters)
            return result + "…";
        const Glyph glyph = glyph_at(text, at);
        at += glyph.bytes;
        for (const char c : glyph.shown) { // \x1b holds a mark, too
            if (c == '<')
                result += "&lt;";
            else if (c == '>')
                result += "&gt;";
            else if (c == '&')
                result += "&amp;";
            else if (marks.find(c) != marks.npos)
                (result += '\\') += c;
            else
                result += c;
        }
    }
    return result;
}

using Row = std::vector<std::string>; // [column], inert

std::string line_of(const Row& row) {
    std::string line = "|";
    for (const std::string& cell : row)
        line += fmt::format(" {} |", cell);
    return line + '\n';
}

/// A table within so many bytes, its last row the count of those beyond; empty without rows.
std::string table(const Row& titles, const std::vector<Row>& rows, std::size_t bytes) {
    constexpr std::size_t room_for_count = 100;
    if (rows.empty())
        return {};
    std::string text = line_of(titles) + line_of(Row(titles.size(), "---"));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string line = line_of(rows[i]);
        if (text.size() + line.size() + room_for_count > bytes) {
            Row rest(titles.size());
            rest.front() = fmt::format("and {} more", shown_count(rows.size() - i));
            return text + line_of(rest);
        }
        text += line;
    }
    return text;
}

std::string asked(const CheckRow& row) {
    return row.trials > 1 ? fmt::format("{:.6g} %", row.probability * 100) : "";
}

/// "holds in 35.0 % of trials (34.0 to 35.9 %)": found_of() without what stands in columns of its
/// own.
std::string found(const CheckedRow& each) {
    std::string text = found_of(each.row);
    text = text.substr(0, text.rfind(", asked"));
    if (each.row.verdict == "too-close")
        text += "; " + settled_words(each.settled_by);
    return inert(text);
}

std::vector<Row> failing(const CheckReport& report) {
    std::vector<Row> rows;
    for (const CheckedScenario& scenario : report.scenarios) {
        if (is_broken(scenario)) {
            const auto reasons = reasons_of(scenario);
            std::string text = reasons.empty() ? "" : inert(said_of(reasons.front()));
            if (reasons.size() > 1)
                text += fmt::format("; and {} more", shown_count(reasons.size() - 1));
            rows.push_back({inert(scenario.name), "", "could not be checked", text, "", ""});
        }
        for (const CheckedRow& each : scenario.checks)
            if (each.row.verdict != "pass")
                rows.push_back({inert(scenario.name), inert(condition_of(each.row)),
                                inert(each.row.verdict), found(each), asked(each.row),
                                each.before ? inert(verdict_before(*each.before)) : ""});
    }
    return rows;
}

std::vector<Row> moved(const CheckReport& report) {
    std::vector<Row> rows;
    for (const CheckedScenario& scenario : report.scenarios)
        for (const ToldDifference& told : told_differences(scenario.moved, most_differences))
            rows.push_back({inert(scenario.name), inert(told.metric), inert(told.period),
                            inert(told.before), inert(told.after), inert(told.change),
                            inert(told.relative)});
    return rows;
}

std::vector<Row> passing(const CheckReport& report) {
    std::vector<Row> rows;
    for (const CheckedScenario& scenario : report.scenarios)
        for (const CheckedRow& each : scenario.checks)
            if (each.row.verdict == "pass")
                rows.push_back({inert(scenario.name), inert(condition_of(each.row)), found(each),
                                asked(each.row)});
    return rows;
}

std::string notes(const CheckReport& report) {
    std::string text;
    std::size_t count = 0, kept = 0;
    for (const CheckedScenario& scenario : report.scenarios)
        for (const std::string& each : scenario.notes) {
            const std::string line = fmt::format("- {}: {}\n", inert(scenario.name), inert(each));
            if (count++ == kept && text.size() + line.size() <= share_of_notes) {
                text += line;
                ++kept;
            }
        }
    if (count > kept)
        text += fmt::format("- and {} more\n", shown_count(count - kept));
    return text;
}

} // namespace

std::string checks_markdown(const CheckReport& report) {
    const CheckCounts counts = counts_of(report);
    std::string text =
        fmt::format("## fleetcast check: {}\n\n{}\n",
                    counts.failed + counts.broken > 0 ? "failed" : "passed", summary_of(report));
    const auto add = [&](const std::string& part, std::string_view before, std::string_view after) {
        if (!part.empty())
            text += fmt::format("\n{}{}{}", before, part, after);
    };
    add(table({"scenario", "check", "verdict", "found", "asked", "baseline"}, failing(report),
              share_of_failures),
        "", "");
    add(table({"scenario", "metric", "period", "before", "after", "change", "%"}, moved(report),
              share_of_moved),
        fmt::format("### What moved since {}\n\n", inert(report.baseline)), "");
    add(notes(report), "", "");
    const std::string fold =
        fmt::format("<details>\n<summary>{}</summary>\n\n",
                    counted(counts.pass, "check") + (counts.pass == 1 ? " passes" : " pass"));
    constexpr std::string_view end = "\n</details>\n";
    const std::size_t used = text.size() + fold.size() + end.size() + 1;
    add(table({"scenario", "check", "found", "asked"}, passing(report),
              most_bytes - std::min(used, most_bytes)),
        fold, end);
    return text;
}

} // namespace fleetcast
