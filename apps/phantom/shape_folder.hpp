#pragma once

#include "downstage/phantom/body.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace downstage::phantom_app {

/// One line of a folder's shapes.csv.
struct ShapeEntry {
    std::string name;  ///< of the mask beside it: NAME.nii.gz
    std::int32_t of_case{};
    double long_axis_mm{};  ///< as found in the patient
    double slice_mm{};      ///< spacing of the slices it was outlined in
};

/// Outlines of real tumours, as unpack_shapes.py writes them; the masks are read when they are asked for.
class ShapeFolder {
public:
    /// Only shapes of these cases; of all where there are none. Throws `Error{usage}` naming the folder.
    ShapeFolder(std::filesystem::path folder, const std::vector<std::int32_t>& cases);

    /// A shape that was about as large and outlined in at least four slices: any of those within a factor of
    /// 1.6, by `seed`; else the nearest in size.
    [[nodiscard]] const ShapeEntry& near_size(double long_axis_mm, std::uint64_t seed) const;
    [[nodiscard]] std::filesystem::path mask_of(const ShapeEntry& shape) const;

private:
    std::filesystem::path folder_;
    std::vector<ShapeEntry> shapes_;
};

/// The mask of a file cast about its own middle. Steps of the outline are smoothed by one pixel. Throws
/// `Error{usage}` for a mask that cannot be read or is empty.
[[nodiscard]] phantom::Cast cast_of(const std::filesystem::path& mask_file);

}  // namespace downstage::phantom_app
