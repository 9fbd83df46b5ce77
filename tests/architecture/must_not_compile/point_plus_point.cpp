#include "downstage/core/space.hpp"

// Two places have no sum; a place and a displacement do.
downstage::PointLps moved(const downstage::PointLps& a, const downstage::VectorLps& b)
{
    return a + b;
}
#ifdef MISUSE
downstage::PointLps wrong(const downstage::PointLps& a, const downstage::PointLps& b)
{
    return a + b;
}
#endif
