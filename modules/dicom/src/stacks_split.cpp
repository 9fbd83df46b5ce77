#include "stacks_split.hpp"

#include "downstage/core/text.hpp"

#include "geometry_spacing.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace downstage::dicom {

namespace {

/// A tag's value that can be ordered: a number, or a text beside it.
using Value = std::pair<double, std::string>;
constexpr double absent = -std::numeric_limits<double>::infinity();

struct Tag {
    const char* name;
    Value (*of)(const Plane&);
};

Value number_value(const std::optional<double>& number)
{
    return {number.value_or(absent), {}};
}

/// The values of ImageType behind the third, which says nothing that `studies_of` has not looked at.
std::string image_type_rest(const PlaneFacts& facts)
{
    std::string rest;
    for (std::size_t n = 3; n < facts.image_type.size(); ++n)
        rest += (rest.empty() ? "" : "\\") + facts.image_type[n];
    return rest;
}

constexpr std::array<Tag, 6> differences{{
    {"temporal position", [](const Plane& p) { return number_value(p.facts->temporal_position); }},
    {"echo time", [](const Plane& p) { return number_value(p.facts->echo_time_ms); }},
    {"b-value", [](const Plane& p) { return number_value(p.facts->b_value); }},
    {"kernel", [](const Plane& p) { return Value{0.0, p.facts->kernel}; }},
    {"slice thickness", [](const Plane& p) { return number_value(p.facts->slice.thickness_mm); }},
    {"image type", [](const Plane& p) { return Value{0.0, image_type_rest(*p.facts)}; }},
}};

constexpr std::array<Tag, 4> orders{{
    {"acquisition number", [](const Plane& p) { return number_value(p.facts->acquisition_number); }},
    {"acquisition time", [](const Plane& p) { return Value{0.0, p.facts->acquired}; }},
    {"content time", [](const Plane& p) { return Value{0.0, p.facts->content}; }},
    {"instance number",
     [](const Plane& p) { return Value{static_cast<double>(p.facts->slice.instance_number), {}}; }},
}};

std::string value_text(const Value& value)
{
    if (!value.second.empty()) return value.second;
    if (value.first == absent || value.first == 0.0) return "none";
    return fixed(value.first,
                 value.first == static_cast<double>(static_cast<std::int64_t>(value.first)) ? 0 : 2);
}

std::string joined(const std::string& why, const std::string& more)
{
    return why.empty() ? more : why + ", " + more;
}

std::map<Value, std::vector<Plane>> by_value(const std::vector<Plane>& planes, const Tag& tag)
{
    std::map<Value, std::vector<Plane>> parts;
    for (const Plane& plane : planes)
        parts[tag.of(plane)].push_back(plane);
    return parts;
}

std::vector<PlaneGroup> split_by(const PlaneGroup& group, const Tag& tag)
{
    const auto parts = by_value(group.planes, tag);
    if (parts.size() == 1) return {group};
    std::vector<PlaneGroup> groups;
    groups.reserve(parts.size());
    for (const auto& [value, planes] : parts)
        groups.push_back({planes, joined(group.why, std::string{tag.name} + " " + value_text(value)), false});
    return groups;
}

/// The number of different images at each position of a sorted group.
std::vector<std::size_t> images_at_stations(const std::vector<Plane>& planes)
{
    const std::vector<std::size_t> stations = stations_of(planes);
    std::vector<std::size_t> images(stations.back() + 1, 0);
    for (std::size_t n = 0; n < planes.size(); ++n) {
        const bool is_copy =
            n > 0 && stations[n] == stations[n - 1] && is_same_image(planes[n - 1], planes[n]);
        if (!is_copy) ++images[stations[n]];
    }
    return images;
}

void sort_along(std::vector<Plane>& planes)
{
    std::ranges::stable_sort(planes, {}, &Plane::along_mm);
}

/// Rule 2 of `split_repeats`; empty where the tag does not explain the repeats.
std::vector<PlaneGroup> in_runs(const PlaneGroup& group, const Tag& tag)
{
    const auto parts = by_value(group.planes, tag);
    if (parts.size() == 1) return {};
    const std::size_t volumes = std::ranges::max(images_at_stations(group.planes));
    std::vector<PlaneGroup> runs;
    for (const auto& [value, planes] : parts) {
        std::vector<Plane> longer = runs.empty() ? std::vector<Plane>{} : runs.back().planes;
        longer.insert(longer.end(), planes.begin(), planes.end());
        sort_along(longer);
        if (!runs.empty() && !has_repeats(longer)) {
            runs.back().planes = std::move(longer);
            continue;
        }
        if (runs.size() == volumes || has_repeats(planes)) return {};
        runs.push_back(
            {planes, joined(group.why, std::string{tag.name} + " from " + value_text(value)), false});
    }
    return runs;
}

/// Rule 3 of `split_repeats`; empty where the tag does not explain the repeats.
std::vector<PlaneGroup> in_turn(const PlaneGroup& group, const Tag& tag)
{
    const std::vector<std::size_t> images = images_at_stations(group.planes);
    const std::size_t volumes = images.front();
    if (std::ranges::any_of(images, [&](std::size_t count) { return count != volumes; })) return {};
    const std::vector<std::size_t> stations = stations_of(group.planes);
    std::vector<std::map<Value, std::vector<Plane>>> at(images.size());
    for (std::size_t n = 0; n < group.planes.size(); ++n)
        at[stations[n]][tag.of(group.planes[n])].push_back(group.planes[n]);

    std::vector<PlaneGroup> turns(volumes);
    for (const auto& values : at) {
        if (values.size() != volumes) return {};
        std::size_t turn = 0;
        for (const auto& [value, planes] : values) {
            std::vector<Plane>& into = turns[turn++].planes;
            into.insert(into.end(), planes.begin(), planes.end());
        }
    }
    for (std::size_t n = 0; n < volumes; ++n)
        turns[n].why = joined(group.why,
                              "image " + std::to_string(n + 1) + " of " + std::to_string(volumes) +
                                  " at each position by " + tag.name);
    return turns;
}

/// True where the planes stand on one regular ladder without holes.
bool is_even(const std::vector<Plane>& planes)
{
    std::vector<double> along_mm;
    std::ranges::transform(planes, std::back_inserter(along_mm), &Plane::along_mm);
    const Ladder ladder = ladder_of(along_mm);
    const bool has_no_hole = ladder.rung.back() + 1 == static_cast<std::int32_t>(planes.size());
    return has_no_hole && ladder.largest_irregularity_mm <= on_rung_mm(ladder);
}

// So few planes lie evenly by chance.
constexpr std::size_t fewest_to_judge = 3;

bool is_even_volume(const PlaneGroup& group)
{
    return group.planes.size() >= fewest_to_judge && is_even(group.planes);
}

bool run_through_one_another(const PlaneGroup& a, const PlaneGroup& b)
{
    return a.planes.front().along_mm < b.planes.back().along_mm &&
           b.planes.front().along_mm < a.planes.back().along_mm;
}

/// True where the planes lie evenly and each is as thick as its distance to the next: the interleaved halves
/// of one volume. Two volumes that stand half a spacing apart overlap twice.
bool fill_each_other(const std::vector<Plane>& planes)
{
    constexpr double most_overlap = 1.5;  // halfway between once and twice
    const std::optional<double> thickness_mm = planes.front().facts->slice.thickness_mm;
    const double spacing_mm =
        (planes.back().along_mm - planes.front().along_mm) / static_cast<double>(planes.size() - 1);
    return thickness_mm && *thickness_mm <= most_overlap * spacing_mm && is_even(planes);
}

/// Rule 4 of `split_repeats`.
std::vector<PlaneGroup> split_interleaved(const PlaneGroup& group)
{
    if (group.planes.size() < fewest_to_judge || fill_each_other(group.planes)) return {group};
    for (const Tag& tag : {differences.front(), orders.front()}) {
        std::vector<PlaneGroup> parts = split_by(group, tag);
        if (parts.size() > 1 && std::ranges::all_of(parts, is_even_volume) &&
            run_through_one_another(parts[0], parts[1]))
            return parts;
    }
    return {group};
}

std::vector<PlaneGroup> split_in_order(PlaneGroup group)
{
    for (const Tag& tag : orders)
        for (const auto& rule : {in_runs, in_turn}) {
            std::vector<PlaneGroup> volumes = rule(group, tag);
            if (!volumes.empty()) return volumes;
        }
    group.is_mixed = true;
    return {std::move(group)};
}

}  // namespace

std::vector<PlaneGroup> split_repeats(PlaneGroup group)
{
    if (!has_repeats(group.planes)) return split_interleaved(group);
    std::vector<PlaneGroup> groups{std::move(group)};
    const auto split_each = [&](const std::function<std::vector<PlaneGroup>(PlaneGroup)>& split) {
        std::vector<PlaneGroup> next;
        for (PlaneGroup& each : groups) {
            if (!has_repeats(each.planes)) {
                next.push_back(std::move(each));
                continue;
            }
            std::ranges::move(split(std::move(each)), std::back_inserter(next));
        }
        groups = std::move(next);
    };
    for (const Tag& tag : differences)
        split_each([&](const PlaneGroup& each) { return split_by(each, tag); });
    split_each(split_in_order);
    return groups;
}

}  // namespace downstage::dicom
