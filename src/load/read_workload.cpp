// Reads a workload: the fields that all have and those of its kind stand in one object.
#include <fleetcast/load/reader.hpp>

#include <array>

namespace fleetcast {

namespace {

/// Both tables as one.
template <class Kind> struct Written : Workload, Kind {
    static constexpr auto fields() { return std::tuple_cat(Workload::fields(), Kind::fields()); }
};

template <class Kind>
void read_as(Reader& reader, const Spot& spot, std::string_view kind, Workload& out) {
    if (kind != Kind::kind)
        return;
    const std::array<std::string, 1> extra{"kind"};
    Written<Kind> written;
    read_object(reader, spot, written, extra);
    out = static_cast<Workload&>(written);
    out.kind = static_cast<Kind&>(written);
}

} // namespace

void read(Reader& reader, const Spot& spot, Workload& out) {
    if (!reader.is_object(spot))
        return;
    const auto kind = read_kind(reader, spot, {"reserved", "training", "inference"});
    if (!kind)
        return;
    read_as<Reserved>(reader, spot, *kind, out);
    read_as<Training>(reader, spot, *kind, out);
    read_as<Inference>(reader, spot, *kind, out);
    const Node* team = spot.child("team");
    if (team && team->kind == Node::Kind::string && !is_name(team->text))
        reader.wrong({team, spot.path + ".team", "team"}, std::string(no_name));
}

} // namespace fleetcast
