#include "stacks.hpp"

#include "downstage/core/text.hpp"

#include "stacks_judge.hpp"
#include "stacks_plane.hpp"
#include "stacks_split.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace downstage::dicom {

namespace {

// Between parallel slices: a thousandth of a radian moves a voxel by 0.4 mm at the edge of a 400 mm slice.
constexpr double same_direction = 1e-3;
// A tenth of a pixel over 512 of them.
constexpr double same_spacing = 2e-4;

VectorLps normal_of(const PlaneFacts& facts)
{
    return cross(facts.row_direction, facts.column_direction);
}

bool is_same_direction(const VectorLps& a, const VectorLps& b)
{
    const VectorLps difference = a + (-1.0) * b;
    return length_mm(difference) <= same_direction;
}

bool is_same_spacing(double a, double b)
{
    return std::abs(a - b) <= same_spacing * std::max(a, b);
}

bool has_same_kind(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    const auto kind = [](const std::vector<std::string>& type) {
        return std::vector<std::string>(
            type.begin(), type.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, type.size())));
    };
    return kind(a) == kind(b);
}

bool has_same_matrix(const ImageFacts& a, const ImageFacts& b)
{
    return std::tie(a.stack.frame_of_reference_uid,
                    a.stack.modality,
                    a.stack.rows,
                    a.stack.columns,
                    a.photometric) == std::tie(b.stack.frame_of_reference_uid,
                                               b.stack.modality,
                                               b.stack.rows,
                                               b.stack.columns,
                                               b.photometric);
}

bool has_same_place_tags(const PlaneFacts& a, const PlaneFacts& b)
{
    return std::tie(a.has_position, a.has_orientation, a.has_spacing) ==
           std::tie(b.has_position, b.has_orientation, b.has_spacing);
}

bool is_parallel(const PlaneFacts& a, const PlaneFacts& b)
{
    return is_same_direction(a.row_direction, b.row_direction) &&
           is_same_direction(a.column_direction, b.column_direction);
}

bool has_same_spacing(const PlaneFacts& a, const PlaneFacts& b)
{
    return is_same_spacing(a.column_spacing_mm, b.column_spacing_mm) &&
           is_same_spacing(a.row_spacing_mm, b.row_spacing_mm);
}

enum class Difference { none, image_type, matrix, place_tags, orientation, pixel_spacing, stack_id };

/// What forbids that two planes of one series share a stack.
Difference difference(const Plane& a, const Plane& b)
{
    if (!has_same_kind(a.facts->image_type, b.facts->image_type)) return Difference::image_type;
    if (!has_same_matrix(*a.image, *b.image)) return Difference::matrix;
    if (!has_same_place_tags(*a.facts, *b.facts)) return Difference::place_tags;
    if (!is_parallel(*a.facts, *b.facts)) return Difference::orientation;
    if (!has_same_spacing(*a.facts, *b.facts)) return Difference::pixel_spacing;
    if (a.facts->stack_id != b.facts->stack_id) return Difference::stack_id;
    return Difference::none;
}

std::string words(const std::vector<std::string>& values)
{
    std::string all;
    for (const std::string& value : values)
        all += (all.empty() ? "" : "\\") + value;
    return all;
}

/// How a plane differs from others, in words.
std::string own_side(Difference difference, const Plane& plane)
{
    const Stack& common = plane.image->stack;
    switch (difference) {
    case Difference::image_type: return "image type " + words(plane.facts->image_type);
    case Difference::matrix:
        return "matrix " + std::to_string(common.columns) + " x " + std::to_string(common.rows);
    case Difference::place_tags: return plane.facts->has_position ? "position told" : "position not told";
    case Difference::orientation:
        return "slice normal " + place_text(PointLps{} + normal_of(*plane.facts), 2);
    case Difference::pixel_spacing: return "pixel spacing " + mm_text(plane.facts->column_spacing_mm, 3);
    case Difference::stack_id: return "stack " + plane.facts->stack_id;
    case Difference::none: break;
    }
    return {};
}

/// Order of planes that have nothing to do with geometry, so that the result depends on the planes alone.
auto by_name(const Plane& plane)
{
    const PlaneFacts& facts = *plane.facts;
    return std::tie(facts.acquired,
                    facts.slice.instance_number,
                    facts.slice.sop_uid,
                    facts.slice.frame,
                    facts.slice.file);
}

std::vector<PlaneGroup> parallel_groups(const std::vector<Plane>& series)
{
    std::vector<PlaneGroup> groups;
    for (const Plane& plane : series) {
        const auto home = std::ranges::find_if(groups, [&](const PlaneGroup& group) {
            return difference(group.planes.front(), plane) == Difference::none;
        });
        if (home == groups.end())
            groups.push_back({.planes = {plane}, .why = {}});
        else
            home->planes.push_back(plane);
    }
    for (std::size_t n = 0; n < groups.size() && groups.size() > 1; ++n) {
        const Plane& own = groups[n].planes.front();
        const Plane& other = groups[n == 0 ? 1 : 0].planes.front();
        groups[n].why = own_side(difference(own, other), own);
    }
    return groups;
}

void sort_along_normal(PlaneGroup& group)
{
    const VectorLps normal = normal_of(*group.planes.front().facts);
    for (Plane& plane : group.planes)
        plane.along_mm = dot(plane.facts->slice.position - PointLps{}, normal);
    std::ranges::stable_sort(group.planes, {}, &Plane::along_mm);
}

/// Images of one place belong together (bolus tracking), whatever sets them apart.
std::vector<PlaneGroup> volumes_of(PlaneGroup group)
{
    if (!group.planes.front().facts->has_position) return {std::move(group)};
    sort_along_normal(group);
    if (stations_of(group.planes).back() == 0) return {std::move(group)};
    return split_repeats(std::move(group));
}

Stack stack_of(const PlaneGroup& group)
{
    const Plane& first = group.planes.front();
    Stack stack = first.image->stack;
    stack.part_why = group.why;
    stack.kernel = first.facts->kernel;
    stack.image_type = first.facts->image_type;
    stack.row_direction = first.facts->row_direction;
    stack.column_direction = first.facts->column_direction;
    stack.column_spacing_mm = first.facts->column_spacing_mm;
    stack.row_spacing_mm = first.facts->row_spacing_mm;
    stack.acquired = first.facts->acquired;
    for (const Plane& plane : group.planes) {
        stack.slices.push_back(plane.facts->slice);
        stack.acquired = std::min(stack.acquired, plane.facts->acquired);
    }
    stack.unusable_because = why_unusable(group);
    return stack;
}

std::vector<Stack> stacks_of(std::vector<Plane> series)
{
    std::ranges::sort(series, [](const Plane& a, const Plane& b) { return by_name(a) < by_name(b); });
    std::vector<Stack> stacks;
    for (PlaneGroup& group : parallel_groups(series))
        for (const PlaneGroup& volume : volumes_of(std::move(group)))
            stacks.push_back(stack_of(volume));
    const std::int32_t number = std::ranges::min_element(stacks, {}, &Stack::series_number)->series_number;
    for (std::size_t n = 0; n < stacks.size(); ++n) {
        stacks[n].part = static_cast<std::int32_t>(n);
        stacks[n].series_number = number;  // where its files disagree, so that its parts stay together
    }
    if (stacks.size() == 1) stacks.front().part_why.clear();
    return stacks;
}

/// A study while it is being collected; its series by UID.
struct Collected {
    Study study;
    std::map<std::string, std::vector<Plane>> series;
};

}  // namespace

std::vector<Study> studies_of(std::vector<ImageFacts> images)
{
    std::ranges::sort(images, {}, [](const ImageFacts& image) { return image.planes.front().slice.file; });
    std::map<std::pair<std::string, std::string>, Collected> collected;  // by UID and patient
    for (const ImageFacts& image : images) {
        const std::pair whose{image.study.uid.text, image.study.patient_id};
        Collected& into = collected.try_emplace(whose, Collected{image.study, {}}).first->second;
        for (const PlaneFacts& plane : image.planes)
            into.series[image.stack.series_uid.text].push_back({&image, &plane});
    }
    std::vector<Study> studies;
    for (auto& [whose, parts] : collected) {
        for (auto& [uid, planes] : parts.series)
            std::ranges::move(stacks_of(std::move(planes)), std::back_inserter(parts.study.stacks));
        std::ranges::stable_sort(parts.study.stacks, {}, &Stack::series_number);
        studies.push_back(std::move(parts.study));
    }
    std::ranges::stable_sort(studies, {}, &Study::date);
    return studies;
}

}  // namespace downstage::dicom
