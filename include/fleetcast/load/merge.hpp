// JSON Merge Patch (RFC 7396) over trees that keep their places.
// Interface: merged(). Where patches come from is left to layers.cpp.
#pragma once

#include <fleetcast/load/document.hpp>
#include <fleetcast/model/shape.hpp>

#include <string>
#include <vector>

namespace fleetcast {

/// A key that a patch took away, and the null that did.
struct Removal {
    std::string path; // dotted
    Place place;
    bool operator==(const Removal&) const = default;
};

struct Merged {
    Node document;
    std::vector<Removal> removals; // in the order of the patch; later patches may set them again
};

/// The target after the patch: objects are merged, null deletes, anything else replaces; a key
/// keeps its position, a new one is appended, every value its place. Where the shape at `path` says
/// so, the scenario format's exception holds: a value of another form, deliveries of another form
/// and a workload of another kind replace what was there whole. A variant is itself a patch: one
/// over another becomes the two after each other, and the nulls in it are for later. Without a
/// shape: RFC 7396 alone.
Merged merged(Node target, Node patch, const Shape* shape = nullptr, const std::string& path = "");

} // namespace fleetcast
