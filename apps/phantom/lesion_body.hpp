#pragma once

#include "downstage/phantom/body.hpp"
#include "downstage/phantom/site.hpp"

#include "shape_folder.hpp"

#include <string>

namespace downstage::phantom_app {

/// A body about the origin whose long axis in axial slices has this length: the outline of a real tumour of
/// about that size, turned about the patient's long axis; where there are no shapes, a lobed one.
[[nodiscard]] phantom::Body lesion_body(double long_axis_mm, const ShapeFolder* shapes, std::uint64_t seed);

/// The same with this many lobes; none: a ball.
[[nodiscard]] phantom::Body lobed_body(double long_axis_mm, int lobes, std::uint64_t seed);

/// Where a lesion of this word may lie: "deep" is 4 mm from the liver's surface, "surface" touches it with
/// up to 7 % outside, "bulging" reaches over it by 10 to 30 %.
[[nodiscard]] phantom::SiteRules site_rules(const std::string& place);

}  // namespace downstage::phantom_app
