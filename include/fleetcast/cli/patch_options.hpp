// Options that lay patches over scenarios, and what they ask for.
#pragma once

#include <fleetcast/cli/command.hpp>
#include <fleetcast/load/patch.hpp>

namespace fleetcast {

/// --variant, --overlay, --set and --allow-root.
std::vector<Option> patch_options();

PatchRequest patch_request_of(const Arguments& arguments);

} // namespace fleetcast
