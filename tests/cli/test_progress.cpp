// The line of progress over a clock and a terminal of the test.
#include <fleetcast/cli/progress.hpp>

#include <support/catch.hpp>

using fleetcast::Progress;
using fleetcast::progress_text;

namespace {

/// What was written, with a clock that is set by hand.
struct Stage {
    double now = 100;
    int width = 80;
    std::string written;

    Progress::Terminal terminal() {
        return {[this] { return now; }, [this] { return width; },
                [this](std::string_view bytes) { written += bytes; }};
    }
    /// What one call writes.
    std::string told(Progress& progress, double seconds, std::uint64_t done) {
        now = seconds;
        written.clear();
        progress.tell(done);
        return written;
    }
};

std::string text(std::uint64_t done, std::uint64_t total, double seconds) {
    return progress_text("", done, total, seconds, 80);
}

} // namespace

TEST_CASE("progress tells the trials done, their share, the rate and what is left") {
    CHECK(text(4'100'000, 10'000'000, 1) == "trials 4.1M / 10M, 41 %, 4.1 M/s, 2 s left");
    CHECK(text(0, 10'000, 2) == "trials 0 / 10k, 0 %");
    CHECK(text(999, 1'000, 1) == "trials 999 / 1k, 99 %, 999 /s, 1 s left");
    CHECK(text(1'000'000'000, 1'000'000'000, 10) == "trials 1G / 1G, 100 %, 100 M/s, 0 s left");
    CHECK(text(12'345, 1'000'000, 1) == "trials 12.3k / 1M, 1 %, 12.3 k/s, 81 s left");
    CHECK(text(1'000, 1'000'000, 1) == "trials 1k / 1M, 0 %, 1 k/s, 17 min left");
    CHECK(text(100, 1'000'000, 1) == "trials 100 / 1M, 0 %, 100 /s, 3 h left");
}

TEST_CASE("progress rounds down: a run is not said to be at its end before it is") {
    CHECK(text(9'999'999, 10'000'000, 1).starts_with("trials 9.9M / 10M, 99 %"));
}

TEST_CASE("trials that are run a second time are told as that") {
    CHECK(text(112'000, 100'000, 10) == "trials 100k / 100k, 100 %, 11.2 k/s, 12k once more");
}

TEST_CASE("a narrow terminal cuts the name of the scenario, then leaves out the last parts") {
    const std::string whole = "trials 4.1M / 10M, 41 %, 4.1 M/s, 2 s left"; // 42 columns
    const auto fitted = [](std::string_view name, int width) {
        return progress_text(name, 4'100'000, 10'000'000, 1, width);
    };
    CHECK(fitted("late", 80) == "late: " + whole);
    CHECK(fitted("a-very-long-name", 54) == "a-ve...ame: " + whole);
    CHECK(fitted("a-very-long-name", 51) == whole);
    CHECK(fitted("late", 42) == whole);
    CHECK(fitted("late", 41) == "trials 4.1M / 10M, 41 %, 4.1 M/s");
    CHECK(fitted("late", 25) == "trials 4.1M / 10M, 41 %");
    CHECK(fitted("late", 17) == "trials 4.1M / 10M");
    CHECK(fitted("late", 16).empty());
    CHECK(fitted("a\033[31m", 80) == "a\\x1b[31m: " + whole);
}

TEST_CASE("the line appears after a second, and changes ten times a second at most") {
    Stage stage;
    Progress progress(stage.terminal());
    progress.begin("", 1000);
    CHECK(stage.told(progress, 100.5, 10).empty());
    CHECK(stage.told(progress, 100.99, 20).empty());
    CHECK(stage.told(progress, 101, 100) == "\rtrials 100 / 1k, 10 %, 100 /s, 9 s left\033[K");
    CHECK(stage.told(progress, 101.05, 101).empty());
    CHECK(stage.told(progress, 101.2, 110) == "\rtrials 110 / 1k, 11 %, 91 /s, 10 s left\033[K");
}

TEST_CASE("a second run counts its own seconds and shows its name at once") {
    Stage stage;
    Progress progress(stage.terminal());
    progress.begin("early", 1000);
    stage.now = 110;
    progress.begin("late", 1000);
    CHECK(stage.told(progress, 110.5, 500) ==
          "\rlate: trials 500 / 1k, 50 %, 1 k/s, 1 s left\033[K");
}

TEST_CASE("the line is erased once, when it was shown") {
    Stage stage;
    {
        Progress progress(stage.terminal());
        progress.begin("", 1000);
        progress.erase();
        CHECK(stage.written.empty());
        CHECK_FALSE(stage.told(progress, 102, 100).empty());
        stage.written.clear();
        progress.erase();
        CHECK(stage.written == "\r\033[K");
    }
    CHECK(stage.written == "\r\033[K");
    {
        Progress progress(stage.terminal());
        progress.begin("", 1000);
        CHECK_FALSE(stage.told(progress, 104, 100).empty());
        stage.written.clear();
    }
    CHECK(stage.written == "\r\033[K");
}

TEST_CASE("a terminal too narrow for the shortest line shows none, its last column stays free") {
    Stage stage;
    Progress progress(stage.terminal());
    progress.begin("", 10'000'000);
    stage.width = 17;
    CHECK(stage.told(progress, 102, 4'100'000).empty());
    stage.width = 18;
    CHECK(stage.told(progress, 103, 4'100'000) == "\rtrials 4.1M / 10M\033[K");
}
