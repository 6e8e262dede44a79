// A file that grows by a line whenever a piece of long work is done, so that it can be taken up
// again. Interface: Journal. What a line says is left to those who write it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// Not safe to use from two threads at once.
class Journal {
public:
    /// Opens the file, or begins it with this first line. Failure: io when it cannot be read,
    /// written or locked (another run has it open); bad input when its first line is another, or
    /// it is no regular file.
    Journal(std::string path, std::string_view first_line);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal();

    /// The lines behind the first that were there; what a killed run left of one is cut off.
    std::vector<std::string> take_lines();

    /// A line, with a newline behind it, in one write. Failure (io).
    void add(std::string_view line);

private:
    [[noreturn]] void fail(int error) const;
    void begin(std::string_view first_line);

    std::string path_;
    int descriptor_ = -1;
    std::vector<std::string> lines_;
};

} // namespace fleetcast
