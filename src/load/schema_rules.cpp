// The rules between the keys of one object that a schema can say, as schemas, and what helps an
// editor to complete: defaults and examples. Each is laid over the objects that it names.
#include "schema_rules.hpp"

#include <array>

namespace fleetcast {

namespace {

/// `ids`: the objects, with a space around each. Several rules may name one object.
struct Rule {
    std::string_view ids;
    const char* schema;
};

constexpr std::array rules{
    // Sources.
    Rule{" sources ", R"({"not": {"$ref": "#/$defs/no-item"}})"},
    Rule{" installed purchase in-house undisclosed ", R"({
        "properties": {
            "sites": {"type": "array", "minItems": 1, "uniqueItems": true},
            "service_life_months": {"examples": [60]},
            "annual_attrition_share": {"default": 0},
            "annual_failure_rate": {"default": 0},
            "repair_days": {"default": 0},
            "spares_share": {"default": 0},
            "maintenance_share_per_year": {"default": 0},
            "resale_share": {"default": 0}}})"},
    Rule{" installed purchase in-house ", R"({"allOf": [
        {"anyOf": [{"properties": {"accelerator": true}, "required": ["accelerator"]},
                   {"properties": {"h100e": true, "kw_per_unit": true},
                    "required": ["h100e", "kw_per_unit"]}]}]})"},
    Rule{" undisclosed ", R"({"allOf": [
        {"anyOf": [{"properties": {"accelerator": true}, "required": ["accelerator"]},
                   {"properties": {"kw_per_unit": true}, "required": ["kw_per_unit"]}]}]})"},
    Rule{" lease ", R"({"allOf": [
        {"anyOf": [{"properties": {"accelerator": true}, "required": ["accelerator"]},
                   {"properties": {"h100e": true}, "required": ["h100e"]}]}]})"},
    Rule{" purchase in-house undisclosed ", R"({
        "properties": {
            "delay_months": {"default": 0},
            "commissioning_months": {"default": 0},
            "acceptance_months": {"default": 0}},
        "allOf": [
            {"oneOf": [{"properties": {"deliveries": true}, "required": ["deliveries"]},
                       {"properties": {"orders": true}, "required": ["orders"]}]},
            {"if": {"properties": {"deliveries": {"type": "object", "properties": {"reach": true},
                                                  "required": ["reach"]}},
                    "required": ["deliveries"]},
             "then": {"properties": {"accelerator": true}, "required": ["accelerator"]}},
            {"if": {"properties": {"deliveries": {"type": "object",
                                                  "properties": {"reach_h100e": true},
                                                  "required": ["reach_h100e"]}},
                    "required": ["deliveries"]},
             "then": {"properties": {"h100e": {"anyOf": [
                 {"type": "object"}, {"type": "number", "exclusiveMinimum": 0}]}}}}]})"},
    Rule{" in-house ", R"({"dependentRequired": {
        "nre_usd": ["nre_from", "nre_to"],
        "nre_from": ["nre_usd", "nre_to"],
        "nre_to": ["nre_usd", "nre_from"]}})"},
    Rule{" units reach reach_h100e ", R"({"properties": {"curve": {"default": "linear"}}})"},
    Rule{" orders[] ", R"({
        "properties": {"lead_time_months": {"default": 0}, "over_months": {"default": 1}},
        "oneOf": [{"properties": {"ordered": true}, "required": ["ordered"]},
                  {"properties": {"arrives": true}, "required": ["arrives"]}],
        "dependentRequired": {"lead_time_months": ["ordered"]}})"},
    Rule{" payment ", R"({"minItems": 1})"},
    Rule{" payment[] ", R"({"properties": {"months_before_delivery": {"default": 0}}})"},

    // Sites and workloads.
    Rule{" sites[] ", R"({"properties": {
        "delay_months": {"default": 0},
        "provisioning_share": {"default": 1},
        "reserve_share": {"default": 0},
        "pue": {"default": 1.2},
        "load_share": {"default": 0.75},
        "electricity_usd_per_mwh": {"default": 70},
        "carbon_kg_per_mwh": {"default": 400},
        "build_usd_per_mw": {"default": 0}}})"},
    Rule{" reserved training inference ", R"({"properties": {
        "priority": {"default": 1},
        "accelerators": {"type": "array", "minItems": 1},
        "sites": {"type": "array", "minItems": 1}}})"},
    Rule{" training inference ", R"({"properties": {"mfu_share": {"examples": [0.35]}}})"},
    Rule{" inference ", R"({"properties": {"peak_to_mean": {"default": 1}}})"},

    // Finance, correlations and costs.
    Rule{" finance ", R"({"properties": {
        "discount_rate_share": {"default": 0},
        "depreciation_months": {"default": 60},
        "site_depreciation_months": {"default": 240},
        "year_starts": {"default": "01"}}})"},
    Rule{" correlations[] ", R"({
        "properties": {"between": {"minItems": 2, "uniqueItems": true}},
        "oneOf": [{"properties": {"rank": true}, "required": ["rank"]},
                  {"properties": {"normal": true}, "required": ["normal"]}]})"},
    Rule{" costs[] ", R"({
        "oneOf": [{"properties": {"usd": true, "at": true}, "required": ["usd", "at"]},
                  {"properties": {"usd_per_month": true}, "required": ["usd_per_month"]}],
        "dependentRequired": {"usd": ["at"], "at": ["usd"], "from": ["usd_per_month"],
                              "to": ["usd_per_month"]}})"},

    // Milestones and checks.
    Rule{" milestones[] checks[] ", R"({"allOf": [{"oneOf": [
        {"properties": {"source": true}, "required": ["source"]},
        {"properties": {"site": true}, "required": ["site"]},
        {"properties": {"accelerator": true}, "required": ["accelerator"]},
        {"properties": {"team": true}, "required": ["team"]},
        {"properties": {"workload": true}, "required": ["workload"]},
        {"properties": {"source": false, "site": false, "accelerator": false, "team": false,
                        "workload": false}}]}]})"},
    Rule{" milestones[] ", R"({
        "properties": {"metric": {"$ref": "#/$defs/metric"}},
        "allOf": [{"oneOf": [{"properties": {"at_least": true}, "required": ["at_least"]},
                             {"properties": {"at_most": true}, "required": ["at_most"]}]}]})"},
    Rule{" checks[] ", R"({
        "properties": {
            "metric": {"anyOf": [{"$ref": "#/$defs/metric"}, {"$ref": "#/$defs/outcome"}]},
            "severity": {"default": "error"},
            "probability": {"default": 0.5}},
        "allOf": [
            {"oneOf": [{"properties": {"at_least": true}, "required": ["at_least"]},
                       {"properties": {"at_most": true}, "required": ["at_most"]},
                       {"properties": {"between": true}, "required": ["between"]}]},
            {"if": {"properties": {"metric": {"$ref": "#/$defs/outcome"}}, "required": ["metric"]},
             "then": {"properties": {"at": false, "every": false, "source": false, "site": false,
                                     "accelerator": false, "team": false, "workload": false}},
             "else": {"properties": {"at": true}, "required": ["at"]}},
            {"if": {"properties": {"metric": {"$ref": "#/$defs/outcome-date"}},
                    "required": ["metric"]},
             "then": {"properties": {"at_least": {"type": "string"}, "at_most": {"type": "string"},
                                     "between": false}},
             "else": {"properties": {"at_least": {"type": "number"},
                                     "at_most": {"type": "number"}}}}]})"},

    // Values.
    Rule{" value component ", R"({
        "properties": {
            "normal": {"items": false, "minItems": 2,
                       "prefixItems": [{"type": "number"}, {"type": "number", "minimum": 0}]},
            "discrete": {"minItems": 1, "items": {
                "items": false, "minItems": 2,
                "prefixItems": [{"type": "number"}, {"type": "number", "minimum": 0}]}},
            "empirical": {"minItems": 1},
            "confidence": {"default": 0.9}},
        "dependentRequired": {"confidence": ["interval"], "shape": ["interval"]},
        "allOf": [
            {"if": {"properties": {"shape": {"const": "lognormal"}, "interval": true},
                    "required": ["shape", "interval"]},
             "then": {"properties": {"interval": {
                 "type": "array", "items": {"type": "number", "exclusiveMinimum": 0}}}}},
            {"if": {"properties": {"shape": {"const": "logit-normal"}, "interval": true},
                    "required": ["shape", "interval"]},
             "then": {"properties": {"interval": {
                 "type": "array", "items": {"type": "number", "exclusiveMinimum": 0,
                                            "exclusiveMaximum": 1}}}}}]})"},
    Rule{" value ", R"({
        "properties": {
            "mixture": {"minItems": 1, "items": {
                "items": false, "minItems": 2,
                "prefixItems": [
                    {"anyOf": [{"type": "number"}, {"$ref": "#/$defs/component"}]},
                    {"type": "number", "minimum": 0}]}},
            "ref": {"$ref": "#/$defs/reference"},
            "formula": {"minLength": 1, "examples": ["revenue * hardware_share / price"]},
            "truncate": {"items": {"type": ["number", "null"]}},
            "clamp": {"items": {"type": ["number", "null"]}}},
        "allOf": [{"not": {"anyOf": [
            {"properties": {"ref": true, "truncate": true}, "required": ["ref", "truncate"]},
            {"properties": {"ref": true, "clamp": true}, "required": ["ref", "clamp"]},
            {"properties": {"formula": true, "truncate": true},
             "required": ["formula", "truncate"]},
            {"properties": {"formula": true, "clamp": true}, "required": ["formula", "clamp"]}]}}]})"},
    Rule{" points ", R"({"not": {"$ref": "#/$defs/no-item"}})"},
    Rule{" by-date ", R"({"properties": {"between": {"default": "step"}}})"},

    // The whole.
    Rule{" variants[] ", R"({"properties": {"extends": false, "variants": false}})"},
    Rule{" scenario ", R"({
        "properties": {
            "step": {"default": "month"},
            "report_every": {"default": "period"},
            "h100e_basis": {"default": "bf16"}},
        "allOf": [{
            "if": {"properties": {"step": {"const": "week"}}, "required": ["step"]},
            "else": {"properties": {"start": {"$ref": "#/$defs/first-day-of-month"}}}}]})"},
};

} // namespace

std::vector<OrderedJson> rules_of(std::string_view id) {
    const std::string wanted = " " + std::string(id) + " ";
    std::vector<OrderedJson> found;
    for (const Rule& rule : rules)
        if (rule.ids.find(wanted) != rule.ids.npos)
            found.push_back(OrderedJson::parse(rule.schema));
    return found;
}

} // namespace fleetcast
