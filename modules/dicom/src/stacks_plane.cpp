#include "stacks_plane.hpp"

namespace downstage::dicom {

bool is_same_image(const Plane& a, const Plane& b)
{
    const Slice& first = a.facts->slice;
    const Slice& second = b.facts->slice;
    const bool is_same_object =
        first.sop_uid.text.empty() ? first.file == second.file : first.sop_uid == second.sop_uid;
    return is_same_object && first.frame == second.frame;
}

std::vector<std::size_t> stations_of(const std::vector<Plane>& planes)
{
    std::vector<std::size_t> stations;
    for (std::size_t n = 0; n < planes.size(); ++n) {
        const bool is_new = n > 0 && planes[n].along_mm - planes[n - 1].along_mm >= same_position_mm;
        stations.push_back(n == 0 ? 0 : stations.back() + (is_new ? 1 : 0));
    }
    return stations;
}

bool has_repeats(const std::vector<Plane>& planes)
{
    const std::vector<std::size_t> stations = stations_of(planes);
    for (std::size_t n = 1; n < planes.size(); ++n)
        if (stations[n] == stations[n - 1] && !is_same_image(planes[n - 1], planes[n])) return true;
    return false;
}

}  // namespace downstage::dicom
