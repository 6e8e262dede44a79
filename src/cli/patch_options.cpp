#include <fleetcast/cli/patch_options.hpp>

namespace fleetcast {

std::vector<Option> patch_options() {
    return {{"--variant", "NAME", "this one of the scenario's own `variants`", "", false},
            {"--overlay", "FILE",
             "lay FILE over the scenario (JSON Merge Patch, RFC 7396: objects are merged, null "
             "deletes); may be given several times",
             "", true},
            {"--set", "PATH=JSON",
             "one value, as sources.chips.price_usd=30000 or /sites/main/pue=1.3; null deletes; "
             "may be given several times; of all patches the last wins: extends, --variant, then "
             "--overlay and --set as they stand here",
             "", true},
            {"--allow-root", "DIR",
             "`extends` may name files in DIR, not only in the scenario's own folder; may be given "
             "several times",
             "", true}};
}

PatchRequest patch_request_of(const Arguments& arguments) {
    PatchRequest request;
    request.variant = arguments.value("--variant");
    request.roots = arguments.values("--allow-root");
    for (const auto& [name, value] : arguments.options) {
        if (name == "--overlay")
            request.patches.push_back({Patch::Kind::overlay, value});
        if (name == "--set")
            request.patches.push_back({Patch::Kind::set, value});
    }
    return request;
}

} // namespace fleetcast
