// Reads what is peculiar to sources: the kind, vintages and the forms of deliveries.
#include <fleetcast/load/reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

using std::chrono::month;
using std::chrono::months;

/// "2024-01", "2024-Q2" or "2024".
std::optional<Span> parse_span(std::string_view key) {
    const std::string text(key);
    if (text.size() == 7 && text[5] == 'Q' && text[6] >= '1' && text[6] <= '4') {
        const auto first =
            parse_date(fmt::format("{}-{:02}", text.substr(0, 4), 3 * (text[6] - '1') + 1));
        if (!first || text[4] != '-')
            return std::nullopt;
        return Span{*first, Date{first->month + months{2}, 0}, text};
    }
    if (text.size() == 7) {
        const auto date = parse_date(text);
        return date ? std::optional(Span{*date, *date, text}) : std::nullopt;
    }
    const auto first = text.size() == 4 ? parse_date(text + "-01") : std::nullopt;
    return first ? std::optional(Span{*first, Date{first->month + months{11}, 0}, text})
                 : std::nullopt;
}

void read_schedule(Reader& reader, const Spot& spot, ScheduledDeliveries& out) {
    if (!reader.is_object(spot))
        return;
    for (const Member& member : spot.node->members) {
        if (check_common(reader, spot, member))
            continue;
        const auto span = parse_span(member.key);
        if (!span) {
            reader.wrong_key(
                spot, member,
                "must be a month, a quarter or a year: \"2024-01\", \"2024-Q2\", \"2024\"");
            continue;
        }
        for (const auto& [other, units] : out.schedule)
            if (span->from.month <= other.to.month && other.from.month <= span->to.month)
                reader.wrong_key(spot, member, fmt::format("overlaps \"{}\"", other.key));
        out.schedule.emplace_back(*span, Scalar{});
        read(reader, {&member.value, spot.path + "." + member.key, spot.name, not_negative},
             out.schedule.back().second);
    }
}

/// Deliveries without a form: most often its key is misspelt.
void refuse_formless(Reader& reader, const Spot& spot) {
    const std::vector<std::string> known{"units", "schedule", "reach", "reach_h100e",
                                         "from",  "to",       "by",    "curve"};
    const auto before = reader.problems.size();
    for (const Member& member : spot.node->members)
        if (!check_common(reader, spot, member) &&
            std::ranges::find(known, member.key) == known.end())
            refuse_key(reader, spot, member, known);
    if (reader.problems.size() == before)
        reader.wrong(spot, "needs one of units, schedule, reach, reach_h100e");
}

template <class Kind>
void read_as(Reader& reader, const Spot& spot, std::string_view kind, Source& out) {
    if (kind != Kind::kind)
        return;
    const std::array<std::string, 1> extra{"kind"};
    Kind source;
    read_object(reader, spot, source, extra);
    out = std::move(source);
}

} // namespace

void read(Reader& reader, const Spot& spot, std::vector<std::pair<Date, Scalar>>& out) {
    if (!reader.is_object(spot))
        return;
    for (const Member& member : spot.node->members) {
        if (check_common(reader, spot, member))
            continue;
        const auto date = parse_date(member.key);
        if (!date || date->day != 0) {
            reader.wrong_key(spot, member, "must be a month such as \"2021-06\"");
            continue;
        }
        out.emplace_back(*date, Scalar{});
        read(reader, {&member.value, spot.path + "." + member.key, spot.name, spot.range},
             out.back().second);
    }
}

void read(Reader& reader, const Spot& spot, Deliveries& out) {
    if (!reader.is_object(spot))
        return;
    constexpr std::array<std::string_view, 4> forms{"units", "schedule", "reach", "reach_h100e"};
    std::vector<std::string_view> given;
    for (const std::string_view form : forms)
        if (spot.child(form))
            given.push_back(form);
    if (given.size() > 1)
        return reader.wrong(spot, fmt::format("takes one form, got {}", fmt::join(given, " and ")));
    if (given.empty())
        return refuse_formless(reader, spot);
    if (given[0] == "units") {
        UnitDeliveries deliveries;
        read_object(reader, spot, deliveries);
        out = std::move(deliveries);
        return;
    }
    const std::string form(given[0]);
    const std::array<std::string, 1> extra{form};
    const Spot value{spot.child(form), spot.path + "." + form, form, not_negative};
    if (form == "schedule") {
        ScheduledDeliveries deliveries;
        read_schedule(reader, value, deliveries);
        for (const Member& member : spot.node->members)
            if (member.key != form && !check_common(reader, spot, member))
                refuse_key(reader, spot, member, extra);
        out = std::move(deliveries);
        return;
    }
    ReachDeliveries deliveries;
    deliveries.h100e = form == "reach_h100e";
    read_object(reader, spot, deliveries, extra);
    read(reader, value, deliveries.target);
    out = std::move(deliveries);
}

void read(Reader& reader, const Spot& spot, Source& out) {
    if (!reader.is_object(spot))
        return;
    const auto kind =
        read_kind(reader, spot, {"installed", "purchase", "in-house", "lease", "undisclosed"});
    if (!kind)
        return;
    read_as<Installed>(reader, spot, *kind, out);
    read_as<Purchase>(reader, spot, *kind, out);
    read_as<InHouse>(reader, spot, *kind, out);
    read_as<Lease>(reader, spot, *kind, out);
    read_as<Undisclosed>(reader, spot, *kind, out);
}

} // namespace fleetcast
