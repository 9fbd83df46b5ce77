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
    }
    return {};
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

}  // namespace downstage::phantom
