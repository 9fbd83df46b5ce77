#pragma once

#include "downstage/phantom/scene.hpp"

#include <cstdint>
#include <vector>

namespace downstage::phantom {

/// One of many patients: no two seeds have the same liver.
struct PatientOptions {
    std::uint64_t seed{1};
    double size{1.0};  ///< of everything, against `upper_abdomen`
};

/// Chest base and upper abdomen with all that lies about a liver and is as dense: heart with its chambers,
/// stomach with fluid and gas, spleen, kidneys, pancreas, duodenum, small bowel, colon, gallbladder, aorta
/// and vena cava, portal trunk; and inside the liver its hepatic and portal veins as tapering trees, and the
/// fat of hilum and fissures. Laid out as `upper_abdomen`, from which the sizes and places depart by up to
/// about a tenth.
[[nodiscard]] std::vector<Part> varied_abdomen(const PatientOptions& options);

}  // namespace downstage::phantom
