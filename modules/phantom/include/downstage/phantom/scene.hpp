#pragma once

#include "downstage/core/series.hpp"
#include "downstage/core/space.hpp"
#include "downstage/phantom/body.hpp"
#include "downstage/phantom/shape.hpp"
#include "downstage/phantom/tone.hpp"

#include <cstdint>
#include <map>
#include <optional>
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
    cyst,
    bile,
    bowel,
    gas,
    marrow,
    medulla,  ///< of the kidneys
    myocardium,
    pancreas,
    portal_vein,        ///< its trunk, outside the liver
    liver_portal_vein,  ///< its branches, inside
};

/// How an image is made: by X-rays, or by one of the sequences of a liver MR.
enum class Sequence { ct, t1_portal_venous, t1_hepatobiliary, t2 };

/// Density of a tissue in CT, in HU, where a scene says nothing else. Liver of the portal phase: the median
/// of 120 patients is 100 (SEGMENTATION.md section 4); aorta, spleen and kidney: the windows of its
/// section 14.
[[nodiscard]] double usual_density_hu(Tissue tissue, Phase phase);

/// The same for a pass: in HU in CT, else the signal in units of which fat-suppressed muscle has about 250 on
/// T1 and 120 on T2.
struct Pass;
[[nodiscard]] double usual_density_hu(Tissue tissue, const Pass& pass);

/// 1 sd of the mottle of a tissue, and how wide it is.
struct Mottle {
    double hu{};
    double scale_mm{3.5};
};

/// Mottle of a tissue where a scene asks for textured tissues: strong in the spleen of the arterial phase.
[[nodiscard]] Mottle usual_mottle(Tissue tissue, const Pass& pass);

/// One tissue in one shape. Of parts that overlap the later one is there.
struct Part {
    Tissue tissue{};
    Shape shape;
};

/// What a lesion is: a cyst counts in no criterion.
enum class LesionKind { tumour, cyst };

/// What is inside a lesion beside its usual density.
struct LesionDetail {
    struct Shell {
        double width_mm{};
        std::map<Phase, double> contrast_hu;  ///< against the liver; that of the lesion where there is none
    };
    double edge_mm{};  ///< width of the logistic edge
    double texture_hu{};
    double texture_mm{4.0};
    std::optional<Shell> rim;
    std::optional<Core> core;      ///< its density is the same in every phase: it gets no blood
    std::optional<Specks> specks;  ///< the same in every phase
    std::uint64_t seed{};
};

/// A lesion, whose truth is its body's. `density_hu` says how dense it is in a phase, or else `contrast_hu`
/// against the liver; else it is as usual for its kind.
struct Lesion {
    std::string name;
    Body shape;
    std::map<Phase, double> density_hu;
    std::map<Phase, double> contrast_hu;
    LesionKind kind{LesionKind::tumour};
    std::optional<LesionDetail> detail;
};

/// One pass of the scanner over the patient.
struct Pass {
    Phase phase{Phase::portal_venous};
    std::map<Tissue, double> density_hu;  ///< where it is not the usual one
    Sequence sequence{Sequence::ct};
    double bias{};  ///< sd of the coil's smooth shading, as a share of the signal; MR only
};

/// Density of a tissue, and of a lesion's inside, in a pass.
[[nodiscard]] double density_hu(Tissue tissue, const Pass& pass);
[[nodiscard]] Tone tone_of(const Lesion& lesion, const Pass& pass);

/// A patient whose organs are pushed about smoothly within the slices: by `sd_mm` (1 sd) in each direction,
/// in hills of `scale_mm`. Lesions are not: their truth stays exact.
struct Deformation {
    double sd_mm{};
    double scale_mm{70.0};
    std::uint64_t seed{};
};

/// The patient breathes between breath holds of this many slices: the whole patient then lies up to `step_mm`
/// higher or lower, and up to a third of that farther front or back.
struct Breathing {
    double step_mm{};
    std::int32_t slices_a_hold{16};
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
    double tilt_deg{};        ///< turns every slice about its row direction; the table feed stays as it is
    double blur_mm{0.7};      ///< 1 sd of the scanner's in-plane point spread, beside the pixel's own square
    double noise_hu{10.0};    ///< 1 sd of the noise that is added at last
    double noise_grain_mm{};  ///< sd of the Gaussian that a reconstruction's noise is grained by; 0: white
    std::uint64_t seed{1};
    double irregularity_mm{};  ///< slices stand off their regular places by up to this, evenly spread
    std::vector<std::int32_t> missing_slices;     ///< 0-based along the slice normal
    std::vector<std::int32_t> duplicated_slices;  ///< written twice, with noise of their own
    InstanceOrder instance_order{InstanceOrder::along};
    Breathing breathing;
};

struct Scene {
    std::string name;
    Acquisition acquisition;
    std::vector<Part> anatomy;  ///< e.g. `upper_abdomen()`
    std::vector<Lesion> lesions;
    std::vector<Pass> passes{Pass{}};
    bool in_one_series{};  ///< all passes as one series with repeated positions, else a series each
    bool textured{};       ///< tissues have their usual mottle
    Deformation deformation;
};

}  // namespace downstage::phantom
