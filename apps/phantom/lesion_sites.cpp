#include "lesion_sites.hpp"

#include "downstage/core/error.hpp"
#include "downstage/phantom/labels.hpp"

#include "lesion_body.hpp"

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

void add_lesions(phantom::Scene& scene, const std::vector<LesionField>& lesions)
{
    const phantom::Region liver = phantom::liver_region(scene);
    std::vector<phantom::Body> there;
    for (const LesionField& field : lesions) {
        phantom::Lesion lesion = field.lesion;
        if (field.place) {
            const std::optional<VectorLps> shift = site_of(field, liver, there);
            if (!shift)
                throw Error{Errc::usage,
                            "lesion " + lesion.name + " finds no " + field.place->word +
                                " place in the liver; make it smaller or take another seed"};
            lesion.shape = phantom::shifted(lesion.shape, *shift);
        }
        there.push_back(lesion.shape);
        scene.lesions.push_back(lesion);
    }
}

}  // namespace downstage::phantom_app
