#include "shape_folder.hpp"

#include "downstage/core/error.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/smooth.hpp"
#include "downstage/phantom/noise.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

namespace downstage::phantom_app {

namespace {

template <typename T>
T number(const std::string& text)
{
    T value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size())
        throw Error{Errc::usage, "\"" + text + "\" is no number"};
    return value;
}

ShapeEntry entry_of(const std::string& line)
{
    std::istringstream words{line};
    std::string name;
    std::string of_case;
    std::string long_axis;
    std::string slice;
    std::getline(words, name, ',');
    std::getline(words, of_case, ',');
    std::getline(words, long_axis, ',');
    std::getline(words, slice);
    return {.name = name,
            .of_case = number<std::int32_t>(of_case),
            .long_axis_mm = number<double>(long_axis),
            .slice_mm = number<double>(slice)};
}

/// The mask with `room` voxels of nothing on each side, on standard axes about the middle.
Mask roomy(const LabelMap& labels, std::int32_t room)
{
    const Grid& grid = labels.grid();
    const Size size{grid.size.i + 2 * room, grid.size.j + 2 * room, grid.size.k + 2 * room};
    const auto half = [](std::int32_t count, double spacing_mm) { return -0.5 * (count - 1) * spacing_mm; };
    Mask mask{Grid{.size = size,
                   .spacing_mm = grid.spacing_mm,
                   .origin = {half(size.i, grid.spacing_mm.i),
                              half(size.j, grid.spacing_mm.j),
                              half(size.k, grid.spacing_mm.k)},
                   .axes = {}}};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                if (labels[{i, j, k}] != 0) mask[{i + room, j + room, k + room}] = 1;
    return mask;
}

}  // namespace

ShapeFolder::ShapeFolder(std::filesystem::path folder, const std::vector<std::int32_t>& cases)
    : folder_{std::move(folder)}
{
    const std::filesystem::path table = folder_ / "shapes.csv";
    std::ifstream in{table};
    std::string line;
    std::getline(in, line);  // the names of the columns
    try {
        while (std::getline(in, line)) {
            ShapeEntry entry = entry_of(line);
            if (cases.empty() || std::ranges::find(cases, entry.of_case) != cases.end())
                shapes_.push_back(std::move(entry));
        }
    } catch (const Error& failure) {
        throw failure.within(table.string());
    }
    if (shapes_.empty())
        throw Error{Errc::usage,
                    table.string() + " lists no shapes; see unpack_shapes.py in docs/phantoms.md"};
}

const ShapeEntry& ShapeFolder::near_size(double long_axis_mm, std::uint64_t seed) const
{
    constexpr double factor = 1.6;
    constexpr double fewest_slices = 4.0;
    const auto off = [&](const ShapeEntry& shape) {
        return std::abs(std::log(shape.long_axis_mm / long_axis_mm));
    };
    std::vector<const ShapeEntry*> near;
    for (const ShapeEntry& shape : shapes_)
        if (off(shape) < std::log(factor) && shape.long_axis_mm >= fewest_slices * shape.slice_mm)
            near.push_back(&shape);
    if (near.empty()) return *std::ranges::min_element(shapes_, {}, off);
    const double share = phantom::even_noise({seed, phantom::range_stream}, 0);
    return *near[static_cast<std::size_t>(share * static_cast<double>(near.size()))];
}

std::filesystem::path ShapeFolder::mask_of(const ShapeEntry& shape) const
{
    return folder_ / (shape.name + ".nii.gz");
}

phantom::Cast cast_of(const std::filesystem::path& mask_file)
{
    constexpr std::int32_t room = 4;  // for the smoothing, and so that depths go on outside
    try {
        const Mask mask = roomy(imaging::read_labels(mask_file), room);
        if (imaging::count(mask) == 0) throw Error{Errc::usage, mask_file.string() + " holds no shape"};
        const Field inside = imaging::depth_mm(mask);
        const Field outside = imaging::distance_mm(mask);
        const SpacingMm& spacing = mask.grid().spacing_mm;
        const double pixel_mm = std::min(spacing.i, spacing.j);
        // Distances run from voxel centre to voxel centre; the surface lies half a pixel before.
        Field depth{mask.grid()};
        for (std::size_t n = 0; n < depth.voxels().size(); ++n) {
            const double half_mm = mask.voxels()[n] != 0 ? -0.5 * pixel_mm : 0.5 * pixel_mm;
            depth.voxels()[n] = inside.voxels()[n] - outside.voxels()[n] + static_cast<float>(half_mm);
        }
        phantom::Cast cast;
        cast.mould_mm = imaging::gaussian(depth, {pixel_mm, pixel_mm, 0.5 * pixel_mm});
        return cast;
    } catch (const Error& failure) {
        throw Error{Errc::usage, failure.what()};
    }
}

}  // namespace downstage::phantom_app
