#include <fleetcast/report/journal.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/target.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace fleetcast {
namespace {

/// All bytes of the file, or the errno that ended the reading.
std::pair<std::string, int> contents_of(int descriptor) {
    std::string text;
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t count = read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return {text, errno};
        if (count == 0)
            return {text, 0};
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

} // namespace

Journal::Journal(std::string path, std::string_view first_line) : path_(std::move(path)) {
    do
        descriptor_ =
            open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0666);
    while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ < 0)
        fail(errno);
    try {
        begin(first_line);
    } catch (...) {
        close(descriptor_);
        throw;
    }
}

Journal::~Journal() { close(descriptor_); }

void Journal::begin(std::string_view first_line) {
    struct stat status {};
    if (fstat(descriptor_, &status) != 0)
        fail(errno);
    if (!S_ISREG(status.st_mode))
        throw Failure(Exit::io,
                      fmt::format("{} is no file that can be taken up again", shown_target(path_)));
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
        throw Failure(Exit::io, fmt::format("{}: another run is writing it", shown_target(path_)));
    auto [text, error] = contents_of(descriptor_);
    if (error != 0)
        fail(error);
    const std::size_t whole = text.rfind('\n') + 1; // 0 where there is none
    const std::string first = std::string(first_line) + '\n';
    // What is left of a first line is only cut off where it is one of ours.
    if (whole == 0 ? !first.starts_with(text) : !text.starts_with(first))
        throw Failure(Exit::bad_input,
                      fmt::format("{} was begun by another run than this one: remove it, or name "
                                  "another file",
                                  shown_target(path_)));
    if (ftruncate(descriptor_, static_cast<off_t>(whole)) != 0)
        fail(errno);
    if (whole == 0)
        return add(first_line);
    for (std::size_t at = first.size(); at < whole;) {
        const std::size_t end = text.find('\n', at);
        lines_.push_back(text.substr(at, end - at));
        at = end + 1;
    }
}

std::vector<std::string> Journal::take_lines() { return std::exchange(lines_, {}); }

void Journal::add(std::string_view line) {
    const std::string text = std::string(line) + '\n';
    for (std::string_view rest = text; !rest.empty();) {
        const ssize_t written = write(descriptor_, rest.data(), rest.size());
        if (written > 0)
            rest.remove_prefix(static_cast<std::size_t>(written));
        else if (written == 0)
            fail(EIO);
        else if (errno != EINTR)
            fail(errno);
    }
}

void Journal::fail(int error) const {
    throw Failure(Exit::io,
                  fmt::format("cannot keep {}: {}", shown_target(path_), strerrordesc_np(error)));
}

} // namespace fleetcast
