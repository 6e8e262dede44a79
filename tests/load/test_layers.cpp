// Scenarios of several files: bases, overlays, variants, --set.
#include <fleetcast/load/layers.hpp>
#include <fleetcast/load/read_file.hpp>
#include <fleetcast/load/scenario.hpp>

#include "support/catch.hpp"
#include "support/folder.hpp"

#include <fmt/format.h>

#include <filesystem>

using namespace fleetcast;
using fleetcast::testing::Folder;

namespace {

namespace fs = std::filesystem;

LoadedScenario load(const std::string& path, const PatchRequest& request = {}) {
    return load_scenario(read_source(path), request);
}

std::string printed(const LoadedScenario& loaded) {
    std::string text;
    for (const Problem& problem : placed(loaded.problems, loaded))
        text += format_problem(problem, loaded.sources);
    return text;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

PatchRequest with_set(const std::string& text) { return {{}, {{Patch::Kind::set, text}}, {}}; }

const std::string base = R"({"start":"2024-01","end":"2024-12",
  "sources":{"a":{"kind":"purchase","h100e":1,"kw_per_unit":1,"price_usd":5,
    "deliveries":{"units":10,"from":"2024-01","to":"2024-06"}}}})";

double price(const LoadedScenario& loaded) {
    REQUIRE(printed(loaded) == "");
    const auto& source = std::get<Purchase>(loaded.scenario.sources.front().second);
    return std::get<double>(std::get<Scalar>(source.price_usd->value).value);
}

} // namespace

TEST_CASE("a scenario is a patch of the one that it extends") {
    const Folder folder;
    folder.put("base.json", base);
    folder.put("middle.json", R"({"extends":"base.json","sources":{"a":{"price_usd":6}}})");
    const LoadedScenario loaded =
        load(folder.put("top.json", R"({"extends":"./middle.json","end":"2025-12"})"));
    CHECK(price(loaded) == 6);
    CHECK(text_of(loaded.scenario.end) == "2025-12");
    CHECK(loaded.name == "top");
    REQUIRE(loaded.patches.size() == 2);
    CHECK(loaded.patches[0].name == "base.json");
    CHECK(loaded.patches[1].name == "middle.json");
    CHECK(loaded.patches[0].kind == "extends");
    CHECK(loaded.patches[0].sha256 == sha256_of(base));
}

TEST_CASE("the last patch wins: extends, then the variant, then overlays and sets in order") {
    const Folder folder;
    folder.put("base.json", base);
    const std::string top =
        folder.put("top.json",
                   R"({"extends":"base.json","variants":{"v":{"sources":{"a":{"price_usd":7}}}}})");
    const std::string overlay = folder.put("over.json", R"({"sources":{"a":{"price_usd":8}}})");
    const Patch over{Patch::Kind::overlay, overlay}, set{Patch::Kind::set, "sources.a.price_usd=9"};
    CHECK(price(load(top)) == 5);
    CHECK(price(load(top, {"v", {}, {}})) == 7);
    CHECK(price(load(top, {"v", {over}, {}})) == 8);
    CHECK(price(load(top, {"v", {over, set}, {}})) == 9);
    CHECK(price(load(top, {"v", {set, over}, {}})) == 8);
    const LoadedScenario loaded = load(top, {"v", {over, set}, {}});
    CHECK(loaded.name == "top@v");
    std::string kinds;
    for (const AppliedPatch& patch : loaded.patches)
        kinds += patch.kind + " " + patch.name + "\n";
    CHECK(kinds == "extends base.json\nvariant v\noverlay over.json\nset sources.a.price_usd=9\n");
    CHECK(loaded.patches[3].sha256 == sha256_of("sources.a.price_usd=9"));
    CHECK(loaded.patches[1].sha256 == sha256_of(R"({"sources":{"a":{"price_usd":7}}})"));
}

TEST_CASE("an overlay may extend another") {
    const Folder folder;
    const std::string plan = folder.put("plan.json", base);
    folder.put("first.json", R"({"sources":{"a":{"price_usd":8,"h100e":2}}})");
    const std::string second =
        folder.put("second.json", R"({"extends":"first.json","sources":{"a":{"price_usd":9}}})");
    const LoadedScenario loaded = load(plan, {{}, {{Patch::Kind::overlay, second}}, {}});
    CHECK(price(loaded) == 9);
    CHECK(std::get<Purchase>(loaded.scenario.sources[0].second).h100e->value ==
          Scalar{2.0, ""}.value);
}

TEST_CASE("a mistake is told where it was written") {
    const Folder folder;
    folder.put("base.json", base);
    const std::string top = folder.put(
        "top.json", "{\"extends\":\"base.json\",\n\"sources\":{\"a\":{\"price_usd\":-3}}}");
    CHECK(holds(printed(load(top)),
                folder.at("top.json") + ":2:29: error: sources.a.price_usd: must be at least 0"));
    const std::string set =
        printed(load(folder.at("base.json"), with_set("sources.a.price_usd=-4")));
    CHECK(holds(set, "--set:1:21: error: sources.a.price_usd: must be at least 0, got -4"));
    CHECK(holds(set, "  sources.a.price_usd=-4\n                      ^"));
    const std::string unknown =
        printed(load(folder.at("base.json"), with_set("sources.a.prize=1")));
    CHECK(holds(unknown, "--set:1:1: error: sources.a.prize: unknown key"));
}

TEST_CASE("a key that an overlay removes is missed at the overlay's null") {
    const Folder folder;
    const std::string plan = folder.put("plan.json", base);
    const std::string start = folder.put("a.json", "{\n \"start\": null}");
    CHECK(holds(printed(load(plan, {{}, {{Patch::Kind::overlay, start}}, {}})),
                start + ":2:11: error: needs \"start\""));
    const std::string kind = folder.put("b.json", R"({"sources":{"a":{"kind":null}}})");
    CHECK(holds(printed(load(plan, {{}, {{Patch::Kind::overlay, kind}}, {}})),
                kind + ":1:25: error: sources.a: needs \"kind\""));
    const std::string number = folder.put("c.json", R"({"sources":5})");
    CHECK(holds(printed(load(plan, {{}, {{Patch::Kind::overlay, number}}, {}})),
                number + ":1:12: error: sources: must be an object, got the number 5"));
}

TEST_CASE("a base must lie in the folder of the scenario") {
    const Folder folder;
    folder.put("secret.json", R"({"title":"secret"})");
    fs::create_directories(folder.path() / "plans/inner");
    fs::create_symlink(folder.at("secret.json"), folder.path() / "plans/link.json");
    for (const char* bad :
         {"../secret.json", "inner/../../secret.json", "link.json", "/etc/passwd", "file://a.json",
          "https://example.org/a.json", "C:\\\\a.json", "a\\\\b.json", "%2e%2e/secret.json", "",
          "-", "../../../../../../etc/passwd", "../nothing.json"}) {
        INFO(bad);
        const LoadedScenario loaded =
            load(folder.put("plans/top.json", fmt::format(R"({{"extends":"{}"}})", bad)));
        const std::string text = printed(loaded);
        CHECK(holds(text, "plans/top.json:1:12: error: extends: "));
        CHECK_FALSE(holds(text, "\"title\""));
        CHECK(loaded.sources.texts.size() == 1); // nothing else was read
    }
}

TEST_CASE("another folder may be allowed") {
    const Folder folder;
    folder.put("shared/base.json", base);
    const std::string top = folder.put("plans/top.json", R"({"extends":"../shared/base.json"})");
    CHECK(holds(printed(load(top)), "--allow-root DIR"));
    CHECK(price(load(top, {{}, {}, {folder.at("shared")}})) == 5);
    CHECK_THROWS_AS(load(top, {{}, {}, {folder.at("nowhere")}}), Failure);
}

TEST_CASE("a circle is shown, whichever way it closes") {
    const Folder folder;
    const std::string a = folder.put("a.json", R"({"extends":"b.json"})");
    folder.put("b.json", R"({"extends":"a.json"})");
    CHECK(
        holds(printed(load(a)), fmt::format("circle: {} -> {} -> {}", a, folder.at("b.json"), a)));
    const std::string self = folder.put("self.json", R"({"extends":"alias.json"})");
    fs::create_symlink("self.json", folder.path() / "alias.json");
    CHECK(holds(printed(load(self)), "circle"));
    const std::string plan = folder.put("plan.json", base);
    CHECK(holds(printed(load(plan, {{}, {{Patch::Kind::overlay, a}}, {}})), "circle"));
}

TEST_CASE("a chain has sixteen files at most") {
    const Folder folder;
    folder.put("f0.json", base);
    for (int i = 1; i <= 16; ++i)
        folder.put(fmt::format("f{}.json", i), fmt::format(R"({{"extends":"f{}.json"}})", i - 1));
    CHECK(price(load(folder.at("f15.json"))) == 5);
    CHECK(holds(printed(load(folder.at("f16.json"))), "more than 16 files"));
}

TEST_CASE("a base that cannot be read is an error of reading, at the place that names it") {
    const Folder folder;
    const std::string top = folder.put("top.json", R"({"extends":"gone.json"})");
    try {
        load(top);
        FAIL("not refused");
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::io);
        CHECK(holds(failure.what(), "top.json:1:12: error: extends: cannot read"));
        CHECK(holds(failure.what(), "No such file"));
    }
}

TEST_CASE("variants are objects with names, and an overlay cannot bring them") {
    const Folder folder;
    const auto problems = [&](const std::string& variants) {
        std::string text = base;
        text.insert(1, "\"variants\":" + variants + ",\n");
        return printed(load(folder.put("plan.json", text)));
    };
    CHECK(problems(R"({"late":{"end":null},"x-draft":5})") == "");
    CHECK(holds(problems("5"), "plan.json:1:13: error: variants: must be an object"));
    CHECK(holds(problems(R"({"a b":{}})"), "is no name"));
    CHECK(holds(problems(R"({"late":[]})"), "variants.late: must be an object"));
    CHECK(
        holds(problems(R"({"late":{"extends":"x"}})"), "variants.late.extends: a variant cannot"));
    const std::string over = folder.put("over.json", R"({"variants":{"a":{}}})");
    folder.put("plan.json", base);
    CHECK(holds(printed(load(folder.at("plan.json"), {{}, {{Patch::Kind::overlay, over}}, {}})),
                "over.json:1:13: error: variants: an overlay cannot bring variants"));
}

TEST_CASE("an unknown variant is refused with those that there are") {
    const Folder folder;
    std::string text = base;
    text.insert(1, R"("variants":{"late-power":{},"early":{}},)");
    const std::string plan = folder.put("plan.json", text);
    try {
        load(plan, {"late-pover", {}, {}});
        FAIL("not refused");
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::usage);
        CHECK(holds(failure.what(), "did you mean \"late-power\""));
    }
}

TEST_CASE("a loaded scenario takes more patches") {
    const Folder folder;
    const LoadedScenario loaded = load(folder.put("plan.json", base));
    const LoadedScenario dear = patched(loaded, {"sources.a.price_usd=50", "end=2024-06"});
    CHECK(price(dear) == 50);
    CHECK(text_of(dear.scenario.end) == "2024-06");
    CHECK(price(loaded) == 5);
    CHECK(holds(printed(patched(loaded, {"sources.a.price_usd=-1"})), "--set:1:21: error"));
}
