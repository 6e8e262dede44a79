#include <fleetcast/report/journal.hpp>

#include "support/catch.hpp"
#include "support/folder.hpp"

#include <fleetcast/base/result.hpp>

using namespace fleetcast;

namespace {

/// The file of a journal.
struct JournalFile {
    std::string path() const { return folder.at("points"); }
    void put(const std::string& text) const { folder.put("points", text); }
    std::string text() const { return folder.text("points"); }

    fleetcast::testing::Folder folder{};
};

Exit refusal(const std::string& path, const std::string& first) {
    try {
        Journal journal(path, first);
    } catch (const Failure& failure) {
        return failure.code;
    }
    return Exit::ok;
}

} // namespace

TEST_CASE("a journal gives back its lines when it is opened again") {
    const JournalFile file;
    {
        Journal journal(file.path(), "run 1");
        CHECK(journal.take_lines().empty());
        journal.add("a");
        journal.add("b");
    }
    Journal journal(file.path(), "run 1");
    CHECK(journal.take_lines() == std::vector<std::string>{"a", "b"});
    journal.add("c");
    CHECK(file.text() == "run 1\na\nb\nc\n");
}

TEST_CASE("what a killed run left of a line is cut off, wherever it was killed") {
    const std::string whole = "run 1\nfirst\nsecond\n";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        INFO(size);
        const JournalFile file;
        file.put(whole.substr(0, size));
        Journal journal(file.path(), "run 1");
        const std::size_t lines = size < 12 ? 0 : size < 19 ? 1 : 2;
        CHECK(journal.take_lines().size() == lines);
        journal.add("next");
        CHECK(file.text() == (size < 6 ? "run 1\n"
                                       : whole.substr(0, size < 12   ? 6
                                                         : size < 19 ? 12
                                                                     : 19)) +
                                 "next\n");
    }
}

TEST_CASE("a file of another run is refused and left as it is") {
    const JournalFile file;
    for (const char* text : {"run 2\na\n", "no newline", "{\"a\":1}\n", "\n"}) {
        INFO(text);
        file.put(text);
        CHECK(refusal(file.path(), "run 1") == Exit::bad_input);
        CHECK(file.text() == text);
    }
}

TEST_CASE("a journal has one writer, and is a file") {
    const JournalFile file;
    const Journal journal(file.path(), "run 1");
    CHECK(refusal(file.path(), "run 1") == Exit::io);
    CHECK(refusal("/nonexistent/points", "run 1") == Exit::io);
    CHECK(refusal("/tmp", "run 1") == Exit::io);
    CHECK(refusal("/dev/null", "run 1") == Exit::io);
}
