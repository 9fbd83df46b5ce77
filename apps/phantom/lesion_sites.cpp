#include "lesion_sites.hpp"

#include "downstage/phantom/labels.hpp"

#include "lesion_body.hpp"

#include <algorithm>
#include <optional>

namespace downstage::phantom_app {

namespace {

std::optional<VectorLps> site_of(const phantom::Body& body,
                                 const WantedPlace& place,
                                 const phantom::Region& liver,
                                 const std::vector<phantom::Body>& there)
{
    if (place.word == "touching" && !there.empty())
        return phantom::find_site_beside(body, liver, there, place.seed);
    return phantom::find_site(body, liver, there, site_rules(place.word), place.seed);
}

}  // namespace

std::string add_lesions(phantom::Scene& scene, const std::vector<LesionField>& lesions)
{
    const bool is_asked =
        std::ranges::any_of(lesions, [](const LesionField& field) { return field.place.has_value(); });
    const Mask liver_mask = is_asked ? phantom::liver_mask(scene) : Mask{};
    const phantom::Region liver = phantom::region_of(liver_mask);
    std::vector<phantom::Body> there;
    for (const LesionField& field : lesions) {
        phantom::Lesion lesion = field.lesion;
        if (field.place) {
            const std::optional<VectorLps> shift = site_of(lesion.shape, *field.place, liver, there);
            if (!shift)
                return "lesion " + lesion.name + " finds no " + field.place->word +
                       " place in the liver; make it smaller or take another seed";
            lesion.shape = phantom::shifted(lesion.shape, *shift);
        }
        there.push_back(lesion.shape);
        scene.lesions.push_back(lesion);
    }
    return {};
}

}  // namespace downstage::phantom_app
