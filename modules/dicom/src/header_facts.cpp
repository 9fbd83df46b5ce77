#include "header_facts.hpp"

#include "downstage/core/error.hpp"

#include "header_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace downstage::dicom {

namespace {

/// Modalities of objects that carry no slices to measure: reports, masks, plans, states, references.
bool is_slices(const std::string& modality)
{
    constexpr std::array<std::string_view, 14> others{"SR",
                                                      "SEG",
                                                      "PR",
                                                      "KO",
                                                      "RTSTRUCT",
                                                      "RTDOSE",
                                                      "RTPLAN",
                                                      "RTRECORD",
                                                      "REG",
                                                      "FID",
                                                      "DOC",
                                                      "PLAN",
                                                      "RWV",
                                                      "M3D"};
    return std::ranges::find(others, modality) == others.end();
}

/// "20240301" to "2024-03-01"; other forms are left out.
std::string iso_date(const std::string& date)
{
    const bool is_whole = date.size() == 8 && date.find_first_not_of("0123456789") == std::string::npos;
    return is_whole ? date.substr(0, 4) + "-" + date.substr(4, 2) + "-" + date.substr(6, 2) : std::string{};
}

std::string moment(DcmItem& item, const DcmTagKey& date, const DcmTagKey& time)
{
    return text(item, date).value_or("") + text(item, time).value_or("");
}

std::string acquired_at(DcmItem& dataset)
{
    const auto whole = text(dataset, DCM_AcquisitionDateTime);
    return whole ? *whole : moment(dataset, DCM_AcquisitionDate, DCM_AcquisitionTime);
}

void read_position(DcmItem& dataset, std::int32_t frame, PlaneFacts& plane)
{
    const std::vector<double> values =
        numbers(group_of(dataset, frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient);
    if (values.empty()) return;
    if (values.size() != 3)
        throw Error{Errc::input, name_of(DCM_ImagePositionPatient) + " has not three values"};
    plane.slice.position = {values[0], values[1], values[2]};
    plane.has_position = true;
}

void read_orientation(DcmItem& dataset, std::int32_t frame, PlaneFacts& plane)
{
    const std::vector<double> values =
        numbers(group_of(dataset, frame, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient);
    if (values.empty()) return;
    if (values.size() != 6)
        throw Error{Errc::input, name_of(DCM_ImageOrientationPatient) + " has not six values"};
    plane.row_direction = {values[0], values[1], values[2]};
    plane.column_direction = {values[3], values[4], values[5]};
    plane.has_orientation = true;
}

void read_measures(DcmItem& dataset, std::int32_t frame, PlaneFacts& plane)
{
    DcmItem& measures = group_of(dataset, frame, DCM_PixelMeasuresSequence);
    plane.slice.thickness_mm = hint(measures, DCM_SliceThickness);
    const std::vector<double> values = numbers(measures, DCM_PixelSpacing);
    if (values.empty()) return;
    if (values.size() != 2 || values[0] <= 0.0 || values[1] <= 0.0)
        throw Error{Errc::input, name_of(DCM_PixelSpacing) + " has not two values above zero"};
    // PS3.3 10.7.1.3: first the distance between rows, then the one between columns.
    plane.row_spacing_mm = values[0];
    plane.column_spacing_mm = values[1];
    plane.has_spacing = true;
}

std::vector<std::string> image_type_of(DcmItem& dataset, std::int32_t frame)
{
    for (const DcmTagKey& macro : {DCM_CTImageFrameTypeSequence, DCM_MRImageFrameTypeSequence}) {
        std::vector<std::string> type = texts(group_of(dataset, frame, macro), DCM_FrameType);
        if (!type.empty()) return type;
    }
    return texts(dataset, DCM_ImageType);
}

/// What tells the volumes of one series apart, in an Enhanced object (PS3.3 C.7.6.16.2.2).
void read_frame_content(DcmItem& dataset, DcmItem& content, PlaneFacts& plane)
{
    plane.stack_id = text(content, DCM_StackID).value_or("");
    plane.acquisition_number = hint(content, DCM_FrameAcquisitionNumber);
    plane.temporal_position = hint(content, DCM_TemporalPositionIndex);
    plane.acquired = text(content, DCM_FrameAcquisitionDateTime).value_or(acquired_at(dataset));
    plane.content = text(content, DCM_FrameReferenceDateTime).value_or("");
    plane.slice.instance_number = plane.slice.frame + 1;
}

/// The same in a single-frame object.
void read_content(DcmItem& dataset, PlaneFacts& plane)
{
    plane.acquisition_number = hint(dataset, DCM_AcquisitionNumber);
    plane.temporal_position = hint(dataset, DCM_TemporalPositionIdentifier);
    plane.acquired = acquired_at(dataset);
    plane.content = moment(dataset, DCM_ContentDate, DCM_ContentTime);
    plane.slice.instance_number = static_cast<std::int32_t>(hint(dataset, DCM_InstanceNumber).value_or(0.0));
}

void read_technique(DcmItem& dataset, std::int32_t frame, PlaneFacts& plane)
{
    DcmItem& echo = group_of(dataset, frame, DCM_MREchoSequence);
    plane.echo_time_ms = hint(echo, has(echo, DCM_EffectiveEchoTime) ? DCM_EffectiveEchoTime : DCM_EchoTime);
    plane.b_value = hint(group_of(dataset, frame, DCM_MRDiffusionSequence), DCM_DiffusionBValue);
    plane.kernel =
        text(group_of(dataset, frame, DCM_CTReconstructionSequence), DCM_ConvolutionKernel).value_or("");
}

PlaneFacts plane_of(DcmItem& dataset, std::int32_t frame)
{
    PlaneFacts plane;
    plane.slice.frame = frame;
    plane.slice.sop_uid.text = text(dataset, DCM_SOPInstanceUID).value_or("");
    plane.image_type = image_type_of(dataset, frame);
    read_position(dataset, frame, plane);
    read_orientation(dataset, frame, plane);
    read_measures(dataset, frame, plane);
    read_technique(dataset, frame, plane);
    DcmItem& content = group_of(dataset, frame, DCM_FrameContentSequence);
    if (&content == &dataset)
        read_content(dataset, plane);
    else
        read_frame_content(dataset, content, plane);
    return plane;
}

/// Frames whose places are told: all of an Enhanced object. Of an older multi-frame object (films, loops) one
/// plane without a place is kept, since its frames lie nowhere in particular.
std::int32_t placed_frames(DcmItem& dataset)
{
    const std::int32_t frames = frame_count(dataset);
    if (frames == 1) return 1;
    DcmSequenceOfItems* groups = nullptr;
    if (dataset.findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, groups).bad()) return 0;
    if (groups->card() < static_cast<unsigned long>(frames))
        throw Error{Errc::input,
                    name_of(DCM_NumberOfFrames) + " is " + std::to_string(frames) + ", but only " +
                        std::to_string(groups->card()) + " frames are described"};
    return frames;
}

PlaneFacts unplaced_plane(DcmItem& dataset)
{
    PlaneFacts plane = plane_of(dataset, 0);
    plane.has_position = false;
    return plane;
}

Study study_of(DcmItem& dataset)
{
    return {.uid = {text(dataset, DCM_StudyInstanceUID).value_or("")},
            .patient_id = readable(dataset, DCM_PatientID),
            .date = iso_date(text(dataset, DCM_StudyDate).value_or("")),
            .description = readable(dataset, DCM_StudyDescription),
            .stacks = {}};
}

Stack stack_of(DcmItem& dataset)
{
    Stack stack;
    stack.study_uid.text = text(dataset, DCM_StudyInstanceUID).value_or("");
    stack.series_uid.text = text(dataset, DCM_SeriesInstanceUID).value_or("");
    stack.frame_of_reference_uid.text = text(dataset, DCM_FrameOfReferenceUID).value_or("");
    stack.modality = text(dataset, DCM_Modality).value_or("");
    stack.description = readable(dataset, DCM_SeriesDescription);
    stack.protocol = readable(dataset, DCM_ProtocolName);
    stack.body_part = readable(dataset, DCM_BodyPartExamined);
    stack.contrast_agent = readable(dataset, DCM_ContrastBolusAgent);
    stack.series_number = static_cast<std::int32_t>(hint(dataset, DCM_SeriesNumber).value_or(0.0));
    stack.rows = required_integer(dataset, DCM_Rows);
    stack.columns = required_integer(dataset, DCM_Columns);
    return stack;
}

bool is_image(const Header& header)
{
    DcmItem& dataset = *header.dataset;
    return header.layout.has_pixels && has(dataset, DCM_Rows) && has(dataset, DCM_Columns) &&
           is_slices(text(dataset, DCM_Modality).value_or(""));
}

}  // namespace

std::optional<ImageFacts> facts_of(const Header& header, const std::filesystem::path& file)
{
    if (!is_image(header)) return std::nullopt;
    DcmItem& dataset = *header.dataset;
    ImageFacts facts{
        .study = study_of(dataset),
        .stack = stack_of(dataset),
        .photometric = text(dataset, DCM_PhotometricInterpretation).value_or(""),
        .rescale_type =
            text(group_of(dataset, 0, DCM_PixelValueTransformationSequence), DCM_RescaleType).value_or(""),
        .pixels_begin = header.layout.pixels_begin,
        .planes = {}};
    const std::int32_t frames = placed_frames(dataset);
    for (std::int32_t frame = 0; frame < frames; ++frame)
        facts.planes.push_back(plane_of(dataset, frame));
    if (frames == 0) facts.planes.push_back(unplaced_plane(dataset));
    for (PlaneFacts& plane : facts.planes)
        plane.slice.file = file;
    return facts;
}

}  // namespace downstage::dicom
