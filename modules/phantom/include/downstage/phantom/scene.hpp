#pragma once

#include "downstage/core/series.hpp"
#include "downstage/core/space.hpp"
#include "downstage/phantom/shape.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What a phantom study is made of: plain data, written by hand or read from testdata/phantoms/*.json
/// (docs/phantoms.md).
namespace downstage::phantom {

enum class Tissue {
    air,
    fat,
    muscle,
    lung,
    bone,
    heart,
    liver,
    liver_vein,
    spleen,
    kidney,
    aorta,
    cava,
    stomach,
    lesion,
};

/// Density of a tissue, in HU, where a scene says nothing else. Liver of the portal phase: the median of 120
/// patients is 100 (SEGMENTATION.md section 4); aorta, spleen and kidney: the windows of its section 14.
[[nodiscard]] double usual_density_hu(Tissue tissue, Phase phase);

/// One tissue in one shape. Of parts that overlap the later one is there.
struct Part {
    Tissue tissue{};
    Shape shape;
};

/// What a lesion is: a cyst counts in no criterion.
enum class LesionKind { tumour, cyst };

/// A lesion, whose truth is its shape's. `density_hu` says how dense it is in a phase; else it is as usual.
struct Lesion {
    std::string name;
    Shape shape;
    std::map<Phase, double> density_hu;
};

/// One pass of the scanner over the patient.
struct Pass {
    Phase phase{Phase::portal_venous};
    std::map<Tissue, double> density_hu;  ///< where it is not the usual one
};

/// In which order the slices are numbered. Along: as they lie along the slice normal.
enum class InstanceOrder { along, against, shuffled };

/// How the patient is cut into slices. The volume's middle lies at `centre`.
struct Acquisition {
    std::int32_t columns{256}, rows{256}, slices{64};
    double column_spacing_mm{1.5}, row_spacing_mm{1.5};
    double slice_spacing_mm{3.0};  ///< table feed from slice to slice; slices follow row x column direction
    double slice_thickness_mm{3.0};
    PointLps centre;
    VectorLps row_direction{1.0, 0.0, 0.0};     ///< in which columns follow each other; unit
    VectorLps column_direction{0.0, 1.0, 0.0};  ///< in which rows follow each other; unit, before the tilt
    double tilt_deg{};      ///< turns every slice about its row direction; the table feed stays as it is
    double blur_mm{0.7};    ///< 1 sd of the scanner's in-plane point spread, beside the pixel's own square
    double noise_hu{10.0};  ///< 1 sd of the white noise that is added at last
    std::uint64_t seed{1};
    double irregularity_mm{};  ///< slices stand off their regular places by up to this, evenly spread
    std::vector<std::int32_t> missing_slices;     ///< 0-based along the slice normal
    std::vector<std::int32_t> duplicated_slices;  ///< written twice, with noise of their own
    InstanceOrder instance_order{InstanceOrder::along};
};

struct Scene {
    std::string name;
    Acquisition acquisition;
    std::vector<Part> anatomy;  ///< e.g. `upper_abdomen()`
    std::vector<Lesion> lesions;
    std::vector<Pass> passes{Pass{}};
    bool in_one_series{};  ///< all passes as one series with repeated positions, else a series each
};

}  // namespace downstage::phantom
