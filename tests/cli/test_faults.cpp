// Outputs under faults, end to end: faults.md rows 51, 52, 55 to 58, and signals.
#include "program.hpp"

#include <support/catch.hpp>

using namespace fleetcast::testing;

namespace {

/// The exit code, then what `look` prints of the folder.
Ended after(const std::string& words, const std::string& look) {
    return run(words + "; code=$?; " + look + "; exit $code");
}

const std::string everything = "ls -A | tr '\\n' ' '";

} // namespace

TEST_CASE("fault 51: a full device or a closed standard output is an error, not a silence") {
    for (const char* words :
         {"forecast plan.json", "forecast plan.json --format csv", "validate plan.json", "catalog",
          "help rules", "init", "--version", "forecast --help"}) {
        INFO(words);
        const Ended full = run(std::string("\"$F\" ") + words + " >/dev/full");
        CHECK(full.code == 4);
        CHECK(holds(full.err, "No space left on device"));
        const Ended closed = run(std::string("\"$F\" ") + words + " >&-");
        CHECK(closed.code == 4);
        CHECK(holds(closed.err, "Bad file descriptor"));
    }
    CHECK(run("\"$F\" forecast plan.json 2>&-").code == 0);
    CHECK(run("\"$F\" forecast gone.json 2>/dev/full").code == 4);
}

TEST_CASE("fault 52: a reader that closes the pipe ends the program quietly, the files are whole") {
    for (const char* words : {"forecast plan.json", "catalog --format json", "help scenario"}) {
        const Ended ended = run(std::string("{ sleep 0.2; \"$F\" ") + words +
                                "; echo $? >code; } | true; cat code");
        INFO(words);
        CHECK(ended.out == "141\n");
        CHECK(ended.err.empty());
    }
    const Ended both =
        run("{ sleep 0.2; \"$F\" forecast plan.json -o - -o x.csv; echo $? >code; } | true; "
            "\"$F\" forecast plan.json --format csv | cmp - x.csv && cat code");
    CHECK(both.out == "141\n");
}

TEST_CASE("fault 55: a target that cannot be written is refused before a scenario is read") {
    for (const char* target : {"gone/x.csv", "plan.json/x.csv", "folder.csv"}) {
        const Ended ended =
            run(std::string("mkdir folder.csv; \"$F\" forecast plan.json --verbose -o ") + target);
        INFO(target << "\n" << ended.err);
        CHECK(ended.code == 4);
        CHECK(holds(ended.err, target));
        CHECK_FALSE(holds(ended.err, "read plan.json"));
    }
    const Ended locked =
        run("cp \"$F\" ./program; mkdir locked; chmod 555 locked; "
            "[ \"$(id -u)\" != 0 ] || as='setpriv --reuid 65534 --regid 65534 --clear-groups'; "
            "$as ./program forecast plan.json --verbose -o locked/x.csv");
    CHECK(locked.code == 4);
    CHECK(holds(locked.err, "locked/x.csv: Permission denied"));
    CHECK_FALSE(holds(locked.err, "read plan.json"));
}

TEST_CASE("fault 56: an output that is an input, or another output, is refused before any write") {
    const std::string before = small_plan;
    for (const char* targets : {"plan.json", "./plan.json", "link.json"}) {
        const Ended ended = after(
            std::string("ln -s plan.json link.json; \"$F\" forecast plan.json -o new.csv -o ") +
                targets,
            "rm link.json; " + everything + "; cat plan.json");
        CHECK(ended.code == 2);
        CHECK(ended.out == "plan.json " + before);
    }
    const Ended twice =
        after("ln -s x.csv y.csv; \"$F\" forecast plan.json -o x.csv -o y.csv", everything);
    CHECK(twice.code == 2);
    CHECK(twice.out == "plan.json y.csv ");
    CHECK(run("\"$F\" forecast plan.json -o - -o /dev/stdout --format csv").code == 2);
}

TEST_CASE("fault 57: an output that exists is replaced whole, or kept with --no-clobber") {
    const Ended replaced =
        after("echo old >x.csv; \"$F\" forecast plan.json -o x.csv",
              "\"$F\" forecast plan.json --format csv | cmp - x.csv; " + everything);
    CHECK(replaced.code == 0);
    CHECK(replaced.out == "plan.json x.csv ");
    const Ended kept =
        after("echo old >x.csv; \"$F\" forecast plan.json -o y.json -o x.csv --no-clobber",
              "cat x.csv; " + everything);
    CHECK(kept.code == 4);
    CHECK(holds(kept.err, "x.csv: File exists"));
    CHECK(kept.out == "old\nplan.json x.csv ");
}

TEST_CASE("fault 58: links are followed and kept, devices and FIFOs are written directly") {
    const std::string same = "\"$F\" forecast plan.json --format csv >same; ";
    CHECK(after(same + "ln -s real.csv link.csv; \"$F\" forecast plan.json -o link.csv",
                "cmp same real.csv && readlink link.csv")
              .out == "real.csv\n");
    CHECK(run("\"$F\" forecast plan.json --format csv -o /dev/stdout").out ==
          run("\"$F\" forecast plan.json --format csv").out);
    CHECK(after(same + "mkfifo pipe.csv; timeout 5 cat pipe.csv >got & \"$F\" forecast plan.json "
                       "-o pipe.csv",
                "wait; cmp same got && [ -p pipe.csv ] && echo kept")
              .out == "kept\n");
    CHECK(after("\"$F\" forecast plan.json --format csv -o /dev/null", everything).out ==
          "plan.json ");
}

TEST_CASE("signals end the program at once with their code") {
    for (const auto& [signal, code] :
         {std::pair("INT", 130), std::pair("TERM", 143), std::pair("HUP", 129)}) {
        const Ended ended =
            run(std::string("mkfifo pipe; (exec sleep 5 >pipe) & timeout --preserve-status -s ") +
                signal + " 0.3 \"$F\" validate pipe; code=$?; kill $! 2>/dev/null; exit $code");
        INFO(signal);
        CHECK(ended.code == code);
        CHECK(ended.err == "fleetcast: interrupted\n");
    }
}

TEST_CASE("a hang-up does not end a program that nohup started") {
    const Ended ended = run(
        "mkfifo pipe; nohup \"$F\" validate pipe >out 2>&1 & sleep 0.3; kill -HUP $!; sleep 0.1; "
        "timeout 2 sh -c 'cat plan.json >pipe'; wait $!; code=$?; tail -n 1 out; exit $code");
    CHECK(ended.code == 0);
    CHECK(ended.out == "pipe: valid, 1 source, 1 site, 6 months\n");
}

TEST_CASE("fault 64: where the system gives no more threads fewer do the work, with a warning") {
    const std::string uncertain =
        "sed -i 's/\"price_usd\": 1000/\"price_usd\": {\"uniform\": [900, 1100]}/' plan.json; ";
    const std::string words = "./program forecast plan.json --format json --threads 5";
    const std::string copy = uncertain + "cp \"$F\" ./program; ";
    const Ended usual = run(copy + words);
    CHECK(usual.code == 0);
    CHECK(usual.err.empty());
    const Ended alone =
        run(copy +
            "[ \"$(id -u)\" != 0 ] || as='setpriv --reuid 65534 --regid 65534 --clear-groups'; " +
            // The search for leaks of a sanitizer would need a thread of its own.
            "ASAN_OPTIONS=detect_leaks=0 $as prlimit --nproc=1 " + words);
    CHECK(alone.code == 0);
    CHECK(alone.err == "warning: only 1 of 5 threads could be started; the results are the same\n");
    CHECK(alone.out == usual.out);
}
