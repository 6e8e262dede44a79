// Temporary beside the target, checked writes, fsync, close, rename, fsync of the folder.
// The one mutable global of the program is here: the name that a signal handler must remove.
#include <fleetcast/report/write.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/target.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace fleetcast {
namespace {

char unfinished_name[PATH_MAX];
std::atomic<bool> is_unfinished{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler reads it");

[[noreturn]] void fail(const std::string& name, int error) {
    if (error == EPIPE)
        throw Failure(Exit::pipe, "");
    throw Failure(Exit::io,
                  fmt::format("cannot write {}: {}", shown_target(name), strerrordesc_np(error)));
}

/// 0, or the errno that ended it.
int write_all(int descriptor, std::string_view bytes) {
    constexpr std::size_t chunk = 1u << 30; // Linux writes less than 2 GiB at a time
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor, bytes.data(), std::min(bytes.size(), chunk));
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (written < 0 && errno == EAGAIN) { // a pipe that another process set non-blocking
            pollfd wait{descriptor, POLLOUT, 0};
            poll(&wait, 1, -1);
        } else if (written == 0) {
            return EIO;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

/// Linux has closed the descriptor even when it says EINTR.
int close_checked(int descriptor) { return close(descriptor) == 0 || errno == EINTR ? 0 : errno; }

int sync_checked(int descriptor) {
    while (fsync(descriptor) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

int write_descriptor(int descriptor, std::string_view bytes) {
    if (fcntl(descriptor, F_GETFD) < 0)
        return errno; // closed, even when there is nothing to write
    if (const int error = write_all(descriptor, bytes); error != 0)
        return error;
    // A network file system tells only on close that the disk is full; the original stays open.
    const int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    return copy < 0 ? 0 : close_checked(copy);
}

int write_direct(const Target& target, std::string_view bytes) {
    int descriptor = -1;
    do
        descriptor = open(target.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0)
        return errno;
    const int error = write_all(descriptor, bytes);
    const int close_error = close_checked(descriptor);
    return error != 0 ? error : close_error;
}

/// A temporary file that goes away unless it is renamed.
class Temporary {
public:
    Temporary() = default;
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (descriptor >= 0)
            close(descriptor);
        remove_unfinished();
    }

    int open_beside(const Target& target) {
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before); // no signal between open and its registration
        const int error = open_unnoticed(target);
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        return error;
    }

    int finish(const Target& target, std::string_view bytes, bool no_clobber) {
        if (target.mode) {
            if (fchown(descriptor, target.owner, target.group) != 0) {
            } // as far as one may
            if (fchmod(descriptor, *target.mode) != 0)
                return errno;
        }
        if (const int error = write_all(descriptor, bytes); error != 0)
            return error;
        if (const int error = sync_checked(descriptor); error != 0)
            return error;
        const int closing = std::exchange(descriptor, -1);
        if (const int error = close_checked(closing); error != 0)
            return error;
        if (no_clobber)
            return link_new(target);
        if (rename(unfinished_name, target.path.c_str()) != 0)
            return errno;
        is_unfinished.store(false);
        return 0;
    }

private:
    int open_unnoticed(const Target& target) {
        const std::string folder = target.folder == "/" ? "" : target.folder;
        for (int attempt = 0; attempt < 1000; ++attempt) { // names that a killed run left behind
            const std::string name =
                fmt::format("{}/.fleetcast-{}-{}.tmp", folder, getpid(), attempt);
            if (name.size() >= sizeof unfinished_name)
                return ENAMETOOLONG;
            // Never 0, 1 or 2, which may be closed: a message must not end up in the file.
            const int low = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (low < 0 && errno == EEXIST)
                continue;
            if (low < 0)
                return errno;
            std::memcpy(unfinished_name, name.c_str(), name.size() + 1);
            is_unfinished.store(true);
            descriptor = low > 2 ? low : fcntl(low, F_DUPFD_CLOEXEC, 3);
            const int error = descriptor < 0 ? errno : 0;
            if (low <= 2)
                close(low);
            return error;
        }
        return EEXIST;
    }

    /// Unlike rename, link refuses a name that has appeared in the meantime.
    int link_new(const Target& target) {
        if (link(unfinished_name, target.path.c_str()) == 0)
            return 0; // the destructor unlinks
        if (errno != EPERM && errno != EOPNOTSUPP)
            return errno;
        struct stat found {};
        if (lstat(target.path.c_str(), &found) == 0)
            return EEXIST; // no links on this file system
        if (rename(unfinished_name, target.path.c_str()) != 0)
            return errno;
        is_unfinished.store(false);
        return 0;
    }

    int descriptor = -1;
};

/// The rename is on disk once the folder is; some folders may not be read or synced.
int sync_folder(const std::string& folder) {
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return 0;
    const int error = sync_checked(descriptor);
    close(descriptor);
    return error == EINVAL ? 0 : error;
}

int write_file(const Target& target, std::string_view bytes, bool no_clobber) {
    {
        Temporary temporary;
        if (const int error = temporary.open_beside(target); error != 0)
            return error;
        if (const int error = temporary.finish(target, bytes, no_clobber); error != 0)
            return error;
    }
    return sync_folder(target.folder);
}

int write_one(const Output& output, bool no_clobber) {
    const Resolved resolved = resolve_target(output.target);
    if (resolved.error != 0)
        return resolved.error;
    const Target& target = resolved.target;
    if (target.kind == TargetKind::descriptor)
        return write_descriptor(target.descriptor, output.bytes);
    if (target.kind == TargetKind::direct)
        return write_direct(target, output.bytes);
    if (no_clobber && target.mode)
        return EEXIST;
    return write_file(target, output.bytes, no_clobber);
}

bool is_descriptor(const std::string& name) {
    return resolve_target(name).target.kind == TargetKind::descriptor;
}

/// What two names of one file share.
std::string identity(const Target& target) {
    return target.kind == TargetKind::descriptor ? fmt::format("descriptor {}", target.descriptor)
                                                 : target.path;
}

} // namespace

void check_targets(const std::vector<std::string>& targets, const std::vector<std::string>& inputs,
                   bool no_clobber) {
    std::vector<std::string> seen;
    std::vector<Resolved> resolved;
    for (const std::string& name : targets) {
        resolved.push_back(resolve_target(name));
        if (resolved.back().error != 0)
            continue;
        const std::string same = identity(resolved.back().target);
        if (const auto twin = std::find(seen.begin(), seen.end(), same); twin != seen.end())
            throw Failure(Exit::usage, fmt::format("{} is an output twice", shown_target(name)));
        seen.push_back(same);
        for (const std::string& input : inputs) {
            char* path = input == "-" ? nullptr : realpath(input.c_str(), nullptr);
            const bool clash = path != nullptr && same == path;
            std::free(path);
            if (clash)
                throw Failure(Exit::usage, fmt::format("{} is an input: it would be replaced",
                                                       shown_target(name)));
        }
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (resolved[i].error != 0)
            fail(targets[i], resolved[i].error);
        if (no_clobber && resolved[i].target.mode)
            fail(targets[i], EEXIST);
    }
}

void write_outputs(const std::vector<Output>& outputs, bool no_clobber) {
    for (const bool descriptors : {false, true})
        for (const Output& output : outputs)
            if (is_descriptor(output.target) == descriptors)
                if (const int error = write_one(output, no_clobber); error != 0)
                    fail(output.target, error);
}

void remove_unfinished() noexcept {
    const int before = errno;
    if (is_unfinished.exchange(false))
        unlink(unfinished_name);
    errno = before;
}

} // namespace fleetcast
