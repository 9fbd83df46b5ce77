#pragma once

#include <compare>
#include <string>

namespace downstage {

/// A DICOM unique identifier of one kind: a series UID cannot be passed where a study UID is wanted.
template <typename Kind>
struct Uid {
    std::string text;
    friend auto operator<=>(const Uid&, const Uid&) = default;
};

using StudyUid = Uid<struct StudyUidKind>;
using SeriesUid = Uid<struct SeriesUidKind>;
using SopUid = Uid<struct SopUidKind>;
using FrameOfReferenceUid = Uid<struct FrameOfReferenceUidKind>;
/// Names one lesion for life, over all studies and documents (DICOM (0062,0021) and SR 112040 DCM).
using TrackingUid = Uid<struct TrackingUidKind>;

}  // namespace downstage
