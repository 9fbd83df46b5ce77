#include "downstage/core/image.hpp"

unsigned first_label(const downstage::LabelMap& labels)
{
    return labels.voxels().front();
}
unsigned right(const downstage::LabelMap& labels)
{
    return first_label(labels);
}
#ifdef MISUSE
unsigned wrong(const downstage::Mask& mask)
{
    return first_label(mask);
}
#endif
