// A folder of files that goes away with the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace fleetcast::testing {

class Folder {
public:
    Folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "fleetcast-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }
    std::string at(const std::string& name) const { return (path_ / name).string(); }
    std::string put(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
        return at(name);
    }
    std::string text(const std::string& name) const {
        std::ostringstream out;
        out << std::ifstream(path_ / name).rdbuf();
        return out.str();
    }

private:
    std::filesystem::path path_;
};

} // namespace fleetcast::testing
