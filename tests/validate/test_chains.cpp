// Chains as long as a file can make them: of inputs, likes and replaced sources. Each case must
// end within seconds, where work that grows with the square of the length would take minutes.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fmt/format.h>

#include <ctime>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

constexpr int length = 5000;

/// Members n0 to n(length - 1) of an object: the first from one pattern, each other from the next,
/// where @ is the name of the one before.
std::string chain(const std::string& first, const std::string& next, int count = length) {
    std::string out = "\"n0\":" + first;
    for (int i = 1; i < count; ++i)
        out += fmt::format(",\"n{}\":", i) + filled(next, fmt::format("n{}", i - 1));
    return out;
}

const std::string last = fmt::format("n{}", length - 1);

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double slower = 10; // what a sanitizer costs
#else
constexpr double slower = 1;
#endif

/// The errors of a scenario, which must be found within seconds of this process.
std::string errors_in_time(const std::string& scenario) {
    const std::clock_t begin = std::clock();
    std::string found = errors(scenario);
    CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 30 * slower);
    return found;
}

std::string with_inputs(const std::string& inputs, const std::string& members = "") {
    return purchase_with(members, "\"inputs\":{" + inputs + "}");
}

const std::string source =
    R"({"kind":"purchase","h100e":1,"kw_per_unit":1,"deliveries":{"units":1,"from":"2024-01","to":"2024-02"})";

} // namespace

TEST_CASE("a chain of 5000 references is followed to its end") {
    const std::string next = R"({"ref":"inputs.@"})";
    const std::string end = R"("delay_months":{"ref":"inputs.)" + last + "\"}";
    const std::string price = R"("spares_share":{"ref":"inputs.)" + last + "\"}";
    CHECK(errors_in_time(with_inputs(chain("1", next), end)) == "");
    CHECK(errors_in_time(with_inputs(chain("2", next), price)) ==
          "sources.s.spares_share.ref: must be at least 0 and at most 1, but the input is 2");
    CHECK(errors_in_time(with_inputs(chain(R"({"uniform":[0,2]})", next), price))
              .starts_with("sources.s.spares_share.ref: must be at least 0 and at most 1, but the "
                           "input uniform(0, 2) can leave that range"));
    CHECK(errors_in_time(with_inputs(chain(R"({"start":1,"growth_per_year":0.1})", next), end)) ==
          "sources.s.delay_months.ref: varies in time, but this value cannot: a scalar is needed");
}

TEST_CASE("a chain of 5000 formulas is followed to its end") {
    const std::string next = R"({"formula":"(@ + @) / 2"})";
    const std::string end = R"("delay_months":{"ref":"inputs.)" + last + "\"}";
    CHECK(errors_in_time(with_inputs(chain("1", next), end)) == "");
    CHECK(errors_in_time(with_inputs(chain(R"({"start":1,"growth_per_year":0.1})", next), end)) ==
          "sources.s.delay_months.ref: varies in time, but this value cannot: a scalar is needed");
}

TEST_CASE("a circle of 5000 inputs is told by its beginning and its length") {
    CHECK(errors_in_time(
              with_inputs(chain(R"({"ref":"inputs.)" + last + "\"}", R"({"ref":"inputs.@"})"))) ==
          "inputs.n0: goes in a circle: n0 -> n4999 -> n4998 -> n4997 -> n4996 -> n4995 -> n4994 "
          "-> n4993 -> n4992 -> n4991 -> n4990 -> n4989 -> (4988 more) -> n0");
}

TEST_CASE("circles of inputs are told apart, each from its first input on") {
    CHECK(
        errors(with_inputs(
            R"("x":{"ref":"inputs.c"},"a":{"ref":"inputs.b"},"b":{"ref":"inputs.c"},"c":{"ref":"inputs.a"},
                 "y":{"formula":"y + z"},"z":{"ref":"inputs.a"})")) ==
        "inputs.a: goes in a circle: a -> b -> c -> a\ninputs.y: goes in a circle: y -> y");
}

TEST_CASE("a chain of 5000 replaced sources is no circle, one that closes is") {
    const auto replacing = [](const std::string& name) {
        return source + R"(,"replaces":{"source":")" + name + "\"}}";
    };
    CHECK(errors_in_time(scenario_with(chain(source + "}", replacing("@")))) == "");
    const std::string found = errors_in_time(scenario_with(chain(replacing(last), replacing("@"))));
    CHECK(found.starts_with(
        "sources.n0.replaces.source: goes in a circle: n0 -> n4999 -> n4998 -> "));
    CHECK(std::ranges::count(found, '\n') == length - 1); // each of them is told
    CHECK(errors(scenario_with("\"out\":" + replacing("a") + ",\"a\":" + replacing("b") +
                               ",\"b\":" + replacing("a"))) ==
          "sources.a.replaces.source: goes in a circle: a -> b -> a\n"
          "sources.b.replaces.source: goes in a circle: b -> a -> b");
}

TEST_CASE("a chain of 5000 likes hands its figures down") {
    const auto with = [](const std::string& entries) {
        return scenario_with(R"("s":{"kind":"purchase","accelerator":")" + last + "\"," +
                                 some_units + "}",
                             "\"accelerators\":{" + entries + "}");
    };
    CHECK(errors_in_time(with(chain(R"({"like":"nvidia-b200"})", R"({"like":"@"})"))) == "");
    CHECK(errors_in_time(with(chain(R"({"memory_gb":5,"kw_per_unit":1})", R"({"like":"@"})"))) ==
          "sources.s.accelerator: n4999 has no figure on the basis bf16; it has: memory");
    CHECK(errors_in_time(with(chain(R"({"like":")" + last + "\"}", R"({"like":"@"})")))
              .starts_with("accelerators.n0.like: leads back to itself\n"));
}

TEST_CASE("5000 unknown names are told within seconds, the first with suggestions") {
    const std::string next = R"({"formula":"@x + 1"})";
    const std::string found = errors_in_time(with_inputs(chain("1", next)));
    CHECK(found.starts_with("inputs.n1.formula: unknown input \"n0x\"\n"));
    CHECK(std::ranges::count(found, '\n') == length - 2);
}

TEST_CASE("an accelerator like one that is like an unknown one does not lead back to itself") {
    CHECK(errors(purchase_with("",
                               R"("accelerators":{"a":{"like":"b"},"b":{"like":"nvidia-b20"}})")) ==
          "accelerators.b.like: unknown accelerator \"nvidia-b20\"");
}

TEST_CASE("10000 sources on 1000 sites are looked through within seconds") {
    std::string sources, sites;
    for (int i = 0; i < 1000; ++i)
        sites += fmt::format("{}\"hall-{}\":{{\"accelerators\":[]}}", i ? "," : "", i);
    for (int i = 0; i < 10'000; ++i)
        sources += fmt::format("{}\"s{}\":{},\"sites\":[\"hall-{}\",\"hall-0\",\"hall-{}\"]}}",
                               i ? "," : "", i, source, 999 - i % 1000, i % 1000 / 2);
    const std::string found = errors_in_time(scenario_with(sources, "\"sites\":{" + sites + "}"));
    CHECK(found.find("sources.s9999.sites: no site takes a source that names no accelerator") !=
          std::string::npos);
}
