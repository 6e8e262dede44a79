#include <fleetcast/load/read_file.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/result.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace fleetcast {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
    throw Failure(Exit::io, fmt::format("cannot read {}: {}",
                                        path == "-" ? "standard input" : printable(path),
                                        std::generic_category().message(error)));
}

[[noreturn]] void refuse_size(const std::string& path) {
    throw Failure(Exit::bad_input,
                  fmt::format("{}: larger than {} MiB, the most that is read of a file",
                              path == "-" ? "standard input" : printable(path), input_cap >> 20));
}

class Input {
public:
    explicit Input(const std::string& path) : path_(path) {
        if (path == "-")
            return;
        do
            descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        while (descriptor_ < 0 && errno == EINTR);
        if (descriptor_ < 0)
            fail(path, errno);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input() {
        if (descriptor_ != STDIN_FILENO)
            ::close(descriptor_);
    }

    /// Size of a regular file, 0 of anything else, whose end shows only in reading. [byte]
    std::size_t known_size() const {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0)
            fail(path_, errno);
        return S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
    }

    std::size_t read(char* to, std::size_t size) {
        ssize_t count = 0;
        do
            count = ::read(descriptor_, to, size);
        while (count < 0 && errno == EINTR);
        if (count < 0)
            fail(path_, errno);
        return static_cast<std::size_t>(count);
    }

private:
    const std::string& path_;
    int descriptor_ = STDIN_FILENO;
};

} // namespace

SourceText read_source(const std::string& path) {
    if (path.find('\0') != path.npos)
        fail(path, EINVAL); // open() would read the name up to the NUL
    Input input(path);
    SourceText source{path, {}};
    const std::size_t size = input.known_size();
    if (size > input_cap)
        refuse_size(path);
    source.text.reserve(size);
    std::array<char, 65536> buffer;
    for (;;) {
        // The byte past the cap is read to tell a full input from one that goes on.
        const std::size_t room = input_cap + 1 - source.text.size();
        const std::size_t count = input.read(buffer.data(), std::min(buffer.size(), room));
        if (count == 0)
            return source;
        if (count == room)
            refuse_size(path);
        source.text.append(buffer.data(), count);
    }
}

} // namespace fleetcast
