#include "liver_contact.hpp"

#include "downstage/imaging/morphology.hpp"

#include <algorithm>
#include <cstddef>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 8.1 and 14
constexpr double shell_mm = 5.0;          // two voxels of the working grid
constexpr std::int32_t shell_margin = 3;  // voxels: the shell, and one that is outside
constexpr double least_liver = 0.33;
constexpr double least_held = 0.66;
constexpr double thick_mm = 8.0;
constexpr double least_liver_thick = 0.45;
constexpr double least_held_thick = 0.60;
constexpr double enclosed = 0.60;

/// Lowest and highest voxel of each label, 0 left out.
std::vector<Box> boxes_of(const LabelMap& labels)
{
    const std::uint16_t count =
        labels.voxels().empty() ? std::uint16_t{0} : std::ranges::max(labels.voxels());
    const Size& size = labels.grid().size;
    std::vector<Index> low(count, {size.i, size.j, size.k});
    std::vector<Index> high(count, {-1, -1, -1});
    std::size_t n = 0;
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j)
            for (std::int32_t i = 0; i < size.i; ++i, ++n)
                if (const std::uint16_t label = labels.voxels()[n]; label != 0) {
                    Index& first = low[label - 1U];
                    Index& last = high[label - 1U];
                    first = {std::min(first.i, i), std::min(first.j, j), std::min(first.k, k)};
                    last = {std::max(last.i, i), std::max(last.j, j), std::max(last.k, k)};
                }
    std::vector<Box> boxes;
    for (std::size_t label = 0; label < count; ++label)
        boxes.push_back({.first = low[label],
                         .size = {high[label].i - low[label].i + 1,
                                  high[label].j - low[label].j + 1,
                                  high[label].k - low[label].k + 1}});
    return boxes;
}

/// The same box, wider by the shell on all sides where the image goes on.
Box with_shell(const Box& box, const Size& size)
{
    constexpr std::int32_t margin = shell_margin;
    const Index first{std::max(0, box.first.i - margin),
                      std::max(0, box.first.j - margin),
                      std::max(0, box.first.k - margin)};
    return {.first = first,
            .size = {std::min(size.i, box.first.i + box.size.i + margin) - first.i,
                     std::min(size.j, box.first.j + box.size.j + margin) - first.j,
                     std::min(size.k, box.first.k + box.size.k + margin) - first.k}};
}

Index in_whole(const Box& box, const Index& at)
{
    return {box.first.i + at.i, box.first.j + at.j, box.first.k + at.k};
}

Mask label_in(const LabelMap& labels, const Box& box, std::size_t label)
{
    const Grid& whole = labels.grid();
    Mask mask{Grid{.size = box.size,
                   .spacing_mm = whole.spacing_mm,
                   .origin = to_lps(whole, box.first),
                   .axes = whole.axes}};
    for_each_set(Mask{mask.grid(), 1}, [&](const Index& at, std::size_t n) {
        mask.voxels()[n] = static_cast<std::uint8_t>(labels[in_whole(box, at)] == label ? 1 : 0);
    });
    return mask;
}

}  // namespace

double inscribed_radius_mm(const Mask& mask, unsigned workers)
{
    const Field depth = imaging::depth_mm(mask, workers);
    return static_cast<double>(std::ranges::max(depth.voxels()));
}

Contact contact_of(const Mask& part, const Piece& piece, const Mask& liver, const Scene& scene)
{
    std::size_t shell = 0;
    std::size_t on_liver = 0;
    std::size_t on_bound = 0;
    for_each_set(imaging::dilate(part, shell_mm, scene.workers), [&](const Index& at, std::size_t n) {
        if (part.voxels()[n] != 0 || piece.mask.voxels()[n] != 0) return;
        ++shell;
        if (const Index whole = in_whole(piece.box, at); liver[whole] != 0)
            ++on_liver;
        else if (scene.bounds[whole] != 0)
            ++on_bound;
    });
    if (shell == 0) return {};
    const auto all = static_cast<double>(shell);
    return {.liver = static_cast<double>(on_liver) / all, .bound = static_cast<double>(on_bound) / all};
}

bool belongs_by_contact(const Contact& contact, double radius_mm)
{
    const double held = contact.liver + contact.bound;
    return (contact.liver > least_liver && held > least_held) ||
           (contact.liver > least_liver_thick && held > least_held_thick && radius_mm > thick_mm);
}

bool is_enclosed(const Contact& contact)
{
    return contact.liver > enclosed;
}

std::vector<Piece> pieces_of(const LabelMap& labels)
{
    const std::vector<Box> boxes = boxes_of(labels);
    std::vector<Piece> pieces;
    for (std::size_t n = 0; n < boxes.size(); ++n) {
        const Box box = with_shell(boxes[n], labels.grid().size);
        pieces.push_back({.box = box, .mask = label_in(labels, box, n + 1)});
    }
    return pieces;
}

void put_back(Mask& whole, const Mask& piece, const Box& box)
{
    for_each_set(piece, [&](const Index& at, std::size_t) { whole[in_whole(box, at)] = 1; });
}

}  // namespace downstage::segmentation
