#pragma once

#include "downstage/core/series.hpp"

#include "header.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::dicom {

/// What one image plane says of itself.
struct PlaneFacts {
    Slice slice;
    bool has_position{}, has_orientation{}, has_spacing{};
    VectorLps row_direction, column_direction;
    double column_spacing_mm{}, row_spacing_mm{};
    std::vector<std::string> image_type;
    std::string stack_id;  ///< Enhanced objects: which of their stacks
    std::string kernel;
    std::optional<double> acquisition_number, temporal_position, echo_time_ms, b_value;
    std::string acquired, content;  ///< date and time, YYYYMMDDHHMMSS[.ffffff], as far as they are known
};

/// What one file says, and its planes.
struct ImageFacts {
    Study study;  ///< without stacks
    Stack stack;  ///< what its planes have in common: no slices, directions or spacing
    std::string photometric;
    std::string rescale_type;
    std::uintmax_t pixels_begin{};  ///< byte of the file where the pixel element begins
    std::vector<PlaneFacts> planes;
};

/// The facts of an image; empty for an object that is none (SR, SEG, RTSTRUCT, presentation states,
/// DICOMDIR). Throws `Error{input}` where an attribute that geometry rests on cannot be understood.
[[nodiscard]] std::optional<ImageFacts> facts_of(const Header& header, const std::filesystem::path& file);

}  // namespace downstage::dicom
