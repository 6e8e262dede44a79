// Written by hand so that the order of keys, the line of a row and each digit are ours.
#include <fleetcast/report/json.hpp>

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/figure_text.hpp>

#include <fmt/format.h>

namespace fleetcast {
namespace {

std::string quoted(std::string_view raw) {
    std::string text = "\"";
    for (const char c : valid_utf8(raw)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (text += '\\') += c;
        else if (c == '\n')
            text += "\\n";
        else if (byte < 0x20 || byte == 0x7f)
            text += fmt::format("\\u{:04x}", byte);
        else
            text += c;
    }
    return text + '"';
}

std::string number(std::optional<double> value) { return value ? figure_text(*value) : "null"; }

template <class List, class Write> std::string array(const List& list, Write write) {
    std::string text = "[";
    for (const auto& each : list) {
        if (text.size() > 1)
            text += ',';
        text += write(each);
    }
    return text + ']';
}

/// One row on a line.
template <class List, class Write> std::string rows(const List& list, Write write) {
    if (list.empty())
        return "[]";
    std::string text = "[";
    for (const auto& each : list) {
        text += text.size() > 1 ? ",\n" : "\n";
        text += write(each);
    }
    return text + "\n]";
}

std::string of(const ManifestScenario& each) {
    return fmt::format(
        "{{\"name\":{},\"title\":{},\"file\":{},\"sha256\":{},\"start\":{},\"end\":{},"
        "\"step\":{},\"every\":{},\"uncertain_inputs\":{},\"trials\":{},\"periods\":{},"
        "\"defaults\":{}}}",
        quoted(each.name), quoted(each.title), quoted(each.file), quoted(each.sha256),
        quoted(each.start), quoted(each.end), quoted(each.step), quoted(each.every),
        each.uncertain_inputs, each.trials, array(each.periods, quoted),
        array(each.defaults, quoted));
}

std::string of(const Comparison& each) {
    return fmt::format("{{\"base\":{},\"other\":{},\"difference\":{}}}", quoted(each.base),
                       quoted(each.other), quoted(each.difference));
}

std::string of(const Manifest& manifest) {
    const auto row = [](const auto& each) { return of(each); };
    return fmt::format("{{\"version\":{},\"seed\":{},\"trials\":{},\"sampling\":{},"
                       "\"quantile_form\":{},\"quantiles\":{},\"catalog_version\":{},"
                       "\"scenarios\":{},\"comparisons\":{}}}",
                       quoted(manifest.version), manifest.seed, manifest.trials,
                       quoted(manifest.sampling), quoted(manifest.quantile_form),
                       array(manifest.quantiles, figure_text), quoted(manifest.catalog_version),
                       rows(manifest.scenarios, row), rows(manifest.comparisons, row));
}

std::string of(const SeriesRow& row) {
    std::string text = fmt::format(
        "{{\"scenario\":{},\"by\":{},\"group\":{},\"metric\":{},\"unit\":{}", quoted(row.scenario),
        quoted(row.by), quoted(row.group), quoted(row.metric), quoted(row.unit));
    for (const auto& [stat, figures] : row.stats)
        text += fmt::format(",{}:{}", quoted(stat), array(figures, number));
    return text + '}';
}

std::string of(const OutcomeRow& row) {
    return fmt::format("{{\"scenario\":{},\"outcome\":{},\"unit\":{},\"stat\":{},\"value\":{}}}",
                       quoted(row.scenario), quoted(row.outcome), quoted(row.unit),
                       quoted(row.stat), row.date.empty() ? number(row.number) : quoted(row.date));
}

std::string of(const CheckRow& row) {
    return fmt::format("{{\"scenario\":{},\"check\":{},\"verdict\":{},\"share\":{},\"se\":{},"
                       "\"limit\":{},\"trials\":{},\"low\":{},\"high\":{},\"probability\":{}}}",
                       quoted(row.scenario), quoted(row.check), quoted(row.verdict),
                       number(row.share), number(row.se), quoted(row.limit), row.trials,
                       number(row.low), number(row.high), number(row.probability));
}

std::string of(const TrainingRow& row) {
    return fmt::format("{{\"scenario\":{},\"workload\":{},\"due\":{},\"late\":{}}}",
                       quoted(row.scenario), quoted(row.workload), quoted(row.due),
                       number(row.late));
}

std::string of(const ShortageRow& row) {
    return fmt::format("{{\"scenario\":{},\"by\":{},\"group\":{},\"share\":{},"
                       "\"worst_period\":{},\"worst_share\":{},\"worst_h100e\":{}}}",
                       quoted(row.scenario), quoted(row.by), quoted(row.group), number(row.share),
                       quoted(row.worst_period), number(row.worst_share), number(row.worst_h100e));
}

std::string of(const InputRow& row) {
    return fmt::format(
        "{{\"scenario\":{},\"path\":{},\"distribution\":{},\"unit\":{},\"median\":{},"
        "\"p10\":{},\"p90\":{},\"citation\":{}}}",
        quoted(row.scenario), quoted(row.path), quoted(row.distribution), quoted(row.unit),
        number(row.median), number(row.p10), number(row.p90), quoted(row.citation));
}

std::string of(const Remark& remark) {
    return fmt::format("{{\"scenario\":{},\"text\":{}}}", quoted(remark.scenario),
                       quoted(remark.text));
}

} // namespace

std::string to_json(const ForecastResult& result) {
    const auto row = [](const auto& each) { return of(each); };
    return fmt::format(
        "{{\"fleetcast_result\":1,\n\"manifest\":{},\n\"periods\":{},\n\"series\":{},\n"
        "\"outcomes\":{},\n\"checks\":{},\n\"trainings\":{},\n\"shortages\":{},\n"
        "\"inputs\":{},\n\"binding\":{}}}\n",
        of(result.manifest), array(result.periods, quoted), rows(result.series, row),
        rows(result.outcomes, row), rows(result.checks, row), rows(result.trainings, row),
        rows(result.shortages, row), rows(result.inputs, row), rows(result.binding, row));
}

} // namespace fleetcast
