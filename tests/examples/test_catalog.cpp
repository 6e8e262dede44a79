// The built-in catalogue: the accelerators it must know, and that no figure stands without its
// source.
#include "support/catch.hpp"

#include <fleetcast/base/time_grid.hpp>
#include <fleetcast/load/catalog.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using namespace fleetcast;

namespace {

constexpr std::array<const char*, 38> promised = {"nvidia-v100-sxm2-32gb",
                                                  "nvidia-a100-40gb-sxm",
                                                  "nvidia-a100-80gb-sxm",
                                                  "nvidia-h100-sxm",
                                                  "nvidia-h100-pcie",
                                                  "nvidia-h100-nvl",
                                                  "nvidia-h200-sxm",
                                                  "nvidia-h20",
                                                  "nvidia-h800-sxm",
                                                  "nvidia-gh200",
                                                  "nvidia-b100",
                                                  "nvidia-b200",
                                                  "nvidia-gb200-nvl72",
                                                  "nvidia-b300",
                                                  "nvidia-gb300-nvl72",
                                                  "nvidia-vr200-nvl72",
                                                  "nvidia-l40s",
                                                  "nvidia-l4",
                                                  "nvidia-t4",
                                                  "amd-mi250x",
                                                  "amd-mi300x",
                                                  "amd-mi325x",
                                                  "amd-mi350x",
                                                  "amd-mi355x",
                                                  "google-tpu-v4",
                                                  "google-tpu-v5e",
                                                  "google-tpu-v5p",
                                                  "google-tpu-v6e",
                                                  "google-tpu-v7",
                                                  "aws-trainium1",
                                                  "aws-trainium2",
                                                  "aws-trainium3",
                                                  "aws-inferentia2",
                                                  "intel-gaudi2",
                                                  "intel-gaudi3",
                                                  "meta-mtia-v1",
                                                  "meta-mtia-v2",
                                                  "microsoft-maia-100"};

bool is_check(const std::string& check) {
    constexpr std::array checks = {"verified", "partial", "estimate", "digest", "unverified"};
    return std::ranges::find(checks, check) != checks.end();
}

/// "2022-03", "2025" or a span of years, "2022-2023". A price may be of a span, "2023-05..2024-01".
bool is_date(const std::string& date) {
    const auto is_year = [](std::string_view year) {
        return parse_date(std::string(year) + "-01").has_value();
    };
    return parse_date(date) || (date.size() == 4 && is_year(date)) ||
           (date.size() == 9 && date[4] == '-' && is_year(date.substr(0, 4)) &&
            is_year(date.substr(5)));
}

} // namespace

TEST_CASE("the catalogue knows the 38 accelerators that were promised, once each") {
    const Catalog catalog = load_catalog();
    for (const char* id : promised) {
        CAPTURE(id);
        CHECK(std::ranges::count(names_of(catalog.accelerators), std::string(id)) == 1);
    }
    CHECK_FALSE(catalog.version.empty());
}

TEST_CASE("each figure of the catalogue is positive and has a source, a date and how far it was "
          "verified") {
    for (const auto& [id, accelerator] : load_catalog().accelerators) {
        CAPTURE(id);
        CHECK_FALSE(accelerator.name.empty());
        CHECK_FALSE(accelerator.vendor.empty());
        CHECK_FALSE(accelerator.sources.empty());
        CHECK_FALSE(accelerator.figures.empty());
        CHECK((accelerator.announced.empty() || is_date(accelerator.announced)));
        for (const auto& [name, figure] : accelerator.figures) {
            CAPTURE(name);
            CHECK(std::ranges::find(figure_kinds, name, &FigureKind::name) != figure_kinds.end());
            CHECK((std::isfinite(figure.value) && figure.value > 0));
            CHECK((figure.source.starts_with("https://") || figure.source.starts_with("http://") ||
                   figure.source == "own knowledge" || figure.source == "a public digest"));
            CHECK(is_date(figure.date));
            CHECK(is_check(figure.check));
            CHECK((figure.source.starts_with("http") ||
                   figure.check != "verified")); // nobody's word is not verified
        }
        if (!accelerator.price)
            continue;
        CHECK((accelerator.price->low > 0 && accelerator.price->low <= accelerator.price->high));
        CHECK_FALSE(accelerator.price->source.empty());
        CHECK(is_date(accelerator.price->date.substr(0, accelerator.price->date.find(".."))));
        CHECK(is_check(accelerator.price->check));
    }
}

TEST_CASE(
    "every accelerator of the catalogue counts in H100s and has a power, apart from two without") {
    for (const auto& [id, accelerator] : load_catalog().accelerators) {
        CAPTURE(id);
        CHECK(basis_figure(accelerator, Basis::bf16).has_value());
        CHECK(unit_power(accelerator).has_value() ==
              (id != "aws-trainium1" && id != "aws-inferentia2"));
    }
}
