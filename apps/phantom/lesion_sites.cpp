#include "lesion_sites.hpp"

#include "downstage/phantom/labels.hpp"

#include "lesion_body.hpp"

#include <algorithm>
#include <optional>

namespace downstage::phantom_app {

namespace {

std::optional<VectorLps>
site_of(const LesionField& field, const phantom::Region& liver, const std::vector<phantom::Body>& there)
{
    const phantom::Body& body = field.lesion.shape;
    if (field.place->word == "touching" && !there.empty())
        return phantom::find_site_beside(body, liver, there, field.place->seed);
    return phantom::find_site(body, liver, there, site_rules(field.place->word), field.place->seed);
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
            const std::optional<VectorLps> shift = site_of(field, liver, there);
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
