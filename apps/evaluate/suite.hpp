#pragma once

#include "downstage/core/space.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::evaluate_app {

/// One lesion that is there. Its label in truth.nii.gz is its place in the list plus 2: label 1 is the liver.
struct TrueLesion {
    std::string name;
    bool is_cyst{};
    double long_axis_mm{}, short_axis_mm{}, volume_ml{};
    double contrast_hu{};  ///< against the liver around it, as a positive number; NaN where nobody said
};

/// One finding of measurements.json. A counted one has the label `id` + 1 in segmentation.nii.gz.
struct FoundLesion {
    int id{};
    PointLps centroid;
    double long_axis_mm{}, short_axis_mm{}, volume_ml{};
    double confidence{};
};

/// A ball about a finding that the base of a painted study has of its own: what is found there is neither
/// true nor false.
struct KnownFinding {
    PointLps centre;
    double radius_mm{};
};

/// What `downstage measure` said of a case.
struct Result {
    std::optional<double> liver_ml;
    std::vector<FoundLesion> lesions, possible, cysts;
};

/// One study of a suite (docs/phantoms.md): where its truth and its result lie.
struct Case {
    std::string name;
    std::string kind;  ///< phantom, painted, healthy, mr, real
    std::string base;  ///< the real study it was painted into; empty where there is none
    std::optional<double> liver_ml;
    bool liver_known{true};    ///< false where the truth's liver was found by ourselves
    bool lesions_known{true};  ///< false where only the liver was labelled
    std::vector<TrueLesion> lesions;
    std::vector<KnownFinding> known;
    std::filesystem::path truth_labels;  ///< empty where there is none
    std::optional<Result> result;        ///< empty where nothing was measured
    std::filesystem::path found_labels;
};

/// Reads SUITE/index.json, every SUITE/<case>/truth.json and RESULTS/<case>/measurements.json. A case without
/// a result is kept: that it could not be measured is a result, too. Throws `Error{input}` naming the file
/// and the field.
[[nodiscard]] std::vector<Case> read_suite(const std::filesystem::path& suite,
                                           const std::filesystem::path& results);

}  // namespace downstage::evaluate_app
