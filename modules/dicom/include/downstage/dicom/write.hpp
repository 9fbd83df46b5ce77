#pragma once

#include "downstage/core/space.hpp"
#include "downstage/core/uid.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace downstage::dicom {

/// How an MR series was taken (PS3.3 C.8.3.1).
struct MrProtocol {
    std::string scanning_sequence;  ///< (0018,0020): "GR", "SE"
    std::string acquisition_type;   ///< (0018,0023): "2D", "3D"
    double repetition_time_ms{}, echo_time_ms{};
};

/// What all slices of a CT series share. Dates are YYYYMMDD, times HHMMSS; an empty text is written as an
/// empty attribute.
struct CtSeriesTags {
    std::string patient_name, patient_id;
    StudyUid study_uid;
    SeriesUid series_uid;
    FrameOfReferenceUid frame_of_reference_uid;
    std::string study_date, study_time;
    std::string study_description, series_description;
    std::int32_t series_number{1};
    std::vector<std::string> image_type{"ORIGINAL", "PRIMARY", "AXIAL"};
    std::string kernel;
    std::string contrast_agent;  ///< none was given when empty
    double thickness_mm{};
    std::optional<double> gantry_tilt_deg;
    std::int32_t columns{}, rows{};
    double column_spacing_mm{}, row_spacing_mm{};  ///< from column to column, from row to row
    VectorLps row_direction{1.0, 0.0, 0.0}, column_direction{0.0, 1.0, 0.0};  ///< (0020,0037), in this order
    std::optional<MrProtocol> mr;  ///< an MR series instead: its slices' values are signals from 0 to 4095
};

/// One image plane. The series' order in space is that of the positions; nothing needs to be regular.
struct CtSlice {
    std::span<const std::int16_t> hu;  ///< row after row, from -1024 to 3071; what lies beyond is clamped
    PointLps position;                 ///< centre of the first pixel (0020,0032)
    std::int32_t instance_number{};    ///< names the file; no two alike
    std::int32_t acquisition_number{1};
    std::string acquisition_date, acquisition_time;
};

enum class TransferSyntax { explicit_little_endian, jpeg_ls_lossless };

struct CtWriteOptions {
    TransferSyntax transfer_syntax = TransferSyntax::explicit_little_endian;
};

/// Writes one file a slice, "000001.dcm" for instance number 1, into `folder`, which must be there, as
/// objects of the CT Image IOD (PS3.3 A.3), or of the MR Image IOD (A.4) where `tags.mr` is there. The same
/// arguments give the same bytes: the SOP instance UID is made of the series UID and the instance number, and
/// no clock is read. Each file is written beside and renamed, so none is ever half there. Throws
/// `Error{output}` when a file cannot be written, `Error{internal}` for a slice of another size than the tags
/// say.
void write_ct_series(const std::filesystem::path& folder,
                     const CtSeriesTags& tags,
                     std::span<const CtSlice> slices,
                     const CtWriteOptions& options = {});

}  // namespace downstage::dicom
