// Regular expressions of the schema, and the definitions made of them. They must mean the same in
// ECMAScript and in Python: no classes such as \d, and a `$` that lets no newline pass.
#include "schema_rules.hpp"

namespace fleetcast {

namespace {

const char* const end = "$(?!\\n)"; // in Python `$` alone matches before a newline, too
const char* const name = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
const char* const year = "(?:19[7-9][0-9]|2[01][0-9]{2})";
const char* const month = "(?:0[1-9]|1[0-2])";
const char* const leap_year = // 2100 is none
    "(?:19(?:7[26]|8[048]|9[26])|20(?:[02468][048]|[13579][26])|"
    "21(?:0[48]|[2468][048]|[13579][26]))";

std::string whole(const std::string& pattern) { return "^" + pattern + end; }

OrderedJson text_of_pattern(const std::string& pattern, const std::string& description) {
    return {{"description", description}, {"type", "string"}, {"pattern", pattern}};
}

/// Figures of a whole run, for checks (rules.md, G2).
std::string outcome_pattern(const std::string& forms) { return whole("(?:" + forms + ")"); }

} // namespace

std::string named_key_pattern() { return whole(std::string("(?!x-|(?:title|citation)$)") + name); }

std::string month_pattern() { return whole(std::string(year) + "-" + month); }

std::string span_pattern() { return whole(std::string(year) + "(?:-(?:" + month + "|Q[1-4]))?"); }

std::string date_pattern() {
    const std::string y = year;
    return whole("(?:" + y + "-" + month + "(?:-(?:0[1-9]|1[0-9]|2[0-8]))?|" + y +
                 "-(?:0[13-9]|1[0-2])-(?:29|30)|" + y + "-(?:0[13578]|1[02])-31|" + leap_year +
                 "-02-29)");
}

OrderedJson shared_definitions(const std::vector<std::string>& accelerators,
                               const std::vector<std::string>& metrics) {
    const std::string n = name;
    const std::string dates = "milestones\\." + n + "|workloads\\." + n + "\\.completed";
    const std::string numbers = "workloads\\." + n + "\\.(?:weeks_late|training_usd)|pending\\." +
                                n + "|paid_before_start_usd|due_after_end_usd|prepaid_usd";
    OrderedJson definitions;
    definitions["text"] = {{"type", "string"}};
    definitions["name"] =
        text_of_pattern(whole(n), "a name: letters, digits, _ and -, at most 64 characters");
    definitions["names"] = {{"type", "array"}, {"items", {{"$ref", "#/$defs/name"}}}};
    definitions["accelerator"] = text_of_pattern(whole(n), "id of an accelerator");
    definitions["accelerator"]["examples"] = accelerators;
    definitions["accelerator-ids"] = {{"type", "array"},
                                      {"items", {{"$ref", "#/$defs/accelerator"}}}};
    definitions["date"] =
        text_of_pattern(date_pattern(), "a month or a day, from 1970-01 to 2199-12");
    definitions["date"]["examples"] = {"2024-01", "2024-03-15"};
    definitions["first-day-of-month"] = text_of_pattern(
        whole(std::string(year) + "-" + month + "(?:-01)?"), "a month, or its first day");
    definitions["reference"] = text_of_pattern(whole("inputs\\." + n), "the path of a named input");
    definitions["metric"] = {{"type", "string"}, {"enum", metrics}};
    definitions["outcome"] = text_of_pattern(outcome_pattern(dates + "|" + numbers),
                                             "one figure of a whole run, such as milestones.600k");
    definitions["outcome-date"] =
        text_of_pattern(outcome_pattern(dates), "an outcome that is a date");
    // Every key here may stand in every object, maps of names too.
    definitions["no-item"] = {
        {"description", "no key but those that every object may have"},
        {"type", "object"},
        {"propertyNames",
         {{"pattern", std::string("^(?:x-|(?:\\$schema|\\$comment|title|citation)") + end + ")"}}}};
    return definitions;
}

} // namespace fleetcast
