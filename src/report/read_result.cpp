// Mistakes are collected by the reader of scenarios. Keys that this version does not know are
// passed over: a later one may have added them. Rules between the parts are in result_rules.cpp.
#include <fleetcast/report/read_result.hpp>

#include "result_object.hpp"
#include "result_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fleetcast {
namespace {

constexpr std::uint64_t format_version = 1;
constexpr std::string_view version_key = "fleetcast_result";

using Stat = std::pair<std::string, std::vector<std::optional<double>>>;

/// The items of a list at a key, each read by a function of an object.
template <class Row, class ReadRow>
std::vector<Row> rows(Reader& reader, const ResultObject& object, std::string_view key,
                      ReadRow read_row) {
    std::vector<Row> out;
    const Node* list = object.list(key);
    if (list == nullptr)
        return out;
    out.reserve(list->items.size());
    for (std::size_t i = 0; i < list->items.size() && !has_many_problems(reader); ++i)
        out.push_back(read_row(
            ResultObject(reader, list->items[i], fmt::format("{}.{}", object.path_of(key), i))));
    return out;
}

/// "value", "mean", "sd", "se", "min", "max", "p2_5", "p2_5_se".
bool is_statistic(std::string_view key) {
    constexpr std::array<std::string_view, 6> plain{"value", "mean", "sd", "se", "min", "max"};
    if (std::ranges::find(plain, key) != plain.end())
        return true;
    if (key.ends_with("_se"))
        key.remove_suffix(3);
    return key.size() > 1 && key[0] == 'p' && key[1] >= '0' && key[1] <= '9' &&
           key.find_first_not_of("0123456789_", 1) == std::string_view::npos;
}

/// The figures of one statistic, one for each period.
std::vector<std::optional<double>> figures(Reader& reader, const Spot& spot, std::size_t periods) {
    std::vector<std::optional<double>> out;
    if (spot.node->kind != Node::Kind::array) {
        reader.mismatch(spot, "an array of figures");
        return out;
    }
    const std::vector<Node>& items = spot.node->items;
    if (items.size() != periods)
        reader.wrong(spot, fmt::format("must have a figure for each of {} periods, has {}", periods,
                                       items.size()));
    out.reserve(items.size());
    for (std::size_t p = 0; p < items.size(); ++p) {
        const bool is_number = items[p].kind == Node::Kind::number;
        if (!is_number && items[p].kind != Node::Kind::null) {
            reader.mismatch({&items[p], fmt::format("{}.{}", spot.path, p), spot.name},
                            "a number or null");
            return out;
        }
        out.push_back(is_number ? std::optional(items[p].number) : std::nullopt);
    }
    return out;
}

SeriesRow series_row(Reader& reader, const ResultObject& object, std::size_t periods) {
    SeriesRow row{object.text("scenario"), object.label("by"),   object.text("group"),
                  object.label("metric"),  object.label("unit"), {}};
    for (const Member& member : object.node().members)
        if (is_statistic(member.key))
            row.stats.emplace_back(member.key,
                                   figures(reader, object.spot().below(member), periods));
    if (row.stats.empty() && object.is_object())
        reader.wrong(object.spot(), "has no figures", "they stand at \"value\", \"mean\", ...");
    return row;
}

OutcomeRow outcome_row(Reader& reader, const ResultObject& object) {
    OutcomeRow row{object.text("scenario"),
                   object.text("outcome"),
                   object.text("unit"),
                   object.text("stat"),
                   {},
                   {}};
    const Node* value = object.at("value");
    if (value == nullptr || value->kind == Node::Kind::null)
        return row;
    if (value->kind == Node::Kind::number)
        row.number = value->number;
    else if (value->kind == Node::Kind::string)
        row.date = object.day("value");
    else
        reader.mismatch({value, object.path_of("value"), "value"}, "a number, a day or null");
    return row;
}

CheckRow check_row(const ResultObject& object) {
    return {object.text("scenario"),     object.text("check"), object.text("verdict"),
            object.number("share"),      object.number("se"),  object.text("limit"),
            object.count("trials"),      object.number("low"), object.number("high"),
            object.number("probability")};
}

TrainingRow training_row(const ResultObject& object) {
    return {object.text("scenario"), object.text("workload"), object.day("due"),
            object.number("late")};
}

ShortageRow shortage_row(const ResultObject& object) {
    return {object.text("scenario"),     object.text("by"),          object.text("group"),
            object.number("share"),      object.day("worst_period"), object.number("worst_share"),
            object.number("worst_h100e")};
}

InputRow input_row(const ResultObject& object) {
    return {object.text("scenario"), object.text("path"),     object.text("distribution"),
            object.text("unit"),     object.number("median"), object.number("p10"),
            object.number("p90"),    object.text("citation")};
}

Remark remark(const ResultObject& object) { return {object.text("scenario"), object.text("text")}; }

ManifestScenario manifest_scenario(Reader& reader, const ResultObject& object) {
    ManifestScenario out;
    out.name = object.text("name");
    out.title = object.text("title");
    out.file = object.text("file");
    out.sha256 = object.text("sha256");
    if (object.node().find("patches") != nullptr) // older results have none
        out.patches = rows<AppliedPatch>(reader, object, "patches", [](const ResultObject& each) {
            return AppliedPatch{each.text("kind"), each.text("name"), each.text("sha256")};
        });
    out.start = object.day("start");
    out.end = object.day("end");
    out.step = object.word("step", {"month", "week"});
    out.every = object.word("every", {"period", "quarter", "year"});
    out.uncertain_inputs = object.truth("uncertain_inputs");
    out.trials = object.count("trials");
    out.periods = object.days("periods");
    out.defaults = object.texts("defaults");
    return out;
}

Manifest manifest(Reader& reader, const ResultObject& object) {
    Manifest out;
    out.version = object.text("version");
    out.seed = object.count("seed");
    out.trials = object.count("trials");
    out.sampling = object.text("sampling");
    out.quantile_form = object.text("quantile_form");
    out.quantiles = object.numbers("quantiles");
    out.catalog_version = object.text("catalog_version");
    out.scenarios =
        rows<ManifestScenario>(reader, object, "scenarios", [&](const ResultObject& each) {
            return manifest_scenario(reader, each);
        });
    out.comparisons = rows<Comparison>(reader, object, "comparisons", [](const ResultObject& each) {
        return Comparison{each.text("base"), each.text("other"), each.text("difference")};
    });
    return out;
}

ForecastResult whole(Reader& reader, const ResultObject& root) {
    ForecastResult result;
    if (const Node* made = root.at("manifest"))
        result.manifest = manifest(reader, ResultObject(reader, *made, "manifest"));
    result.periods = root.days("periods");
    result.series = rows<SeriesRow>(reader, root, "series", [&](const ResultObject& each) {
        return series_row(reader, each, result.periods.size());
    });
    result.outcomes = rows<OutcomeRow>(reader, root, "outcomes", [&](const ResultObject& each) {
        return outcome_row(reader, each);
    });
    result.checks = rows<CheckRow>(reader, root, "checks", check_row);
    result.trainings = rows<TrainingRow>(reader, root, "trainings", training_row);
    result.shortages = rows<ShortageRow>(reader, root, "shortages", shortage_row);
    result.inputs = rows<InputRow>(reader, root, "inputs", input_row);
    result.binding = rows<Remark>(reader, root, "binding", remark);
    if (reader.problems.empty())
        check_parts(reader, root, result);
    return result;
}

/// Whether the format is that of this program; else why not is reported.
bool is_readable(Reader& reader, const ResultObject& root) {
    const Member* version = root.node().find(version_key);
    if (version == nullptr) {
        reader.wrong(root.spot(), "is no saved result of fleetcast",
                     fmt::format("it has no key \"{}\"", version_key));
        return false;
    }
    const Node& value = version->value;
    const Spot spot{&value, std::string(version_key), std::string(version_key)};
    if (value.kind == Node::Kind::number && value.number > format_version) {
        reader.wrong(spot,
                     fmt::format("made by version {} of the format, this program reads {}",
                                 value.text, format_version),
                     "read it with the fleetcast that made it, or a newer one");
        return false;
    }
    if (value.kind != Node::Kind::number || value.number != format_version)
        reader.mismatch(spot, fmt::format("{}, the version of the format", format_version));
    return reader.problems.empty();
}

} // namespace

bool is_saved_result(const Node& document) { return document.find(version_key) != nullptr; }

Result<ForecastResult> read_result(const Node& document) {
    Reader reader;
    const ResultObject root(reader, document, "");
    if (root.is_object() && is_readable(reader, root)) {
        ForecastResult result = whole(reader, root);
        if (reader.problems.empty())
            return result;
    }
    return in_file_order(std::move(reader.problems));
}

Result<ForecastResult> read_result(const Sources& sources, std::uint32_t file) {
    const auto document = parse_document(sources, file, 0, WholeNumbers::rounded);
    if (const auto* problems = std::get_if<Problems>(&document))
        return *problems;
    return read_result(std::get<Node>(document));
}

} // namespace fleetcast
