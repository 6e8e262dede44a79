// Written by hand so that the order of keys, the line of a row and each digit are ours.
#include <fleetcast/report/json.hpp>

#include <fleetcast/report/figure_text.hpp>
#include <fleetcast/report/json_text.hpp>

#include <fmt/format.h>

namespace fleetcast {
namespace {

std::string number(std::optional<double> value) { return value ? figure_text(*value) : "null"; }

std::string of(const AppliedPatch& patch) {
    return fmt::format("{{\"kind\":{},\"name\":{},\"sha256\":{}}}", quoted(patch.kind),
                       quoted(patch.name), quoted(patch.sha256));
}

std::string of(const ManifestScenario& each) {
    const auto patch = [](const AppliedPatch& one) { return of(one); };
    return fmt::format(
        "{{\"name\":{},\"title\":{},\"file\":{},\"sha256\":{},\"patches\":{},\"start\":{},"
        "\"end\":{},\"step\":{},\"every\":{},\"uncertain_inputs\":{},\"trials\":{},"
        "\"periods\":{},\"defaults\":{}}}",
        quoted(each.name), quoted(each.title), quoted(each.file), quoted(each.sha256),
        json_array(each.patches, patch), quoted(each.start), quoted(each.end), quoted(each.step),
        quoted(each.every), each.uncertain_inputs, each.trials, json_array(each.periods, quoted),
        json_array(each.defaults, quoted));
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
                       json_array(manifest.quantiles, figure_text),
                       quoted(manifest.catalog_version), json_rows(manifest.scenarios, row),
                       json_rows(manifest.comparisons, row));
}

std::string of(const SeriesRow& row) {
    std::string text = fmt::format(
        "{{\"scenario\":{},\"by\":{},\"group\":{},\"metric\":{},\"unit\":{}", quoted(row.scenario),
        quoted(row.by), quoted(row.group), quoted(row.metric), quoted(row.unit));
    for (const auto& [stat, figures] : row.stats)
        text += fmt::format(",{}:{}", quoted(stat), json_array(figures, number));
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
        of(result.manifest), json_array(result.periods, quoted), json_rows(result.series, row),
        json_rows(result.outcomes, row), json_rows(result.checks, row),
        json_rows(result.trainings, row), json_rows(result.shortages, row),
        json_rows(result.inputs, row), json_rows(result.binding, row));
}

} // namespace fleetcast
