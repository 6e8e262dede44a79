#include <fleetcast/base/result.hpp>
#include <fleetcast/load/read_file.hpp>

#include "support/catch.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

using namespace fleetcast;
namespace fs = std::filesystem;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool keeps_freed_memory = true;
#else
constexpr bool keeps_freed_memory = false;
#endif

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "fleetcast-read-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()));
        path_ = name;
        fs::permissions(path_, fs::perms(0755)); // for nobody
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path_); }
    std::string at(const std::string& name) const { return (path_ / name).string(); }
    std::string file(const std::string& name, const std::string& text) const {
        std::ofstream(at(name), std::ios::binary) << text;
        return at(name);
    }

private:
    fs::path path_;
};

struct Refusal {
    Exit code;
    std::string message;
    bool operator==(const Refusal&) const = default;
};

Refusal refusal(const std::string& path) {
    try {
        read_source(path);
    } catch (const Failure& failure) {
        return {failure.code, failure.what()};
    }
    return {Exit::ok, ""};
}

// Exit code of `work` run in a process of its own.
int in_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(work());
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string too_large(const std::string& name) {
    return name + ": larger than 64 MiB, the most that is read of a file";
}

} // namespace

TEST_CASE("a file is read byte for byte, under the name that was given") {
    const Folder folder;
    const std::string text("\xef\xbb\xbf{\r\n\0\xff", 8);
    const std::string path = folder.file("plan.json", text);
    CHECK(read_source(path) == SourceText{path, text});
    CHECK(read_source(folder.file("empty", "")).text.empty());
    const std::string large(300001, 'x');
    CHECK(read_source(folder.file("large", large)).text == large);
}

TEST_CASE("fault 2: a directory is an I/O error") {
    const Folder folder;
    CHECK(refusal(folder.at("")) ==
          Refusal{Exit::io, "cannot read " + folder.at("") + ": Is a directory"});
}

TEST_CASE("fault 3: a missing file is an I/O error with path and reason") {
    CHECK(refusal("/no/such/plan.json") ==
          Refusal{Exit::io, "cannot read /no/such/plan.json: No such file or directory"});
    CHECK(refusal("").code == Exit::io);
    CHECK(refusal(std::string("/dev/null\0x", 11)).code == Exit::io);
}

TEST_CASE("fault 40: control characters in the name of a file are escaped in the message") {
    CHECK(refusal("no\x1b[31m\nfile").message ==
          "cannot read no\\x1b[31m\\x0afile: No such file or directory");
    CHECK(refusal(std::string(100000, 'x')).message.find("File name too long") !=
          std::string::npos);
}

TEST_CASE("fault 3: a file without read permission is an I/O error") {
    const Folder folder;
    const std::string path = folder.file("secret.json", "{}");
    REQUIRE(::chmod(path.c_str(), 0) == 0);
    CHECK(in_child([&] {
              constexpr uid_t nobody = 65534;
              if (::geteuid() == 0 && ::setuid(nobody) != 0)
                  return 1;
              return refusal(path) ==
                             Refusal{Exit::io, "cannot read " + path + ": Permission denied"}
                         ? 0
                         : 2;
          }) == 0);
}

TEST_CASE("fault 2: a FIFO is read to its end, whatever the size of its pieces") {
    const Folder folder;
    const std::string path = folder.at("fifo");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::string text;
    for (int i = 0; i < 40000; ++i)
        text += std::to_string(i);
    std::thread writer([&] {
        const int out = ::open(path.c_str(), O_WRONLY);
        for (std::size_t at = 0; at < text.size();) {
            const ssize_t count =
                ::write(out, text.data() + at, std::min<std::size_t>(7777, text.size() - at));
            at += count > 0 ? static_cast<std::size_t>(count) : 0;
        }
        ::close(out);
    });
    const SourceText source = read_source(path);
    writer.join();
    CHECK(source.text == text);
}

TEST_CASE("a read that a signal interrupts goes on") {
    CHECK(in_child([] {
              int ends[2]; // here, so that nobody else holds an end open
              if (::pipe(ends) != 0)
                  return 9;
              static volatile std::sig_atomic_t interruptions = 0;
              struct sigaction action {};
              action.sa_handler = [](int) { interruptions = interruptions + 1; };
              ::sigaction(SIGALRM, &action, nullptr); // without SA_RESTART
              const pid_t writer = ::fork();
              if (writer == 0) {
                  for (int i = 0; i < 5; ++i) {
                      ::usleep(20000);
                      if (::write(ends[1], "ab", 2) != 2)
                          ::_exit(1);
                  }
                  ::_exit(0);
              }
              ::close(ends[1]);
              ::dup2(ends[0], STDIN_FILENO);
              const itimerval every_5_ms{{0, 5000}, {0, 5000}};
              ::setitimer(ITIMER_REAL, &every_5_ms, nullptr);
              const SourceText source = read_source("-");
              const itimerval never{};
              ::setitimer(ITIMER_REAL, &never, nullptr);
              ::waitpid(writer, nullptr, 0);
              return interruptions > 0 && source == SourceText{"-", "ababababab"} ? 0 : 1;
          }) == 0);
}

TEST_CASE("standard input is read for -, and its faults are told by its name") {
    const Folder folder;
    const std::string path = folder.file("in", "{}\n");
    CHECK(in_child([&] {
              ::dup2(::open(path.c_str(), O_RDONLY), STDIN_FILENO);
              return read_source("-") == SourceText{"-", "{}\n"} ? 0 : 1;
          }) == 0);
    CHECK(in_child([&] {
              ::close(STDIN_FILENO);
              return refusal("-") ==
                             Refusal{Exit::io, "cannot read standard input: Bad file descriptor"}
                         ? 0
                         : 1;
          }) == 0);
}

TEST_CASE("fault 2: an endless device is refused at the cap, in bounded memory") {
    const auto peak = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss; // [KiB]
    };
    CHECK(in_child([&] {
              const long before = peak();
              if (refusal("/dev/zero") != Refusal{Exit::bad_input, too_large("/dev/zero")})
                  return 1;
              return keeps_freed_memory || peak() - before < 150 * 1024 ? 0 : 2;
          }) == 0);
}

TEST_CASE("fault 2: no more than one byte past the cap is taken from a pipe") {
    CHECK(in_child([] {
              int ends[2]; // here, so that nobody else holds an end open
              if (::pipe(ends) != 0)
                  return 9;
              ::dup2(ends[0], STDIN_FILENO);
              ::close(ends[0]);
              const pid_t writer = ::fork();
              if (writer == 0) {
                  const std::string zeros(65536, '\0');
                  for (std::size_t written = 0; written < input_cap + 65536;)
                      written += static_cast<std::size_t>(::write(ends[1], zeros.data(), 65536));
                  ::_exit(0);
              }
              ::close(ends[1]);
              if (refusal("-") != Refusal{Exit::bad_input, too_large("standard input")})
                  return 1;
              std::size_t rest = 0;
              char buffer[4096];
              for (ssize_t n; (n = ::read(STDIN_FILENO, buffer, sizeof buffer)) > 0;)
                  rest += static_cast<std::size_t>(n);
              ::waitpid(writer, nullptr, 0);
              return rest == 65535 ? 0 : 2;
          }) == 0);
}

TEST_CASE("fault 9: a file of the cap is read, one byte more and a gigabyte are refused unread") {
    const Folder folder;
    const std::string path = folder.file("sparse.json", "");
    REQUIRE(::truncate(path.c_str(), static_cast<off_t>(input_cap)) == 0);
    CHECK(read_source(path).text.size() == input_cap);
    for (const std::size_t size : {input_cap + 1, std::size_t{1} << 30}) {
        REQUIRE(::truncate(path.c_str(), static_cast<off_t>(size)) == 0);
        CHECK(refusal(path) == Refusal{Exit::bad_input, too_large(path)});
    }
}
