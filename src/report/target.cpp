// Follows links by hand: the last may point to a file that does not exist yet, and one that
// leads to an open descriptor of this process must not be replaced by a rename.
#include <fleetcast/report/target.hpp>

#include <fleetcast/base/printable.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <string_view>

namespace fleetcast {
namespace {

constexpr int max_links = 40; // as the kernel

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// The number in "/dev/fd/7" and its like, or -1.
int descriptor_of(std::string_view path) {
    if (path == "/dev/stdout")
        return STDOUT_FILENO;
    if (path == "/dev/stderr")
        return STDERR_FILENO;
    for (const std::string_view prefix : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!path.starts_with(prefix))
            continue;
        const std::string digits(path.substr(prefix.size()));
        if (digits.empty() || digits.size() > 6 ||
            digits.find_first_not_of("0123456789") != std::string::npos)
            return -1;
        return std::atoi(digits.c_str());
    }
    return -1;
}

std::string real_path(const std::string& path, int& error) {
    char* found = realpath(path.c_str(), nullptr);
    if (found == nullptr) {
        error = errno;
        return {};
    }
    std::string result(found);
    std::free(found);
    return result;
}

std::string link_text(const std::string& path) {
    char buffer[PATH_MAX];
    const ssize_t size = readlink(path.c_str(), buffer, sizeof buffer);
    return size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : std::string();
}

Resolved refused(int error) { return {{}, error}; }

Resolved open_descriptor(int number) {
    Target target;
    target.kind = TargetKind::descriptor;
    target.descriptor = number;
    return {target, 0};
}

/// A path whose last part is no link.
Resolved resolve_plain(const std::string& path, const struct stat* found) {
    Target target;
    int error = 0;
    if (found != nullptr && S_ISDIR(found->st_mode))
        return refused(EISDIR);
    if (found != nullptr && S_ISSOCK(found->st_mode))
        return refused(ENXIO);
    target.folder = real_path(folder_of(path), error);
    if (error != 0)
        return refused(error);
    const std::string name = name_of(path);
    if (name.empty() || name == "." || name == "..")
        return refused(EISDIR);
    target.path = (target.folder == "/" ? "" : target.folder) + "/" + name;
    if (found != nullptr && faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0)
        return refused(errno);
    if (found != nullptr && !S_ISREG(found->st_mode)) {
        target.kind = TargetKind::direct;
        return {target, 0};
    }
    struct stat folder {};
    if (stat(target.folder.c_str(), &folder) != 0)
        return refused(errno);
    if (!S_ISDIR(folder.st_mode))
        return refused(ENOTDIR);
    if (faccessat(AT_FDCWD, target.folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
        return refused(errno);
    if (found != nullptr) {
        target.mode = found->st_mode & 0777;
        target.owner = found->st_uid;
        target.group = found->st_gid;
    }
    return {target, 0};
}

} // namespace

Resolved resolve_target(const std::string& name) {
    if (name == "-")
        return open_descriptor(STDOUT_FILENO);
    if (name.find('\0') != std::string::npos)
        return refused(EINVAL);
    std::string path = name;
    for (int links = 0; links <= max_links; ++links) {
        if (const int descriptor = descriptor_of(path); descriptor >= 0)
            return open_descriptor(descriptor);
        struct stat found {};
        if (lstat(path.c_str(), &found) != 0) {
            if (errno != ENOENT || path.empty())
                return refused(errno == 0 ? ENOENT : errno);
            return resolve_plain(path, nullptr);
        }
        if (!S_ISLNK(found.st_mode))
            return resolve_plain(path, &found);
        const std::string next = link_text(path);
        if (next.empty())
            return refused(EIO);
        path = next.starts_with('/') ? next : folder_of(path) + "/" + next;
    }
    return refused(ELOOP);
}

std::string shown_target(const std::string& name) {
    return name == "-" ? "standard output" : printable(name);
}

} // namespace fleetcast
