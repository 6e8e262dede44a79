// Where bytes end up, and what is left when they cannot (faults 51, 52, 55 to 58).
#include "support/catch.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/write.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

using namespace fleetcast;
namespace fs = std::filesystem;

namespace {

/// A folder of its own that goes away with the test.
struct Folder {
    fs::path path;
    Folder() {
        char name[] = "/tmp/fleetcast-test-XXXXXX";
        path = mkdtemp(name);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        fs::permissions(path, fs::perms::owner_all);
        fs::remove_all(path);
    }
    std::string operator/(const char* name) const { return (path / name).string(); }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
    }
};

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

mode_t mode_of(const std::string& path) {
    struct stat found {};
    REQUIRE(stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

/// Exit code and text of the failure, "0 " when there is none.
template <class Act> std::string outcome(Act act) {
    try {
        act();
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.code)) + " " + failure.what();
    }
    return "0 ";
}

std::string checked(const std::vector<std::string>& targets,
                    const std::vector<std::string>& inputs = {}, bool no_clobber = false) {
    return outcome([&] { check_targets(targets, inputs, no_clobber); });
}

std::string wrote(const std::vector<Output>& outputs, bool no_clobber = false) {
    return outcome([&] { write_outputs(outputs, no_clobber); });
}

/// Descriptor 1 replaced by another (or closed, -1) while the object lives.
struct Stdout {
    int saved;
    explicit Stdout(int other) : saved(fcntl(1, F_DUPFD_CLOEXEC, 10)) {
        if (other >= 0)
            dup2(other, 1);
        else
            close(1);
    }
    Stdout(const Stdout&) = delete;
    Stdout& operator=(const Stdout&) = delete;
    ~Stdout() {
        dup2(saved, 1);
        close(saved);
    }
};

template <class Act> std::string with_stdout(int other, Act act) {
    const Stdout replaced(other);
    return act();
}

/// SIGPIPE and SIGXFSZ ignored, as main does.
struct Ignored {
    Ignored() {
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGXFSZ, SIG_IGN);
    }
    Ignored(const Ignored&) = delete;
    Ignored& operator=(const Ignored&) = delete;
    ~Ignored() {
        std::signal(SIGPIPE, SIG_DFL);
        std::signal(SIGXFSZ, SIG_DFL);
    }
};

} // namespace

TEST_CASE("files are written whole, and no temporary stays") {
    const Folder folder;
    const std::string large(3'000'000, 'x');
    CHECK(wrote({{folder / "a.csv", "one"}, {folder / "b.json", large}, {folder / "empty", ""}}) ==
          "0 ");
    CHECK(read(folder / "a.csv") == "one");
    CHECK(read(folder / "b.json") == large);
    CHECK(read(folder / "empty").empty());
    CHECK(folder.files() == 3);
}

TEST_CASE("a relative target is written in the working folder") {
    const Folder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path);
    CHECK(checked({"x.csv", "./y.csv"}) == "0 ");
    CHECK(wrote({{"x.csv", "x"}}) == "0 ");
    fs::current_path(before);
    CHECK(read(folder / "x.csv") == "x");
}

TEST_CASE("an existing file is replaced and keeps its permission bits (fault 57)") {
    const Folder folder;
    put(folder / "a.csv", "old and longer");
    fs::permissions(folder / "a.csv", fs::perms(0640));
    CHECK(wrote({{folder / "a.csv", "new"}}) == "0 ");
    CHECK(read(folder / "a.csv") == "new");
    CHECK(mode_of(folder / "a.csv") == 0640);
    const mode_t mask = umask(027);
    CHECK(wrote({{folder / "fresh", "new"}}) == "0 ");
    umask(mask);
    CHECK(mode_of(folder / "fresh") == 0640);
}

TEST_CASE(
    "the flag --no-clobber refuses a file that exists, before the run and at the end (fault 57)") {
    const Folder folder;
    put(folder / "a.csv", "old");
    const std::string refused = "4 cannot write " + folder / "a.csv" + ": File exists";
    CHECK(checked({folder / "a.csv"}, {}, true) == refused);
    CHECK(wrote({{folder / "a.csv", "new"}}, true) == refused);
    CHECK(read(folder / "a.csv") == "old");
    CHECK(checked({folder / "b.csv", "-", "/dev/null"}, {}, true) == "0 ");
    CHECK(wrote({{folder / "b.csv", "new"}}, true) == "0 ");
    CHECK(read(folder / "b.csv") == "new");
    CHECK(folder.files() == 2);
}

TEST_CASE("a link is followed and kept, also one to nothing yet (fault 58)") {
    const Folder folder;
    fs::create_directory(folder.path / "deep");
    put(folder / "deep/real.csv", "old");
    fs::create_symlink("deep/real.csv", folder.path / "link");
    fs::create_symlink("link", folder.path / "link-to-link");
    fs::create_symlink("deep/new.csv", folder.path / "dangling");
    CHECK(wrote({{folder / "link-to-link", "new"}, {folder / "dangling", "made"}}) == "0 ");
    CHECK(fs::is_symlink(folder.path / "link-to-link"));
    CHECK(fs::is_symlink(folder.path / "link"));
    CHECK(fs::is_symlink(folder.path / "dangling"));
    CHECK(read(folder / "deep/real.csv") == "new");
    CHECK(read(folder / "deep/new.csv") == "made");
    fs::create_symlink("circle", folder.path / "circle");
    CHECK(checked({folder / "circle"}) ==
          "4 cannot write " + folder / "circle" + ": Too many levels of symbolic links");
}

TEST_CASE("a FIFO and a device are written directly (fault 58)") {
    const Folder folder;
    const std::string fifo = folder / "fifo";
    REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
    std::string seen;
    std::thread reader([&] { seen = read(fifo); });
    const std::string bytes(200'000, 'f'); // more than a pipe holds
    CHECK(checked({fifo}) == "0 ");
    CHECK(wrote({{fifo, bytes}, {"/dev/null", "gone"}}) == "0 ");
    reader.join();
    CHECK(seen == bytes);
    CHECK(fs::is_fifo(fifo));
    CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE(
    "standard output and its device are descriptor 1, written last and never renamed (fault 58)") {
    const Folder folder;
    for (const std::string name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
        put(folder / "out", "before ");
        const int out = open((folder / "out").c_str(), O_WRONLY | O_APPEND);
        const std::string result = with_stdout(out, [&] {
            return wrote({{name, "data"}, {folder / "x.csv", "x"}});
        });
        close(out);
        CHECK(result == "0 ");
        CHECK(read(folder / "out") == "before data"); // appended as the shell's >> asks
    }
    fs::create_symlink("/dev/stdout", folder.path / "link");
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    CHECK(with_stdout(ends[1], [&] { return wrote({{folder / "link", "piped"}}); }) == "0 ");
    char buffer[16] = {};
    CHECK(::read(ends[0], buffer, sizeof buffer) == 5);
    CHECK(fs::is_symlink(folder.path / "link"));
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("a full or closed standard output is an I/O error, files are done before (fault 51)") {
    const Folder folder;
    const int full = open("/dev/full", O_WRONLY);
    REQUIRE(full >= 0);
    CHECK(with_stdout(full, [&] {
              return wrote({{"-", "data"}, {folder / "a", "a"}});
          }) == "4 cannot write standard output: No space left on device");
    close(full);
    CHECK(read(folder / "a") == "a");
    for (const std::string bytes : {"data", ""})
        CHECK(with_stdout(-1, [&] {
                  return wrote({{"-", bytes}, {folder / "b", "b"}});
              }) == "4 cannot write standard output: Bad file descriptor");
    CHECK(read(folder / "b") == "b");
    CHECK(wrote({{"/dev/full", "x"}}) == "4 cannot write /dev/full: No space left on device");
}

TEST_CASE("a reader that went away is the quiet exit 141 (fault 52)") {
    const Ignored ignored;
    const Folder folder;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    close(ends[0]);
    CHECK(with_stdout(ends[1], [&] {
              return wrote({{"-", "data"}, {folder / "a", "a"}});
          }) == "141 ");
    close(ends[1]);
    CHECK(read(folder / "a") == "a");
}

TEST_CASE("a slow reader of a non-blocking pipe gets everything") {
    int ends[2];
    REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
    fcntl(ends[0], F_SETFL, 0);
    const std::string bytes(1'000'000, 'y');
    std::size_t seen = 0;
    std::thread reader([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30)); // until the pipe is full
        char buffer[65536];
        for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
            seen += static_cast<std::size_t>(n);
    });
    const std::string result = wrote({{"/dev/fd/" + std::to_string(ends[1]), bytes}});
    close(ends[1]);
    reader.join();
    close(ends[0]);
    CHECK(result == "0 ");
    CHECK(seen == bytes.size());
}

TEST_CASE("a disk that is full in mid-write leaves the old file and no temporary (fault 53)") {
    const Ignored ignored;
    const Folder folder;
    put(folder / "a.csv", "old");
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{64 * 1024, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const std::string result = wrote({{folder / "a.csv", std::string(200'000, 'z')}});
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK(result == "4 cannot write " + folder / "a.csv" + ": File too large");
    CHECK(read(folder / "a.csv") == "old");
    CHECK(folder.files() == 1);
}

TEST_CASE("a target that cannot be written is found before the run (fault 55)") {
    const Folder folder;
    put(folder / "file", "x");
    fs::create_directory(folder.path / "results");
    CHECK(checked({folder / "none/x.csv"}) ==
          "4 cannot write " + folder / "none/x.csv" + ": No such file or directory");
    CHECK(checked({folder / "file/x.csv"}) ==
          "4 cannot write " + folder / "file/x.csv" + ": Not a directory");
    CHECK(checked({folder / "results"}) ==
          "4 cannot write " + folder / "results" + ": Is a directory");
    CHECK(checked({folder / "results/"}) ==
          "4 cannot write " + folder / "results/" + ": Is a directory");
    CHECK(checked({""}) == "4 cannot write : No such file or directory");
    CHECK(checked({std::string(5000, 'n')}).starts_with("4 "));
    CHECK(checked({folder / "a\x1b[31m/x"}).find("a\\x1b[31m/x: No such") != std::string::npos);
    CHECK(checked({"-", "/dev/full", folder / "x.csv"}) == "0 ");
}

TEST_CASE("a read-only folder or file is found before the run (fault 55)") {
    const Folder folder;
    put(folder / "file", "x");
    fs::permissions(folder / "file", fs::perms(0444));
    fs::permissions(folder.path, fs::perms(0555));
    const bool root = geteuid() == 0; // root ignores modes
    if (root)
        REQUIRE(seteuid(65534) == 0);
    const std::string in_folder = checked({folder / "x.csv"});
    const std::string on_file = checked({folder / "file"});
    const std::string at_end = wrote({{folder / "x.csv", "x"}});
    if (root)
        REQUIRE(seteuid(0) == 0);
    CHECK(in_folder == "4 cannot write " + folder / "x.csv" + ": Permission denied");
    CHECK(on_file == "4 cannot write " + folder / "file" + ": Permission denied");
    CHECK(at_end == in_folder);
}

TEST_CASE("an output that is an input, or named twice, is refused before any write (fault 56)") {
    const Folder folder;
    put(folder / "plan.json", "{}");
    fs::create_symlink("plan.json", folder.path / "link.json");
    CHECK(checked({folder / "x.csv", folder / "./x.csv"}) ==
          "2 " + folder / "./x.csv" + " is an output twice");
    CHECK(checked({"-", "/dev/stdout"}) == "2 /dev/stdout is an output twice");
    CHECK(checked({folder / "link.json"}, {folder / "plan.json"}) ==
          "2 " + folder / "link.json" + " is an input: it would be replaced");
    CHECK(checked({folder / "plan.json"}, {"-", folder / "missing", folder / "link.json"})
              .starts_with("2 "));
    CHECK(checked({folder / "x.csv", folder / "y.csv"}, {"-", folder / "plan.json"}) == "0 ");
    CHECK(
        checked({folder / "none/x", folder / "z", folder / "z"}).starts_with("2 ")); // usage first
}

TEST_CASE("a temporary that a killed run left behind does not stand in the way (fault 61)") {
    const Folder folder;
    const std::string stale =
        folder / (".fleetcast-" + std::to_string(getpid()) + "-0.tmp").c_str();
    put(stale, "half");
    CHECK(wrote({{folder / "a.csv", "new"}}) == "0 ");
    CHECK(read(folder / "a.csv") == "new");
    CHECK(read(stale) == "half");
}
