#pragma once

#include "downstage/core/notice.hpp"
#include "downstage/core/space.hpp"
#include "downstage/core/uid.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What was read from DICOM headers: not what was guessed.
namespace downstage {

/// One image plane: a file, or a frame of a multi-frame file.
struct Slice {
    std::filesystem::path file;
    SopUid sop_uid;
    std::int32_t frame{};  ///< 0-based frame of a multi-frame file; 0 in a single-frame file
    PointLps position;     ///< ImagePositionPatient (0020,0032): centre of the first voxel
    std::optional<double> thickness_mm;
    std::int32_t instance_number{};
};

/// A run of absent slices between two neighbours that are there.
struct MissingSlices {
    PointLps before, after;  ///< positions of the two neighbours
    double gap_mm{};         ///< their distance along the slice normal
    std::int32_t count{};    ///< how many slices of the regular distance fit between them
    std::int32_t first_k{};  ///< index, in the volume as loaded, of the first slice that was filled in
    friend bool operator==(const MissingSlices&, const MissingSlices&) = default;
};

enum class GeometryVerdict { regular, resampled, gaps_allowed };

/// What is known of a volume's geometry, where it came from and what was done to it.
struct GeometryPassport {
    GeometryVerdict verdict{GeometryVerdict::regular};
    Size size;
    SpacingMm spacing_mm;
    std::string spacing_source;  ///< the attributes that the in-plane and slice spacing were taken from
    std::optional<double> slice_thickness_mm;
    std::string orientation;  ///< e.g. "axial, +i left, +j posterior, +k head"
    double obliquity_deg{};   ///< angle between the slice normal and the nearest patient axis
    double tilt_deg{};        ///< angle between the slice normal and the line the slices are stacked along
    double largest_irregularity_mm{};  ///< largest departure of a slice from its place on the regular grid
    std::int32_t duplicates_dropped{};
    std::vector<MissingSlices> missing;
    std::vector<std::string>
        notes;  ///< whole sentences: what was resampled and by how much, thickness against spacing
    friend bool operator==(const GeometryPassport&, const GeometryPassport&) = default;
};

/// Slices of one series that may be stacked into one volume: same orientation, matrix, pixel spacing, image
/// type, acquisition and phase. A series holds one or more.
struct Stack {
    StudyUid study_uid;
    SeriesUid series_uid;
    FrameOfReferenceUid frame_of_reference_uid;
    std::int32_t part{};  ///< 0-based place among the stacks of its series
    std::string
        part_why;  ///< what sets it apart from the other stacks of its series; empty when there is one
    std::string modality;
    std::string description, protocol, kernel, body_part, contrast_agent;
    std::vector<std::string> image_type;
    std::string acquired;  ///< acquisition date and time, YYYYMMDDHHMMSS[.ffffff]; empty when absent
    std::int32_t series_number{};
    VectorLps row_direction,
        column_direction;  ///< ImageOrientationPatient (0020,0037): first and second triple
    std::int32_t columns{}, rows{};
    double column_spacing_mm{}, row_spacing_mm{};  ///< distance between columns (+i) and between rows (+j)
    std::vector<Slice> slices;                     ///< ordered along the slice normal
    std::string unusable_because;  ///< one sentence when no volume can be made of it; else empty
};

/// One DICOM study: the stacks of all its series.
struct Study {
    StudyUid uid;
    std::string patient_id;  ///< for the result documents only; never for a log, an error or a file name
    std::string date;        ///< YYYY-MM-DD; empty when absent
    std::string description;
    std::vector<Stack> stacks;
};

/// Contrast phases of a liver CT.
enum class Phase { native, arterial, portal_venous, delayed, unknown };

/// The phase read from the pixels, and how sure that is.
struct PhaseEstimate {
    Phase phase{Phase::unknown};
    double confidence{};  ///< 0..1
    std::string because;  ///< the densities that were seen, in HU
    friend bool operator==(const PhaseEstimate&, const PhaseEstimate&) = default;
};

}  // namespace downstage
