#pragma once

#include "downstage/phantom/body.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::phantom_app {

/// A real study to paint into.
struct PaintedBase {
    std::string name;
    std::filesystem::path image;                 ///< below the folder of all bases
    std::optional<std::filesystem::path> liver;  ///< a label map below it; else LIVERS/name.nii.gz
    std::vector<std::int32_t> liver_labels;      ///< any label where there are none
    std::int32_t studies{1};                     ///< painted ones; the unpainted one comes on top
    std::vector<phantom::Ball> known;            ///< real findings: nothing is painted there
};

/// Which tumours are painted into which livers (docs/phantoms.md, "Painted livers").
struct PaintedSuite {
    std::string name;
    std::uint64_t seed{1};
    std::vector<std::int32_t> shape_cases;
    std::vector<PaintedBase> bases;
    nlohmann::json lesions;  ///< with ranges; drawn anew for each study
};

/// One tumour to be painted, after its ranges were drawn. Shares are of half its short axis, or of its
/// contrast.
struct PaintedLesion {
    double long_axis_mm{};
    double contrast_hu{};
    double edge_px{1.0};
    double texture_hu{};
    double texture_mm{4.0};
    std::string place{"deep"};  ///< "deep", "surface", "bulging"
    struct Rim {
        double width_share{}, contrast_share{};
    };
    struct Core {
        double below_share{}, wobble_share{}, contrast_share{};
    };
    struct Specks {
        double share{}, size_mm{}, hu{};
    };
    std::optional<Rim> rim;
    std::optional<Core> core;
    std::optional<Specks> specks;
};

/// Throws `Error{usage}` that names the file and the field.
[[nodiscard]] PaintedSuite read_painted_suite(const std::filesystem::path& file);

/// The tumours of one study. Throws `Error{usage}`.
[[nodiscard]] std::vector<PaintedLesion> draw_lesions(const PaintedSuite& suite, std::uint64_t seed);

}  // namespace downstage::phantom_app
