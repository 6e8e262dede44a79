// Scalars and series: their forms, what may stand beside them, references, formulas and circles
// (scenario-format.md, Conventions).
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <utility>
#include <vector>

using namespace fleetcast::testing;

namespace {

/// Each value as a delay (a scalar); what is said without the path of the field, which comes back
/// as `.` and what is below it.
void check_scalars(const std::vector<std::pair<std::string, std::string>>& cases) {
    const std::string path = "sources.s.delay_months";
    for (const auto& [value, expected] : cases) {
        CAPTURE(value);
        std::string text = errors(purchase_with("\"delay_months\":" + value));
        for (std::size_t at = 0; (at = text.find(path, at)) != std::string::npos;)
            text.erase(at, path.size());
        CHECK(text == expected);
    }
}

std::string with_inputs(const std::string& inputs,
                        const std::string& members = R"("delay_months":{"ref":"inputs.a"})") {
    return purchase_with(members, "\"inputs\":{" + inputs + "}");
}

} // namespace

TEST_CASE("fault 17: parameters of a distribution stand in order, and one without width is its "
          "constant") {
    check_scalars({
        {R"({"triangular":[3,2,5]})",
         ": mode must lie between min and max, got triangular [3, 2, 5]"},
        {R"({"triangular":[1,6,5]})",
         ": mode must lie between min and max, got triangular [1, 6, 5]"},
        {R"({"triangular":[5,5,1]})", ": min must not be above max, got triangular [5, 5, 1]"},
        {R"({"pert":[3,2,5]})", ": mode must lie between min and max, got pert [3, 2, 5]"},
        {R"({"uniform":[2,1]})", ": low must not be above high, got uniform [2, 1]"},
        {R"({"triangular":[2,2,2]})", ""},
        {R"({"pert":[2,2,2]})", ""},
        {R"({"uniform":[2,2]})", ""},
    });
    for (const char* value :
         {R"({"triangular":[2,2,2]})", R"({"pert":[2,2,2]})", R"({"uniform":[2,2]})",
          R"({"normal":[2,0]})", R"({"lognormal":{"median":2,"sigma":0}})", R"({"interval":[2,2]})",
          "2"}) {
        const Figures run = forecast(purchase_with(std::string("\"delay_months\":") + value));
        CHECK(run.total("delivered", 1) == 0);
        CHECK(run.total("delivered", 2) == Approx(100 * 31 / 60.0).epsilon(0.05));
    }
}

TEST_CASE("fault 18: a lognormal with a wild sigma is read, one below 0 or beyond all numbers is "
          "refused") {
    check_scalars({
        {R"({"lognormal":{"median":1,"sigma":-0.1}})",
         ": sigma must be at least 0 and finite, got lognormal sigma -0.1"},
        {R"({"lognormal":{"median":0,"sigma":1}})",
         ": median must be above 0 and finite, got lognormal median 0"},
        {R"({"lognormal":{"median":1,"sigma":50}})", ""},
        {R"({"lognormal":{"median":1}})", ".lognormal: needs \"sigma\""},
        {R"({"lognormal":{"median":1,"sigma":1,"mean":1}})", ".lognormal.mean: unknown key"},
        {R"({"lognormal":[1,1]})", ".lognormal: must be an object, got an array"},
    });
}

TEST_CASE("fault 18: what overflows in the run is refused with the trial") {
    const std::string text = printed_problems(with_inputs(R"j("a":{"formula":"exp(1000)"})j"));
    CHECK(text.find("error: ") != std::string::npos);
    CHECK(text.find("trial 0") != std::string::npos);
    CHECK(text.find("test.json:1:") != std::string::npos);
    CHECK(errors(purchase_with(R"("price_usd":1e308)")).find("trial 0") != std::string::npos);
    CHECK(errors(deliveries_with(R"("units":1.7e308,"from":"2024-01","to":"2024-02")"))
              .find("trial 0") != std::string::npos);
}

TEST_CASE("fault 12, 13: numbers that a double cannot hold are refused in fields as well") {
    check_scalars(
        {{"NaN", errors(purchase_with("\"delay_months\":NaN"))}}); // told by the reader of JSON
    for (const char* number :
         {"NaN", "Infinity", "-Infinity", "1e400", "9007199254740993", "18446744073709551617"}) {
        CAPTURE(number);
        CHECK(errors(purchase_with(std::string("\"price_usd\":") + number)) != "");
        CHECK(errors(purchase_with(std::string(R"("price_usd":{"uniform":[0,)") + number + "]}")) !=
              "");
    }
    for (const char* number : {"9007199254740992", "9223372036854775808", "1.0", "1e0",
                               "0.5e1"}) // 2^53 and 2^63 are exact
        CHECK(errors(purchase_with(std::string("\"acceptance_months\":") + number)) == "");
}

TEST_CASE("fault 14: 1.0 and 1e2 are the numbers 1 and 100") {
    const Figures plain = forecast(purchase_with(R"("acceptance_months":2)"));
    for (const char* number : {"2.0", "2e0", "0.2e1", "20E-1"}) {
        const Figures run = forecast(purchase_with(std::string("\"acceptance_months\":") + number));
        for (std::size_t p = 0; p < run.periods(); ++p)
            CHECK(run.total("available", p) == plain.total("available", p));
    }
}

TEST_CASE("distributions take as many numbers as they have parameters, and name them") {
    check_scalars({
        {R"({"uniform":[1]})", ".uniform: takes 2 numbers, [low, high], got 1"},
        {R"({"triangular":[1,2]})", ".triangular: takes 3 numbers, [min, mode, max], got 2"},
        {R"({"pert":[1,2,3,4]})", ".pert: takes 3 numbers, [min, mode, max], got 4"},
        {R"({"normal":[1]})", ".normal: takes 2 numbers, [mean, sd], got 1"},
        {R"({"normal":[1,-1]})", ": sd must be at least 0, got normal [1, -1]"},
        {R"({"uniform":[1,"2"]})", ".uniform.1: must be a number, got the string \"2\""},
        {R"({"uniform":3})", ".uniform: must be an array, got the number 3"},
        {R"({"uniform":[1,{"uniform":[2,3]}]})", ".uniform.1: must be a number, got an object"},
        {R"({"discrete":[[1,0.5],[2,0.4]]})",
         ": weights must sum to 1 within 1e-9, got discrete weights with the sum 0.9"},
        {R"({"discrete":[[1,1.5],[2,-0.5]]})",
         ": weights must not be negative, got discrete weight -0.5"},
        {R"({"discrete":[[1,1,1]]})", ".discrete.0: must be a pair [value, weight]"},
        {R"({"discrete":[]})", ": discrete needs at least one value and weight"},
        {R"({"discrete":{"1":1}})",
         ".discrete: must be an array of [value, weight], got an object"},
        {R"({"empirical":[]})", ": empirical needs at least one value"},
        {R"({"empirical":[1,2,3]})", ""},
        {R"({"mixture":[[1,0.5],[{"uniform":[2,3]},0.5]]})", ""},
        {R"({"mixture":[[{"uniform":[2,3],"truncate":[2,3]},1]]})",
         ".mixture.0.0.truncate: may not stand inside a mixture"},
        {R"({"mixture":[[{"mixture":[[1,1]]},1]]})",
         ".mixture.0.0.mixture: may not stand inside a mixture"},
        {R"({"mixture":[["a",1]]})",
         ".mixture.0.0: must be a number or a distribution, got the string \"a\""},
        {R"({"mixture":[[{"ref":"inputs.a"},1]]})",
         ".mixture.0.0.ref: may not stand inside a mixture"},
        {R"({"mixture":[[{},1]]})", ".mixture.0.0: must be a number or a distribution"},
        {R"({"mixture":[[{"title":"x"},1]]})", ".mixture.0.0: must be a number or a distribution"},
        {R"({"mixture":[[{"uniform":[2,3],"confidence":0.9},1]]})",
         ".mixture.0.0.confidence: goes with an interval only"},
    });
}

TEST_CASE("an interval takes a confidence and a shape, and only an interval does") {
    check_scalars({
        {R"({"interval":[1,2]})", ""},
        {R"({"interval":[-1,2]})", ""},
        {R"({"interval":[1,2],"confidence":0.5,"shape":"normal"})", ""},
        {R"({"interval":[0.1,0.2],"shape":"logit-normal"})", ""},
        {R"({"interval":[1,2],"confidence":1})", ".confidence: must be above 0 and below 1, got 1"},
        {R"({"interval":[1,2],"confidence":0})", ".confidence: must be above 0 and below 1, got 0"},
        {R"({"interval":[1,2],"shape":"beta"})",
         ".shape: must be one of lognormal, normal, logit-normal, got \"beta\""},
        {R"({"interval":[-1,2],"shape":"lognormal"})",
         ": a lognormal interval needs low above 0, got interval [-1, 2]"},
        {R"({"interval":[0.1,1],"shape":"logit-normal"})",
         ": a logit-normal interval needs low above 0 and high below 1, got interval [0.1, 1]"},
        {R"({"interval":[2,1]})", ": low must not be above high, got interval [2, 1]"},
        {R"({"uniform":[1,2],"confidence":0.5})", ": \"confidence\" goes with an interval only"},
        {R"({"uniform":[1,2],"shape":"normal"})", ": \"shape\" goes with an interval only"},
    });
    // Where the name ends in _share an interval is logit-normal: within 0..1 by itself.
    CHECK(errors(purchase_with(R"("spares_share":{"interval":[0.01,0.04]})")) == "");
    CHECK(errors(with_inputs(R"("a_share":{"interval":[0.01,0.04]})",
                             R"("spares_share":{"ref":"inputs.a_share"})")) == "");
    CHECK(errors(with_inputs(R"("a":{"interval":[0.01,0.04]})",
                             R"("spares_share":{"ref":"inputs.a"})")) != "");
}

TEST_CASE("truncate and clamp take two ends, either of them null, beside a distribution") {
    check_scalars({
        {R"({"normal":[1,1],"truncate":[null,4]})", ""},
        {R"({"normal":[1,1],"clamp":[0,null]})", ""},
        {R"({"normal":[1,1],"truncate":[0,5],"clamp":[1,2]})", ""},
        {R"({"normal":[1,1],"truncate":[0]})",
         ".truncate: must be [low, high], either of them null"},
        {R"({"normal":[1,1],"truncate":[5,0]})",
         ": low must not be above high, got truncate [5, 0]"},
        {R"({"uniform":[1,2],"truncate":[3,4]})",
         ": truncate [3, 4] leaves no probability, got uniform(1, 2)"},
        {R"({"truncate":[3,4]})", ": must be a number or a distribution"},
    });
    CHECK(errors(with_inputs(R"("a":1)", R"("delay_months":{"ref":"inputs.a","clamp":[0,1]})")) ==
          "sources.s.delay_months: \"clamp\" goes with a distribution only");
}

TEST_CASE("one value takes one form, and another key beside it is refused") {
    check_scalars({
        {R"({"uniform":[1,2],"normal":[1,2]})",
         ".normal: stands beside \"uniform\": one value takes one form"},
        {R"({"unifrom":[1,2]})", ".unifrom: unknown key"},
        {R"({})", ": must be a number or a distribution"},
        {R"({"uniform":[1,2],"citation":"a report","title":"t","x-a":1,"$comment":"c"})", ""},
        {R"({"points":{"2024-01":1}})",
         ": varies in time, but this value cannot: a scalar is needed"},
        {R"({"start":1,"growth_per_year":0})",
         ": varies in time, but this value cannot: a scalar is needed"},
    });
}

TEST_CASE("points are dates that differ, and growth is a start and a rate") {
    const auto price = [](const std::string& value) {
        return errors(purchase_with("\"price_usd\":" + value));
    };
    const std::string path = "sources.s.price_usd";
    CHECK(price(R"({"points":{"2024-03":1,"2023-01-15":{"uniform":[1,2]}},"between":"linear"})") ==
          "");
    CHECK(price(R"({"start":{"uniform":[1,2]},"growth_per_year":-0.2,"base":"2023-01"})") == "");
    CHECK(price(R"({"points":{"2024-01":1,"2024-01-01":2}})") ==
          path + ".points: 2024-01 and 2024-01-01 are the same moment");
    CHECK(price(R"({"points":{}})") == path + ".points: needs at least one point");
    CHECK(price(R"({"points":{"2024-1":1}})")
              .starts_with(path + ".points.2024-1: must be a date such as"));
    CHECK(price(R"({"points":{"2024-01":-1}})") ==
          path + ".points.2024-01: must be at least 0, got -1");
    CHECK(price(R"({"points":{"2024-01":{"points":{"2024-01":1}}}})") ==
          path + ".points.2024-01: varies in time, but this value cannot: a scalar is needed");
    CHECK(price(R"({"points":{"2024-01":1},"between":"cubic"})") ==
          path + ".between: must be step or linear");
    CHECK(price(R"({"points":{"2024-01":1},"start":1})") == path + ".start: unknown key");
    CHECK(price(R"({"points":[1,2]})") == path + ".points: must be an object, got an array");
    CHECK(price(R"({"start":1})") == path + ": needs \"growth_per_year\"");
    CHECK(price(R"({"growth_per_year":1})") == path + ": needs \"start\"");
    CHECK(price(R"({"start":-1,"growth_per_year":1})") ==
          path + ".start: must be at least 0, got -1");
    CHECK(price(R"({"start":1,"growth_per_year":0,"base":"then"})")
              .starts_with(path + ".base: must be a date such as"));
    CHECK(price(R"({"start":1,"growth_per_year":0,"between":"step"})") ==
          path + ".between: unknown key");
}

TEST_CASE("a scalar refuses a reference or a formula that varies in time") {
    const std::string varies = "varies in time, but this value cannot: a scalar is needed";
    for (const char* series :
         {R"({"points":{"2024-01":1}})", R"({"start":1,"growth_per_year":0})"}) {
        const std::string inputs = std::string("\"t\":") + series + R"(,"a":{"formula":"2 * t"})";
        CHECK(errors(with_inputs(inputs, R"("delay_months":{"ref":"inputs.t"})")) ==
              "sources.s.delay_months.ref: " + varies);
        CHECK(errors(with_inputs(inputs)) == "sources.s.delay_months.ref: " + varies);
        CHECK(errors(with_inputs(inputs, R"("delay_months":{"formula":"t + 1"})")) ==
              "sources.s.delay_months.formula: " + varies);
        CHECK(errors(with_inputs(inputs, R"("price_usd":{"ref":"inputs.a"})")) == "");
        CHECK(errors(with_inputs(inputs,
                                 R"("price_usd":{"points":{"2024-01":{"ref":"inputs.a"}}})")) ==
              "sources.s.price_usd.points.2024-01.ref: " + varies);
    }
}

TEST_CASE("fault 25: a reference to no input is refused with a suggestion, in formulas too") {
    CHECK(errors(
              with_inputs(R"("electricity":1)", R"("delay_months":{"ref":"inputs.electricty"})")) ==
          "sources.s.delay_months.ref: unknown input \"electricty\"");
    CHECK(
        hint(with_inputs(R"("electricity":1)", R"("delay_months":{"ref":"inputs.electricty"})")) ==
        "did you mean \"electricity\"?");
    CHECK(errors(with_inputs(R"("electricity":1)",
                             R"("delay_months":{"formula":"2 * electricty"})")) ==
          "sources.s.delay_months.formula: unknown input \"electricty\"");
    CHECK(errors(with_inputs(R"("a":{"ref":"inputs.b"})")) == "inputs.a.ref: unknown input \"b\"");
    for (const char* path : {"a", "inputs.", "sites.a", ""})
        CHECK(errors(with_inputs(R"("a":1)",
                                 std::string(R"("delay_months":{"ref":")") + path + "\"}")) ==
              std::string("sources.s.delay_months.ref: must name an input, such as "
                          "\"inputs.electricity\", got \"") +
                  path + "\"");
    CHECK(errors(with_inputs(R"("a":1)", R"("delay_months":{"ref":5})")) ==
          "sources.s.delay_months.ref: must be a path such as \"inputs.electricity\", got the "
          "number 5");
}

TEST_CASE("inputs that go in a circle are refused once, showing it") {
    CHECK(errors(with_inputs(R"("a":{"ref":"inputs.a"})")) == "inputs.a: goes in a circle: a -> a");
    CHECK(
        errors(
            with_inputs(
                R"("a":{"formula":"b + 1"},"b":{"ref":"inputs.c"},"c":{"points":{"2024-01":{"ref":"inputs.a"}}})",
                R"("price_usd":{"ref":"inputs.a"})"))
            .find("inputs.a: goes in a circle: a -> b -> c -> a") != std::string::npos);
    CHECK(errors(with_inputs(
              R"("a":{"formula":"b + c"},"b":{"ref":"inputs.d"},"c":{"ref":"inputs.d"},"d":1)")) ==
          "");
}

TEST_CASE("a mistake in a formula is told with its character") {
    const auto formula = [](const std::string& text) {
        const std::string said =
            errors(with_inputs(R"("a":1,"b":2)", R"("delay_months":{"formula":")" + text + "\"}"));
        const std::string path = "sources.s.delay_months.formula: ";
        return said.starts_with(path) ? said.substr(path.size()) : said;
    };
    CHECK(formula("a +") == "ends where a number or a name should be (character 4 of the formula)");
    CHECK(formula("") == "ends where a number or a name should be (character 1 of the formula)");
    CHECK(formula("(a + b") == "')' is missing (character 7 of the formula)");
    CHECK(formula("a b") == "expected an operator, found 'b' (character 3 of the formula)");
    CHECK(formula("a * % b") ==
          "expected a number or a name, found '%' (character 5 of the formula)");
    CHECK(formula("a ** b") ==
          "expected a number or a name, found '*' (character 4 of the formula)");
    CHECK(formula("sin(a)") == "unknown function sin; there are min, max, abs, sqrt, exp and log "
                               "(character 1 of the formula)");
    CHECK(formula("min(a)").starts_with("min takes at least 2 arguments"));
    CHECK(formula("sqrt(a, b)").starts_with("sqrt takes 1 argument"));
    CHECK(formula("max(a, )") ==
          "expected a number or a name, found ')' (character 8 of the formula)");
    CHECK(formula("1e999") == "is not a finite number (character 1 of the formula)");
    CHECK(formula("2a") == "expected an operator, found 'a' (character 2 of the formula)");
    CHECK(formula(std::string(2000, '(')).starts_with("is nested deeper than 64"));
    CHECK(formula(std::string(2000, '-') + "a").starts_with("is nested deeper than 64"));
    CHECK(formula("1.5e9 * a ^ -b / min(1, 2, abs(a))") == "");
    CHECK(errors(with_inputs(R"("a":1)", R"("delay_months":{"formula":5})")) ==
          "sources.s.delay_months.formula: must be a formula in a string, got the number 5");
}

TEST_CASE("an input without values is refused once, whatever uses it") {
    for (const char* input : {R"({"empirical":[]})", R"({"empirical":[],"truncate":[0,1]})",
                              R"({"mixture":[[{"empirical":[]},1]]})"}) {
        INFO(input);
        const std::string found = errors(purchase_with(
            R"("price_usd":{"ref":"inputs.price"},"spares_share":{"ref":"inputs.price"})",
            "\"inputs\":{\"price\":" + std::string(input) + "}"));
        CHECK(found.find("inputs.price") == 0);
        CHECK(found.find("needs at least one value") != found.npos);
        CHECK(found.find("sources") == found.npos);
    }
}
