// The keys of a scenario, from the field tables of model/: a new row there is a new entry here.
#include <fleetcast/cli/help.hpp>

#include <fleetcast/model/scenario.hpp>

#include <fmt/format.h>

#include <tuple>
#include <type_traits>

namespace fleetcast {
namespace {

template <class T> struct Bare { using type = T; };
template <class T> struct Bare<std::optional<T>> { using type = T; };

/// What a key takes, by the type of the member that it fills.
template <class Member> constexpr std::string_view kind_of() {
    using T = typename Bare<Member>::type;
    if constexpr (std::is_same_v<T, Scalar>)
        return "scalar";
    else if constexpr (std::is_same_v<T, Series>)
        return "series";
    else if constexpr (std::is_same_v<T, Date>)
        return "date";
    else if constexpr (std::is_same_v<T, double>)
        return "number";
    else if constexpr (std::is_same_v<T, int>)
        return "whole number";
    else if constexpr (std::is_same_v<T, std::string>)
        return "text";
    else if constexpr (std::is_same_v<T, std::vector<std::string>>)
        return "list of names";
    else if constexpr (std::is_same_v<T, std::vector<double>>)
        return "list of numbers";
    else if constexpr (std::is_same_v<T, std::vector<Payment>>)
        return "list of parts";
    else if constexpr (std::is_same_v<T, Threshold>)
        return "number or date";
    else if constexpr (std::is_enum_v<T>)
        return "word";
    else
        return "object";
}

template <class Struct, class Member>
void add(std::vector<Entry>& list, const Field<Struct, Member>& row) {
    std::string text =
        fmt::format("{}{}: {}", kind_of<Member>(), row.is_required ? ", required" : "", row.doc);
    if (row.range != any_number)
        text += fmt::format("; {}", text_of(row.range));
    list.push_back({std::string(row.name), text});
}

/// The rows of a struct from `skip` on.
template <class Struct> std::vector<Entry> rows(std::size_t skip = 0) {
    std::vector<Entry> list;
    std::size_t index = 0;
    const auto each = [&](const auto& row) {
        if (index++ >= skip)
            add(list, row);
    };
    std::apply([&](const auto&... row) { (each(row), ...); }, Struct::fields());
    return list;
}

template <class Struct> constexpr std::size_t count = std::tuple_size_v<decltype(Struct::fields())>;

std::string part(std::string_view title, std::vector<Entry> list) {
    return fmt::format("\n{}\n\n{}", title, entries(list));
}

std::vector<Entry> with_first(std::vector<Entry> first, const std::vector<Entry>& list) {
    first.insert(first.end(), list.begin(), list.end());
    return first;
}

std::vector<Entry> accelerator_rows() {
    std::vector<Entry> list{{"like", "text: an id of the catalogue that it corrects or resembles"},
                            {"name, vendor", "text"}};
    for (const FigureKind& kind : figure_kinds)
        list.push_back({std::string(kind.name),
                        fmt::format("number: {}{}{}{}", kind.doc, kind.unit.empty() ? "" : " (",
                                    kind.unit, kind.unit.empty() ? "" : ")")});
    return list;
}

std::string values() {
    return "\nValues\n\n" +
           entries({
               {"date",
                "\"2024-03\" or \"2024-03-15\"; as a start its first moment, as an end its last"},
               {"scalar", "a number, a distribution, {\"ref\": \"inputs.NAME\"} or {\"formula\": "
                          "\"2 * price\"} over the names of inputs"},
               {"series", "a scalar; {\"points\": {\"2024-01\": 70, \"2025-01\": 75}, \"between\": "
                          "\"linear\"} (or \"step\"); {\"start\": 70, \"growth_per_year\": 0.02}"},
               {"distribution",
                "{\"uniform\": [a, b]}, {\"triangular\": [min, mode, max]}, {\"pert\": [min, "
                "mode, max]}, {\"normal\": [mean, sd]}, {\"lognormal\": {\"median\": m, "
                "\"sigma\": s}}, {\"interval\": [lo, hi], \"confidence\": 0.9}, {\"discrete\": "
                "[[value, weight], ...]}, {\"mixture\": [[distribution, weight], ...]}, "
                "{\"empirical\": [...]}; beside it \"truncate\" or \"clamp\": [lo, hi]"},
           });
}

} // namespace

std::string scenario_topic() {
    return "The scenario\n\n" +
           paragraphs("One JSON file; comments are allowed. Whatever has a name is an object keyed "
                      "by that name: letters, digits, _ and -. Units are in the keys: _usd, "
                      "_mw, _kw, _months, _share (0 to 1). An unknown key is an error; `title`, "
                      "`citation`, `$comment`, `$schema` and keys that begin with x- may stand "
                      "anywhere.\n\n"
                      "The smallest scenario has start, end and one source; `fleetcast init` "
                      "writes longer ones to start from.") +
           part("The file", rows<Scenario>()) + values() +
           part("sources.NAME: its kind",
                {{"installed", "units in service at the start, by `vintages`"},
                 {"purchase", "bought: `deliveries` or `orders`"},
                 {"in-house", "one's own chip: as purchase, with its engineering and its risk"},
                 {"lease", "rented from others, in the provider's power"},
                 {"undisclosed",
                  "known only by its size: as purchase; h100e is 1 when neither it nor an "
                  "accelerator is given"}}) +
           part("Every source but a lease", rows<Hardware>()) +
           part("installed, also", rows<Installed>(count<Hardware>)) +
           part("purchase, in-house and undisclosed, also", rows<Procured>(count<Hardware>)) +
           part("in-house, also", rows<InHouse>(count<Procured>)) +
           part("sources.NAME.respin", rows<Respin>()) + part("lease", rows<Lease>()) +
           part("sources.NAME.deliveries: units between two dates", rows<UnitDeliveries>()) +
           part("or what is missing for a target",
                with_first({{"reach", "scalar: units of the accelerator, counting every source"},
                            {"reach_h100e", "scalar: H100-equivalents of the whole fleet"}},
                           rows<ReachDeliveries>())) +
           part("or by month, quarter or year",
                {{"schedule",
                  "object: {\"2024-01\": 10000, \"2024-Q2\": 45000, \"2025\": 90000}"}}) +
           part("curve", {{"linear", "even (default)"},
                          {"s-curve", "slow, fast, slow"},
                          {"front-loaded", "most at the beginning"},
                          {"back-loaded", "most at the end"}}) +
           part("sources.NAME.orders.NAME", rows<Order>()) +
           part("sources.NAME.replaces", rows<Replaces>()) +
           part("payment: [{\"share\": 0.3, \"months_before_delivery\": 6}, ...]",
                rows<Payment>()) +
           part("sites.NAME", rows<Site>()) + part("sites.NAME.power.NAME", rows<Increment>()) +
           part("workloads.NAME: its kind",
                {{"reserved", "a standing claim"},
                 {"training", "a job with a backlog: it takes what it can get up to `max_h100e`, "
                              "and ends when its operations are done"},
                 {"inference", "tokens to be served every day"}}) +
           part("Every workload", rows<Workload>()) + part("reserved, also", rows<Reserved>()) +
           part("training, also", rows<Training>()) + part("inference, also", rows<Inference>()) +
           part("accelerators.ID", accelerator_rows()) +
           part("correlations.NAME", rows<Correlation>()) +
           part("milestones.NAME", rows<Milestone>()) + part("checks.NAME", rows<Check>()) +
           part("costs.NAME", rows<Cost>()) +
           part("finance", with_first(rows<Finance>(),
                                      {{"year_starts",
                                        "\"01\" to \"12\": first month of the financial year"}})) +
           "\nPatches\n\n" +
           paragraphs(
               "A patch is JSON Merge Patch (RFC 7396): objects are merged by name, null removes, "
               "anything else replaces. A name that was there keeps its place, a new one comes "
               "last. One exception: a value in another form than the one there, another form of "
               "deliveries and another kind of workload replace it whole. A variant that "
               "a file and its base both have is the base's, then the file's. The last wins: "
               "`extends`, then --variant, then --overlay and --set as they stand on the command "
               "line.") +
           "\n" +
           entries({{"extends", "text: the scenario that this file is a patch of, relative to this "
                                "file and within the folder of the scenario on the command line "
                                "(--allow-root DIR allows another); 16 files at most"},
                    {"variants", "patches of this file by name, for --variant, `compare "
                                 "--variants` and `check --variants`"}}) +
           "\nDefaults\n\n" +
           paragraphs(
               "No losses, failures, spares or retirement; prices and delays 0; PUE 1.2, load "
               "share 0.75, electricity 70 USD/MWh, carbon 400 kg/MWh, paid on delivery, "
               "depreciated "
               "over 60 months (sites 240), discount rate 0, priority 1. Without `sites` there is "
               "one, everywhere, without limits; a site without `power` has no limit. Each "
               "default that had an effect is named in a note.") +
           "\nHabits\n\n" +
           entries({{"actuals",
                     "move `start`, write what stands as `vintages`, and take what has arrived "
                     "out of `deliveries` and `orders`; a `reach` needs no change"},
                    {"a total without its parts",
                     "an undisclosed source with `reach_h100e` fills up to a known total"},
                    {"where it comes from",
                     "a `citation` beside a figure is kept, and shown in reports"}});
}

} // namespace fleetcast
