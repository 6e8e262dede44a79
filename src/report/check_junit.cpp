// JUnit XML has no standard: this is what tests/report/junit.xsd holds. GitLab shows a testcase's
// classname as its suite, and only the body of a failure: the message stands in both.
#include <fleetcast/report/check_report.hpp>

#include "check_words.hpp"
#include "finding_words.hpp"

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

/// U+FFFE and U+FFFF are UTF-8 but no characters of XML 1.0.
constexpr std::string_view no_character[] = {"\xef\xbf\xbe", "\xef\xbf\xbf"};
constexpr std::string_view no_character_shown[] = {"\\ufffe", "\\uffff"};

/// For text and for attributes in double quotes, where a newline would become a space.
std::string escaped(std::string_view text, bool in_attribute) {
    struct Entity {
        char character;
        std::string_view entity;
        bool only_in_attributes = false;
    };
    constexpr Entity entities[] = {{'&', "&amp;"},        {'<', "&lt;"},       {'>', "&gt;"},
                                   {'"', "&quot;"},       {'\'', "&apos;"},    {'\r', "&#13;"},
                                   {'\n', "&#10;", true}, {'\t', "&#9;", true}};
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        const auto* const entity = std::ranges::find(entities, text[at], &Entity::character);
        const auto bytes = text.substr(at, glyph.bytes);
        if (entity != std::end(entities))
            result += entity->only_in_attributes && !in_attribute ? bytes : entity->entity;
        else if (const auto* const found = std::ranges::find(no_character, bytes);
                 found != std::end(no_character))
            result += no_character_shown[found - std::begin(no_character)];
        else
            result += glyph.shown;
        at += glyph.bytes;
    }
    return result;
}

std::string attribute(std::string_view name, std::string_view value) {
    return fmt::format(" {}=\"{}\"", name, escaped(value, true));
}

/// A testcase around its contents.
std::string testcase(const CheckedScenario& scenario, std::string_view name, std::string_view file,
                     std::size_t line, const std::string& contents) {
    std::string text =
        "    <testcase" + attribute("classname", scenario.name) + attribute("name", name);
    if (!file.empty())
        text += attribute("file", file);
    if (line > 0)
        text += attribute("line", std::to_string(line));
    return text + (contents.empty() ? "/>\n" : ">\n" + contents + "    </testcase>\n");
}

/// A <failure> or an <error>.
std::string defect(std::string_view element, std::string_view type, std::string_view message,
                   std::string_view body) {
    return fmt::format("      <{}{}{}>{}</{}>\n", element, attribute("message", message),
                       attribute("type", type), escaped(body, false), element);
}

/// What a reader wants to know beside the message: where the check is, and what moved.
std::string circumstances(const CheckedScenario& scenario, const CheckedRow& each) {
    std::string text = "\n" + condition_of(each.row);
    if (each.line > 0)
        text += fmt::format("\n{}:{}:{}", each.file, each.line, each.column);
    constexpr std::size_t most_differences = 5;
    for (const ToldDifference& told : told_differences(scenario.moved, most_differences))
        text += fmt::format("\nmoved: {} in {}: {}", told.metric, told.period, said_of(told, "->"));
    return text;
}

std::string of(const CheckedScenario& scenario, const CheckedRow& each, const CheckReport& report) {
    const std::string told = told_of(each);
    std::string contents;
    if (is_failure(each.row, report.inconclusive_passes))
        contents = defect("failure", each.row.verdict, told, told + circumstances(scenario, each));
    else if (each.row.verdict != "pass")
        contents = fmt::format("      <system-out>{}</system-out>\n",
                               escaped(each.row.verdict + ": " + told, false));
    return testcase(scenario, condition_of(each.row), each.file, each.line, contents);
}

bool names_timeout(const Finding& finding) {
    return finding.message.find("--timeout") != std::string::npos;
}

std::string_view type_of(const CheckedScenario& scenario) {
    switch (scenario.exit) {
    case Exit::bad_input:
        return "bad-input";
    case Exit::io:
        return "io";
    case Exit::refused: // for its time, or for a limit of size
        return std::ranges::any_of(scenario.problems, names_timeout) ? "timeout" : "refused";
    default:
        return "internal";
    }
}

/// Why it could not be checked.
std::string of_broken(const CheckedScenario& scenario) {
    const auto reasons = reasons_of(scenario);
    std::string body;
    for (const Finding& reason : reasons) {
        body += said_of(reason) + '\n';
        if (!reason.hint.empty())
            body += "  hint: " + reason.hint + '\n';
    }
    const bool told = !reasons.empty();
    return testcase(scenario, "can be checked", told ? reasons.front().file : scenario.file,
                    told ? reasons.front().line : 0,
                    defect("error", type_of(scenario),
                           told ? said_of(reasons.front()) : "could not be checked", body));
}

struct Tally {
    std::size_t tests = 0, failures = 0, errors = 0;
};

Tally tally_of(const CheckedScenario& scenario, const CheckReport& report) {
    const auto failures = std::ranges::count_if(scenario.checks, [&](const CheckedRow& each) {
        return is_failure(each.row, report.inconclusive_passes);
    });
    const std::size_t errors = is_broken(scenario) ? 1 : 0;
    return {scenario.checks.size() + errors, static_cast<std::size_t>(failures), errors};
}

std::string opening(std::string_view element, std::string_view name, const Tally& tally) {
    return fmt::format("<{}{} tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", element,
                       attribute("name", name), tally.tests, tally.failures, tally.errors);
}

} // namespace

std::string checks_junit(const CheckReport& report) {
    Tally total;
    std::string suites;
    for (const CheckedScenario& scenario : report.scenarios) {
        const Tally tally = tally_of(scenario, report);
        total.tests += tally.tests;
        total.failures += tally.failures;
        total.errors += tally.errors;
        suites += "  " + opening("testsuite", scenario.name, tally);
        for (const CheckedRow& each : scenario.checks)
            suites += of(scenario, each, report);
        if (is_broken(scenario))
            suites += of_broken(scenario);
        suites += "  </testsuite>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
           opening("testsuites", "fleetcast check", total) + suites + "</testsuites>\n";
}

} // namespace fleetcast
