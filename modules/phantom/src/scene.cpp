#include "downstage/phantom/scene.hpp"

namespace downstage::phantom {

namespace {

struct Densities {
    double native_hu{}, arterial_hu{}, portal_venous_hu{}, delayed_hu{};
};

Densities densities(Tissue tissue)
{
    switch (tissue) {
    case Tissue::air: return {-1000.0, -1000.0, -1000.0, -1000.0};
    case Tissue::fat: return {-100.0, -100.0, -100.0, -100.0};
    case Tissue::muscle: return {50.0, 55.0, 55.0, 55.0};
    case Tissue::lung: return {-850.0, -850.0, -850.0, -850.0};
    case Tissue::bone: return {350.0, 350.0, 350.0, 350.0};
    case Tissue::heart: return {40.0, 250.0, 145.0, 110.0};
    case Tissue::liver: return {50.0, 65.0, 105.0, 90.0};
    case Tissue::liver_vein: return {40.0, 65.0, 135.0, 105.0};
    case Tissue::spleen: return {45.0, 120.0, 115.0, 95.0};
    case Tissue::kidney: return {30.0, 200.0, 180.0, 160.0};
    case Tissue::aorta: return {40.0, 300.0, 150.0, 110.0};
    case Tissue::cava: return {40.0, 80.0, 130.0, 110.0};
    case Tissue::stomach: return {15.0, 15.0, 15.0, 15.0};
    case Tissue::lesion: return {35.0, 60.0, 60.0, 60.0};
    case Tissue::cyst: return {5.0, 6.0, 8.0, 8.0};
    case Tissue::bile: return {8.0, 8.0, 10.0, 10.0};
    case Tissue::bowel: return {35.0, 60.0, 75.0, 70.0};
    case Tissue::gas: return {-950.0, -950.0, -950.0, -950.0};
    case Tissue::marrow: return {170.0, 175.0, 185.0, 180.0};
    case Tissue::medulla: return {30.0, 95.0, 170.0, 165.0};
    case Tissue::myocardium: return {45.0, 95.0, 115.0, 105.0};
    case Tissue::pancreas: return {40.0, 105.0, 95.0, 80.0};
    case Tissue::portal_vein:
    case Tissue::liver_portal_vein: return {40.0, 110.0, 160.0, 115.0};
    }
    return {};
}

struct Signals {
    double t1_portal_venous{}, t1_hepatobiliary{}, t2{};
};

/// Fat-suppressed; blood is bright on T1 with contrast, and void on T2. On T2 a cyst is more than three
/// times as bright as the liver, a tumour less than that (SEGMENTATION.md section 15).
Signals signals(Tissue tissue)
{
    switch (tissue) {
    case Tissue::air:
    case Tissue::gas: return {0.0, 0.0, 0.0};
    case Tissue::lung: return {25.0, 25.0, 15.0};
    case Tissue::fat: return {130.0, 130.0, 90.0};
    case Tissue::bone: return {70.0, 70.0, 40.0};
    case Tissue::marrow: return {180.0, 170.0, 130.0};
    case Tissue::muscle: return {250.0, 240.0, 120.0};
    case Tissue::heart:
    case Tissue::aorta:
    case Tissue::cava:
    case Tissue::liver_vein:
    case Tissue::portal_vein:
    case Tissue::liver_portal_vein: return {640.0, 340.0, 60.0};
    case Tissue::myocardium: return {430.0, 300.0, 160.0};
    case Tissue::liver: return {430.0, 620.0, 190.0};
    case Tissue::spleen: return {410.0, 300.0, 390.0};
    case Tissue::kidney: return {620.0, 480.0, 420.0};
    case Tissue::medulla: return {580.0, 560.0, 480.0};
    case Tissue::pancreas: return {440.0, 340.0, 230.0};
    case Tissue::bowel: return {380.0, 300.0, 350.0};
    case Tissue::stomach: return {140.0, 140.0, 850.0};
    case Tissue::bile: return {120.0, 900.0, 950.0};
    case Tissue::cyst: return {95.0, 100.0, 950.0};
    case Tissue::lesion: return {280.0, 240.0, 350.0};
    }
    return {};
}

template <typename T>
const double* found(const std::map<T, double>& values, T key)
{
    const auto at = values.find(key);
    return at != values.end() ? &at->second : nullptr;
}

}  // namespace

double usual_density_hu(Tissue tissue, Phase phase)
{
    const Densities hu = densities(tissue);
    switch (phase) {
    case Phase::native: return hu.native_hu;
    case Phase::arterial: return hu.arterial_hu;
    case Phase::delayed: return hu.delayed_hu;
    case Phase::portal_venous:
    case Phase::unknown: break;
    }
    return hu.portal_venous_hu;
}

double usual_density_hu(Tissue tissue, const Pass& pass)
{
    switch (pass.sequence) {
    case Sequence::t1_portal_venous: return signals(tissue).t1_portal_venous;
    case Sequence::t1_hepatobiliary: return signals(tissue).t1_hepatobiliary;
    case Sequence::t2: return signals(tissue).t2;
    case Sequence::ct: break;
    }
    return usual_density_hu(tissue, pass.phase);
}

Mottle usual_mottle(Tissue tissue, const Pass& pass)
{
    if (pass.sequence != Sequence::ct) return {.hu = 0.03 * usual_density_hu(tissue, pass)};
    switch (tissue) {
    case Tissue::spleen:
        if (pass.phase == Phase::arterial) return {.hu = 25.0, .scale_mm = 14.0};
        return {.hu = 3.0};
    case Tissue::liver: return {.hu = 4.0};
    case Tissue::fat:
    case Tissue::muscle: return {.hu = 9.0, .scale_mm = 5.0};
    case Tissue::marrow: return {.hu = 35.0, .scale_mm = 5.0};
    case Tissue::bowel: return {.hu = 18.0, .scale_mm = 5.0};
    case Tissue::pancreas: return {.hu = 20.0, .scale_mm = 5.0};
    case Tissue::stomach: return {.hu = 12.0, .scale_mm = 5.0};
    case Tissue::lung: return {.hu = 40.0, .scale_mm = 5.0};
    default: return {};
    }
}

double density_hu(Tissue tissue, const Pass& pass)
{
    const double* const given = found(pass.density_hu, tissue);
    return given != nullptr ? *given : usual_density_hu(tissue, pass);
}

namespace {

double body_hu(const Lesion& lesion, const Pass& pass)
{
    if (const double* const given = found(lesion.density_hu, pass.phase)) return *given;
    if (const double* const against = found(lesion.contrast_hu, pass.phase))
        return density_hu(Tissue::liver, pass) + *against;
    return density_hu(lesion.kind == LesionKind::cyst ? Tissue::cyst : Tissue::lesion, pass);
}

}  // namespace

Tone tone_of(const Lesion& lesion, const Pass& pass)
{
    Tone tone{.hu = body_hu(lesion, pass), .rim = std::nullopt, .core = std::nullopt, .specks = std::nullopt};
    if (!lesion.detail) return tone;
    const LesionDetail& detail = *lesion.detail;
    tone.texture_hu = detail.texture_hu;
    tone.texture_mm = detail.texture_mm;
    tone.seed = detail.seed;
    tone.core = detail.core;
    tone.specks = detail.specks;
    if (!detail.rim) return tone;
    const double* const against = found(detail.rim->contrast_hu, pass.phase);
    tone.rim = Rim{.width_mm = detail.rim->width_mm,
                   .hu = against != nullptr ? density_hu(Tissue::liver, pass) + *against : tone.hu};
    return tone;
}

}  // namespace downstage::phantom
