#include <fleetcast/load/merge.hpp>

#include "support/catch.hpp"

#include <fleetcast/base/result.hpp>

using namespace fleetcast;

namespace {

Node parsed(const std::string& text) { return require(parse_document({{{"a.json", text}}}, 0)); }

std::string patched(const std::string& target, const std::string& patch,
                    const Shape* shape = nullptr) {
    return compact_json(merged(parsed(target), parsed(patch), shape).document);
}

std::string scenario(const std::string& target, const std::string& patch) {
    return patched(target, patch, &scenario_shape());
}

} // namespace

TEST_CASE("the examples of RFC 7396, appendix A, come out as it says") {
    struct Example {
        const char *target, *patch, *result;
    };
    const Example examples[] = {
        {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
        {R"({"a":"b"})", R"({"a":null})", R"({})"},
        {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
        {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
        {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
        {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
        {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
        {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
        {R"({"a":"foo"})", R"(null)", R"(null)"},
        {R"({"a":"foo"})", R"("bar")", R"("bar")"},
        {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
        {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
        {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
    };
    for (const Example& example : examples) {
        INFO(example.target << " and " << example.patch);
        CHECK(patched(example.target, example.patch) == example.result);
    }
}

TEST_CASE("a patch keeps the place of a name and appends a new one") {
    CHECK(patched(R"({"a":1,"b":2,"c":3})", R"({"d":4,"b":5})") == R"({"a":1,"b":5,"c":3,"d":4})");
    CHECK(patched(patched(R"({"a":1,"b":2})", R"({"a":null})"), R"({"a":3})") ==
          R"({"b":2,"a":3})");
}

TEST_CASE("every value keeps the place where it was written") {
    const Sources sources{
        {{"base.json", R"({"a":{"b":1,"c":2}})"}, {"late.json", R"({"a":{"c":3}})"}}};
    const Node document =
        merged(require(parse_document(sources, 0)), require(parse_document(sources, 1))).document;
    CHECK(locate(document, "a.b") == Place{0, 10});
    CHECK(locate(document, "a.c") == Place{1, 10});
    CHECK(locate(document, "a") == Place{0, 5});
}

TEST_CASE("what a null takes away is known with the place of the null") {
    const Sources sources{
        {{"base.json", R"({"a":{"b":1}})"}, {"late.json", R"({"a":{"b":null}})"}}};
    const Merged result =
        merged(require(parse_document(sources, 0)), require(parse_document(sources, 1)));
    CHECK(result.removals == std::vector<Removal>{{"a.b", {1, 10}}});
}

TEST_CASE("a value of another form replaces the one there whole") {
    const auto price = [](const std::string& value) {
        return R"({"sources":{"a":{"price_usd":)" + value + "}}}";
    };
    const auto after = [&](const std::string& there, const std::string& patch) {
        return scenario(price(there), price(patch));
    };
    CHECK(after(R"({"triangular":[1,2,3],"citation":"x"})", R"({"uniform":[1,2]})") ==
          price(R"({"uniform":[1,2]})"));
    CHECK(after(R"({"points":{"2024-01":1}})", R"({"start":5,"growth_per_year":0.1})") ==
          price(R"({"start":5,"growth_per_year":0.1})"));
    CHECK(after(R"({"points":{"2024-01":1}})", "7") == price("7"));
    CHECK(after(R"({"ref":"inputs.a"})", R"({"formula":"2*a"})") == price(R"({"formula":"2*a"})"));
}

TEST_CASE("a value of the same form is merged") {
    const auto units = [](const std::string& value) {
        return R"({"sources":{"a":{"orders":{"po":{"units":)" + value + "}}}}}";
    };
    CHECK(
        scenario(units(R"({"interval":[1,2],"confidence":0.8})"), units(R"({"interval":[3,4]})")) ==
        units(R"({"interval":[3,4],"confidence":0.8})"));
    CHECK(scenario(units(R"({"normal":[1,2]})"), units(R"({"truncate":[0,null]})")) ==
          units(R"({"normal":[1,2],"truncate":[0,null]})"));
    CHECK(scenario(R"({"inputs":{"a":{"points":{"2024-01":1}}}})",
                   R"({"inputs":{"a":{"points":{"2025-01":2}}}})") ==
          R"({"inputs":{"a":{"points":{"2024-01":1,"2025-01":2}}}})");
}

TEST_CASE("names that look like forms of values are names") {
    CHECK(scenario(R"({"inputs":{"uniform":1,"points":2}})", R"({"inputs":{"normal":3}})") ==
          R"({"inputs":{"uniform":1,"points":2,"normal":3}})");
    CHECK(scenario(R"({"start":"2024-01","sources":{}})", R"({"inputs":{}})") ==
          R"({"start":"2024-01","sources":{},"inputs":{}})");
    CHECK(scenario(R"({"correlations":{"c":{"between":["a","b"],"normal":0.5}}})",
                   R"({"correlations":{"c":{"rank":0.3}}})") ==
          R"({"correlations":{"c":{"between":["a","b"],"normal":0.5,"rank":0.3}}})");
}

TEST_CASE("another form of deliveries and another kind of workload replace whole") {
    const auto deliveries = [](const std::string& value) {
        return R"({"sources":{"a":{"kind":"purchase","deliveries":)" + value + "}}}";
    };
    CHECK(scenario(deliveries(R"({"units":5,"from":"2024-01","to":"2024-02"})"),
                   deliveries(R"({"reach":9,"by":"2024-12"})")) ==
          deliveries(R"({"reach":9,"by":"2024-12"})"));
    CHECK(scenario(deliveries(R"({"units":5,"from":"2024-01","to":"2024-02"})"),
                   deliveries(R"({"to":"2024-03"})")) ==
          deliveries(R"({"units":5,"from":"2024-01","to":"2024-03"})"));
    CHECK(scenario(R"({"workloads":{"w":{"kind":"reserved","team":"t","h100e":5}}})",
                   R"({"workloads":{"w":{"kind":"inference","mfu_share":0.2}}})") ==
          R"({"workloads":{"w":{"kind":"inference","mfu_share":0.2}}})");
    CHECK(scenario(R"({"workloads":{"w":{"kind":"reserved","team":"t","h100e":5}}})",
                   R"({"workloads":{"w":{"kind":"reserved","h100e":6}}})") ==
          R"({"workloads":{"w":{"kind":"reserved","team":"t","h100e":6}}})");
}

TEST_CASE("a source of another kind is merged, as any key is") {
    CHECK(scenario(R"({"sources":{"a":{"kind":"purchase","price_usd":5}}})",
                   R"({"sources":{"a":{"kind":"in-house"}}})") ==
          R"({"sources":{"a":{"kind":"in-house","price_usd":5}}})");
}

TEST_CASE("the nulls of a variant are for later") {
    CHECK(scenario(R"({"variants":{"a":{"sites":{"x":null}},"b":{}}})",
                   R"({"variants":{"a":{"costs":{"y":null}},"b":null,"c":{"sites":null}}})") ==
          R"({"variants":{"a":{"sites":{"x":null},"costs":{"y":null}},"c":{"sites":null}}})");
}

TEST_CASE("a variant over one of the same name is the two after each other") {
    CHECK(scenario(R"({"variants":{"late":{"sites":{"x":{"pue":1.2}},"end":"2027-01"}}})",
                   R"({"variants":{"late":{"sites":{"x":null,"y":{"pue":1.3}},"end":null}}})") ==
          R"({"variants":{"late":{"sites":{"x":null,"y":{"pue":1.3}},"end":null}}})");
    CHECK(scenario(R"({"variants":{"late":{"sites":{"x":{"pue":1.2}}}}})",
                   R"({"variants":{"late":{"sites":{"x":{"load_share":0.7}}}}})") ==
          R"({"variants":{"late":{"sites":{"x":{"pue":1.2,"load_share":0.7}}}}})");
}

TEST_CASE("compact JSON keeps numbers as written and escapes texts") {
    const std::string text = R"({"a":[1.50,-0,1e3,true,null],"b\"c":"\u0001\\"})";
    CHECK(compact_json(parsed(text)) == text);
}
