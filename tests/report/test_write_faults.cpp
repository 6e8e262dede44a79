// System calls that fail on demand (faults 53, 54 and the clean-up on a signal). This executable's
// own write, fsync, close and rename stand before libc's; unless armed they only pass on.
#include "support/catch.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/write.hpp>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

struct Fault {
    int error = 0; // 0: not armed
    int nth = 1;   // the first call that fails
    int times = 1; // how many calls fail from there on
    int calls = 0;
    bool fails() { return error != 0 && ++calls >= nth && calls < nth + times; }
};

Fault write_fault, fsync_fault, close_fault, rename_fault; // of this test alone, reset by Armed
bool writes_are_short = false;
bool interrupted_at_rename = false;

struct Armed {
    Armed() = default;
    Armed(const Armed&) = delete;
    Armed& operator=(const Armed&) = delete;
    ~Armed() {
        write_fault = fsync_fault = close_fault = rename_fault = {};
        writes_are_short = interrupted_at_rename = false;
    }
};

} // namespace

extern "C" {
ssize_t write(int descriptor, const void* bytes, size_t size) {
    if (write_fault.fails()) {
        errno = write_fault.error;
        return -1;
    }
    return syscall(SYS_write, descriptor, bytes, writes_are_short && size > 7 ? 7 : size);
}
int fsync(int descriptor) {
    if (fsync_fault.fails()) {
        errno = fsync_fault.error;
        return -1;
    }
    return static_cast<int>(syscall(SYS_fsync, descriptor));
}
int close(int descriptor) {
    const auto result = static_cast<int>(syscall(SYS_close, descriptor));
    if (!close_fault.fails())
        return result;
    errno = close_fault.error; // Linux has closed it all the same
    return -1;
}
int rename(const char* from, const char* to) noexcept {
    if (interrupted_at_rename)
        fleetcast::remove_unfinished(); // as a signal handler would
    if (rename_fault.fails()) {
        errno = rename_fault.error;
        return -1;
    }
    return static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0u));
}
}

using namespace fleetcast;
namespace fs = std::filesystem;

namespace {

struct Target {
    fs::path folder;
    std::string file;
    Target() {
        char name[] = "/tmp/fleetcast-test-XXXXXX";
        folder = mkdtemp(name);
        file = (folder / "a.csv").string();
        std::ofstream(file) << "old";
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;
    ~Target() { fs::remove_all(folder); }
    std::string text() const {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    bool alone() const { return std::distance(fs::directory_iterator(folder), {}) == 1; }
    std::string error(const std::string& bytes) const {
        try {
            write_outputs({{file, bytes}});
        } catch (const Failure& failure) {
            CHECK(failure.code == Exit::io);
            const std::string text = failure.what();
            return text.substr(text.rfind(": ") + 2);
        }
        return "none";
    }
};

} // namespace

TEST_CASE("an error at any write, fsync, close or rename leaves the old file alone (fault 54)") {
    struct Case {
        Fault& fault;
        int error;
        const char* text;
    };
    const Case cases[] = {{write_fault, ENOSPC, "No space left on device"},
                          {write_fault, EIO, "Input/output error"},
                          {fsync_fault, EIO, "Input/output error"},
                          {close_fault, EIO, "Input/output error"},
                          {rename_fault, EXDEV, "Invalid cross-device link"},
                          {rename_fault, EACCES, "Permission denied"}};
    for (const Case& each : cases) {
        const Target target;
        std::string said;
        {
            const Armed armed;
            each.fault = {each.error, 1, 1, 0};
            said = target.error("new bytes");
        }
        CHECK(said == each.text);
        CHECK(target.text() == "old");
        CHECK(target.alone());
    }
}

TEST_CASE("no space at the nth of many short writes leaves the old file alone (fault 53)") {
    const std::string bytes(70, 'b'); // ten writes of seven
    for (int nth = 1; nth <= 10; ++nth) {
        const Target target;
        std::string said;
        {
            const Armed armed;
            writes_are_short = true;
            write_fault = {ENOSPC, nth, 1, 0};
            said = target.error(bytes);
        }
        CHECK(said == "No space left on device");
        CHECK(target.text() == "old");
        CHECK(target.alone());
    }
}

TEST_CASE("an interrupted write, fsync or close goes on (fault 54)") {
    const Target target;
    const std::string bytes(70, 'b');
    std::string said;
    {
        const Armed armed;
        writes_are_short = true;
        write_fault = {EINTR, 3, 4, 0};
        fsync_fault = {EINTR, 1, 2, 0};
        close_fault = {EINTR, 1, 1, 0};
        said = target.error(bytes);
    }
    CHECK(said == "none");
    CHECK(target.text() == bytes);
    CHECK(target.alone());
}

TEST_CASE("a folder that fails to sync is an error, yet the new file is whole") {
    const Target target;
    std::string said;
    {
        const Armed armed;
        fsync_fault = {EIO, 2, 1, 0};
        said = target.error("new");
    }
    CHECK(said == "Input/output error");
    CHECK(target.text() == "new");
    CHECK(target.alone());
}

TEST_CASE("a signal in mid-write removes the temporary and leaves the old file (fault 60)") {
    const Target target;
    std::string said;
    {
        const Armed armed;
        interrupted_at_rename = true;
        said = target.error("new");
    }
    CHECK(said == "No such file or directory");
    CHECK(target.text() == "old");
    CHECK(target.alone());
    remove_unfinished(); // with nothing unfinished it does nothing
    CHECK(target.text() == "old");
}
