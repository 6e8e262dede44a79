// Patches as a user lays them: exit codes, messages, names, the manifest.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace fleetcast::testing;

namespace {

/// Price of the whole plan's deliveries in January, 100 units, under the options.
std::string capex(const std::string& options) {
    const Ended ended = run(options + " --metrics capex_usd --at 2024-01 --format csv --quiet");
    INFO(ended.err);
    CHECK(ended.code == 0);
    return ended.out.substr(ended.out.find('\n') + 1);
}

} // namespace

TEST_CASE("the last patch on the command line wins") {
    const std::string overlay = "echo '{\"sources\":{\"chips\":{\"price_usd\":2000}}}' > o.json; ";
    CHECK(capex("$F forecast plan.json") == "plan,2024-01-01,total,100000\r\n");
    CHECK(capex(overlay + "$F forecast plan.json --overlay o.json") ==
          "plan,2024-01-01,total,200000\r\n");
    CHECK(capex(overlay + "$F forecast plan.json --overlay o.json --set "
                          "sources.chips.price_usd=3000") == "plan,2024-01-01,total,300000\r\n");
    CHECK(capex(overlay + "$F forecast plan.json --set sources.chips.price_usd=3000 --overlay "
                          "o.json") == "plan,2024-01-01,total,200000\r\n");
    CHECK(capex("$F forecast plan.json --set sources.chips.price_usd=3000 --set "
                "/sources/chips/price_usd=4000") == "plan,2024-01-01,total,400000\r\n");
}

TEST_CASE("a variant is chosen by name and told in the scenario's name") {
    const std::string variants = "sed -i 's|\"finance\"|\"variants\": {\"dear\": {\"sources\": "
                                 "{\"chips\": {\"price_usd\": 5000}}}}, \"finance\"|' plan.json; ";
    CHECK(capex(variants + "$F forecast plan.json --variant dear") ==
          "plan@dear,2024-01-01,total,500000\r\n");
    const Ended unknown = run(variants + "$F forecast plan.json --variant deer");
    CHECK(unknown.code == 2);
    CHECK(holds(unknown.err, "--variant deer: plan.json has dear; did you mean \"dear\"?"));
    CHECK(run("$F forecast plan.json --variant dear").code == 2);
    const Ended valid = run(variants + "$F validate plan.json");
    CHECK(valid.code == 0);
    const Ended wrong = run("sed -i 's|\"finance\"|\"variants\": {\"bad\": {\"sites\": {\"hall\": "
                            "{\"pue\": 0.5}}}}, \"finance\"|' plan.json; $F validate plan.json");
    CHECK(wrong.code == 3);
    CHECK(holds(wrong.err, "sites.hall.pue: in variant bad: must be at least 1, got 0.5"));
}

TEST_CASE("the saved result names each patch with its hash") {
    const Ended ended = run(R"(cat > top.json <<'END'
{"extends": "plan.json", "variants": {"v": {"title": "V"}}}
END
echo '{"end": "2024-04"}' > o.json
$F forecast top.json --variant v --overlay o.json --set sites.hall.pue=1.5 -o r.json --quiet
grep -o '"patches":\[[^]]*\]' r.json; sha256sum plan.json o.json | cut -c1-64
printf '%s' sites.hall.pue=1.5 | sha256sum | cut -c1-64; printf '%s' '{"title":"V"}' | sha256sum | cut -c1-64)");
    REQUIRE(ended.code == 0);
    std::istringstream lines(ended.out);
    std::string patches, base, overlay, set, variant;
    std::getline(lines, patches);
    lines >> base >> overlay >> set >> variant;
    CHECK(patches == R"("patches":[{"kind":"extends","name":"plan.json","sha256":")" + base +
                         R"("},{"kind":"variant","name":"v","sha256":")" + variant +
                         R"("},{"kind":"overlay","name":"o.json","sha256":")" + overlay +
                         R"("},{"kind":"set","name":"sites.hall.pue=1.5","sha256":")" + set +
                         R"("}])");
}

TEST_CASE("fault 26: circles of files are bad input") {
    const Ended circle = run("echo '{\"extends\":\"b.json\"}' > a.json; echo "
                             "'{\"extends\":\"a.json\"}' > b.json; $F forecast a.json");
    CHECK(circle.code == 3);
    CHECK(holds(circle.err, "a.json -> b.json -> a.json"));
    CHECK(run("ln -s a.json b.json; echo '{\"extends\":\"b.json\"}' > a.json; $F validate a.json")
              .code == 3);
    CHECK(run("echo '{\"extends\":\"b.json\"}' > a.json; cp a.json b.json; $F forecast plan.json "
              "--overlay a.json")
              .code == 3);
    const Ended chain = run("cp plan.json f0.json; for i in $(seq 16); do echo "
                            "\"{\\\"extends\\\":\\\"f$((i-1)).json\\\"}\" > f$i.json; done; "
                            "$F validate f15.json || echo no; $F validate f16.json");
    CHECK(chain.code == 3);
    CHECK(holds(chain.out, "f15.json: valid"));
    CHECK(holds(chain.err, "a chain of more than 16 files"));
}

TEST_CASE("fault 27 and 28: a base outside the scenario's folder is bad input and not shown") {
    for (const char* path : {"../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "C:\\\\a",
                             "%2e%2e/secret.json", "../secret.json", "link.json"}) {
        INFO(path);
        const Ended ended =
            run(std::string("mkdir plans; echo '{\"title\":\"secret\"}' > secret.json; ln -s "
                            "../secret.json plans/link.json; cat > plans/top.json <<'END'\n"
                            "{\"extends\": \"") +
                path + "\"}\nEND\n$F validate plans/top.json");
        CHECK(ended.code == 3);
        CHECK(holds(ended.err, "plans/top.json:1:13: error: extends: "));
        CHECK_FALSE(holds(ended.err, "root:"));
        CHECK_FALSE(holds(ended.err, "\"title\""));
    }
    const std::string split =
        "mkdir plans; echo '{\"extends\": \"../plan.json\"}' > plans/top.json; ";
    CHECK(run(split + "$F validate plans/top.json").code == 3);
    CHECK(run(split + "$F validate plans/top.json --allow-root .").code == 0);
    const Ended gone = run("echo '{\"extends\": \"gone.json\"}' > top.json; $F validate top.json");
    CHECK(gone.code == 4);
    CHECK(holds(gone.err, "top.json:1:13: error: extends: cannot read gone.json: No such file"));
}

TEST_CASE("fault 29: what an overlay breaks is told at the overlay") {
    const Ended removed = run("echo '{\"sources\":{\"chips\":{\"deliveries\":null}}}' > o.json; "
                              "$F forecast plan.json --overlay o.json");
    CHECK(removed.code == 3);
    CHECK(holds(removed.err, "o.json:1:35: error: sources.chips: needs \"deliveries\""));
    const Ended number = run("echo '{\"sites\":{\"hall\":7}}' > o.json; $F forecast plan.json "
                             "--overlay o.json");
    CHECK(number.code == 3);
    CHECK(holds(number.err, "o.json:1:18: error: sites.hall: must be an object, got the number 7"));
    const Ended unread = run("$F forecast plan.json --overlay gone.json");
    CHECK(unread.code == 4);
    const Ended syntax = run("echo '{\"a\":' > o.json; $F forecast plan.json --overlay o.json");
    CHECK(syntax.code == 3);
    CHECK(holds(syntax.err, "o.json:"));
}

TEST_CASE("fault 30 and 31: a --set that cannot be applied is a mistake of the command line") {
    for (const char* set :
         {"sources.chips.price_usd.x=1", "/a~2=1", "sites.hall.pue", "sites.hall.pue={", "=5",
          "sites..pue=1", "sites.nowhere=null", "sites.hall.power.first.from.0=1"}) {
        INFO(set);
        const Ended ended = run(std::string("$F forecast plan.json --set '") + set + "'");
        CHECK(ended.code == 2);
        CHECK(holds(ended.err, set));
        CHECK(ended.out == "");
    }
    const Ended index = run("$F forecast plan.json --set 'sources.chips.payment=[{\"share\":1}]' "
                            "--set sources.chips.payment.1.share=1");
    CHECK(index.code == 2);
    CHECK(holds(index.err, "has 1 items: there is no 1"));
    const Ended range = run("$F forecast plan.json --set sites.hall.pue=0.5");
    CHECK(range.code == 3);
    CHECK(holds(range.err, "--set:1:16: error: sites.hall.pue: must be at least 1, got 0.5"));
}

TEST_CASE("what a patch adds against what is there is told at the patch") {
    const Ended both = run("echo '{\"sources\":{\"chips\":{\"orders\":{}}}}' > o.json; $F validate "
                           "plan.json --overlay o.json");
    CHECK(both.code == 3);
    CHECK(holds(both.err, "o.json:1:22: error: sources.chips: takes \"deliveries\" or \"orders\""));
    const Ended last = run("echo '{\"sources\":{\"chips\":null}}' > o.json; $F validate plan.json "
                           "--overlay o.json");
    CHECK(holds(last.err, "o.json:1:21: error: sources: needs at least one source"));
    const Ended broken = run("echo '{\"a\":' > o.json; $F validate plan.json --overlay o.json");
    CHECK(broken.code == 3);
    CHECK(holds(broken.err, "o.json:2:1: error"));
    CHECK_FALSE(holds(broken.err, "plan.json:"));
}

TEST_CASE("a base is an input: no output may replace it") {
    const std::string child =
        "echo '{\"extends\":\"plan.json\"}' > child.json; cp plan.json kept; ";
    for (const char* command :
         {"forecast child.json -o plan.json --format json", "compare child.json kept -o plan.json",
          "sweep child.json --vary x-a=1 -o plan.json --format csv",
          "sweep child.json --vary x-a=1 --resume plan.json",
          "check child.json --set 'checks.c={\"metric\":\"owned\",\"at\":\"all\",\"at_least\":0}' "
          "--junit plan.json"}) {
        INFO(command);
        const Ended ended =
            run(child + "cp plan.json plan.csv; $F " + command + "; echo $?; cmp kept plan.json");
        CHECK(ended.out == "2\n");
    }
}

TEST_CASE("an overlay may not be written over, and standard input may be one") {
    CHECK(run("echo '{}' > o.json; $F forecast plan.json --overlay o.json -o o.json --format csv")
              .code == 2);
    CHECK(capex("echo '{\"sources\":{\"chips\":{\"price_usd\":2000}}}' | $F forecast plan.json "
                "--overlay -") == "plan,2024-01-01,total,200000\r\n");
}

TEST_CASE("fault 41: the environment changes no figure") {
    CHECK(capex("FLEETCAST_TRIALS=abc FLEETCAST_SEED=7 FLEETCAST_SET=x $F forecast plan.json") ==
          "plan,2024-01-01,total,100000\r\n");
}
