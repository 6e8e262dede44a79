#include <fleetcast/base/embedded.hpp>

#include <support/catch.hpp>

#include <fstream>
#include <sstream>
#include <string>

using namespace fleetcast;

TEST_CASE("every embedded text equals its file, byte by byte") {
    REQUIRE(!embedded_files().empty());
    for (const EmbeddedFile& file : embedded_files()) {
        INFO(file.path);
        std::ifstream stream(FLEETCAST_ROOT "/" + std::string(file.path), std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        CHECK(stream.good());
        CHECK(text.str() == file.text);
    }
}

TEST_CASE("an embedded text is found by its path, and a path that is not there gives nothing") {
    CHECK(embedded_text("data/catalog.json").starts_with("{"));
    CHECK(embedded_text("data/catalog").empty());
}
