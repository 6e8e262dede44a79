#include <fleetcast/load/set_value.hpp>

#include "support/catch.hpp"

#include <fleetcast/base/result.hpp>

using namespace fleetcast;

namespace {

/// The document after a --set, as compact JSON.
std::string after(const std::string& document, const std::string& set) {
    const Sources sources{{{"a.json", document}, {"--set", set}}};
    return compact_json(
        with_value(require(parse_document(sources, 0)), parse_set(sources, 1), scenario_shape())
            .document);
}

/// The message with which a --set is refused.
std::string refusal(const std::string& document, const std::string& set) {
    try {
        after(document, set);
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::usage);
        return failure.what();
    }
    return "not refused";
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

const std::string plan =
    R"({"sources":{"a":{"price_usd":5,"payment":[{"share":0.4},{"share":0.6}]}}})";

} // namespace

TEST_CASE("a path is dotted or a JSON Pointer") {
    CHECK(split_path("sources.h100-2024.price_usd", "") ==
          std::vector<std::string>{"sources", "h100-2024", "price_usd"});
    CHECK(split_path("/sources/h100-2024/price_usd", "") ==
          std::vector<std::string>{"sources", "h100-2024", "price_usd"});
    CHECK(split_path("/x-a~1b/m~0n", "") == std::vector<std::string>{"x-a/b", "m~n"});
    CHECK(split_path("/x-a.b", "") == std::vector<std::string>{"x-a.b"});
    for (const char* bad : {"", ".", "a..b", "a.", "/", "/a~2", "/a~", "//a"}) {
        INFO(bad);
        CHECK_THROWS_AS(split_path(bad, "--set"), Failure);
    }
}

TEST_CASE("what begins like JSON must be JSON, and other text is a string") {
    CHECK(after("{}", "title=a plan") == R"({"title":"a plan"})");
    CHECK(after("{}", "title=") == R"({"title":""})");
    CHECK(after("{}", "title=a=b") == R"({"title":"a=b"})");
    CHECK(after("{}", "start=2024-03") == R"({"start":"2024-03"})");
    CHECK(after("{}", "start=2024-03-15") == R"({"start":"2024-03-15"})");
    CHECK(after("{}", "x-a=2024") == R"({"x-a":2024})");
    CHECK(after("{}", "x-a=-1.5e3") == R"({"x-a":-1.5e3})");
    CHECK(after("{}", "x-a=true") == R"({"x-a":true})");
    CHECK(after("{}", "x-a=truely") == R"({"x-a":"truely"})");
    CHECK(after("{}", R"(x-a="5")") == R"({"x-a":"5"})");
    CHECK(after("{}", R"(x-a=[1,{"b":2}])") == R"({"x-a":[1,{"b":2}]})");
    for (const char* bad : {"x-a=2024-13", "x-a=5 units", "x-a=[1", "x-a={", "x-a=-", "x-a=\"b"}) {
        INFO(bad);
        CHECK(holds(refusal("{}", bad), "no JSON"));
    }
}

TEST_CASE("a value is put, an object is merged, null removes") {
    CHECK(after(plan, "sources.a.price_usd=6") ==
          R"({"sources":{"a":{"price_usd":6,"payment":[{"share":0.4},{"share":0.6}]}}})");
    CHECK(after(R"({"sites":{"b":{"pue":1.2,"region":"x"}}})", R"(sites.b={"pue":1.3})") ==
          R"({"sites":{"b":{"pue":1.3,"region":"x"}}})");
    CHECK(after(R"({"sites":{"b":{"pue":1.2},"c":{}}})", "sites.b=null") ==
          R"({"sites":{"c":{}}})");
    CHECK(after("{}", "sites.b.pue=1.3") == R"({"sites":{"b":{"pue":1.3}}})");
    CHECK(after(R"({"sites":{"b":{"pue":{"uniform":[1,2]}}}})",
                R"(sites.b.pue={"triangular":[1,1,2]})") ==
          R"({"sites":{"b":{"pue":{"triangular":[1,1,2]}}}})");
}

TEST_CASE("an index names an item of an array") {
    CHECK(after(plan, "sources.a.payment.1.share=0.5") ==
          R"({"sources":{"a":{"price_usd":5,"payment":[{"share":0.4},{"share":0.5}]}}})");
    CHECK(
        after(plan, R"(/sources/a/payment/0={"months_before_delivery":3})") ==
        R"({"sources":{"a":{"price_usd":5,"payment":[{"share":0.4,"months_before_delivery":3},{"share":0.6}]}}})");
    CHECK(holds(refusal(plan, "sources.a.payment.2.share=1"), "has 2 items"));
    CHECK(holds(refusal(plan, "sources.a.payment.-1.share=1"), "no index"));
    CHECK(holds(refusal(plan, "sources.a.payment.01.share=1"), "no index"));
    CHECK(holds(refusal(plan, "sources.a.payment.x=1"), "no index"));
    CHECK(holds(refusal(plan, "sources.a.payment.0=null"), "whole array"));
}

TEST_CASE("a path that leads nowhere is refused with the patch") {
    CHECK(holds(refusal(plan, "sources.a.price_usd.low=1"), "sources.a.price_usd is a number"));
    CHECK(holds(refusal(plan, "sources.a.price_usd.low=1"), "--set sources.a.price_usd.low=1"));
    CHECK(holds(refusal(plan, "sources.b=null"), "there is no sources.b to remove"));
    CHECK(holds(refusal(plan, "sources.a.prize_usd=null"), "did you mean \"price_usd\""));
    CHECK(holds(refusal(plan, "sources.a.price_usd"), "needs a value"));
    CHECK(holds(refusal(plan, "/a~2=1"), "~0"));
    CHECK(holds(refusal(plan, "extends=x.json"), "settled before"));
    CHECK(holds(refusal(plan, "variants.a.sites=null"), "settled before"));
    std::string deep = "x-a";
    for (int i = 0; i < 70; ++i)
        deep += ".b";
    CHECK(holds(refusal(plan, deep + "=1"), "deeper than 64"));
}

TEST_CASE("a value keeps its place in the text of the patch") {
    const Sources sources{{{"a.json", "{}"}, {"--set", R"(sites.b={"pue": 0.5})"}}};
    const Node document =
        with_value(require(parse_document(sources, 0)), parse_set(sources, 1), scenario_shape())
            .document;
    CHECK(locate(document, "sites.b.pue") == Place{1, 16});
    CHECK(locate(document, "sites.b") == Place{1, 8});
}
