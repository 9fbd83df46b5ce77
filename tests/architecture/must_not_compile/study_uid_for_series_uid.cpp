#include "downstage/core/uid.hpp"

bool is_known(const downstage::SeriesUid& uid)
{
    return !uid.text.empty();
}
bool right(const downstage::SeriesUid& uid)
{
    return is_known(uid);
}
#ifdef MISUSE
bool wrong(const downstage::StudyUid& uid)
{
    return is_known(uid);
}
#endif
