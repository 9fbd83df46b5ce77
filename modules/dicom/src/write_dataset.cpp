#include "write_dataset.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/identity.hpp"

#include "dataset.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace downstage::dicom {

namespace {

// Scanners store 12 bits without a sign, so that -1024 HU is 0.
constexpr int intercept_hu = -1024;
constexpr int highest_stored = 4095;

/// Puts values into a dataset and says which attribute refused one.
class Writer {
public:
    explicit Writer(DcmDataset& dataset) : dataset_{dataset} {}

    void put(const DcmTagKey& tag, const std::string& text)
    {
        check(dataset_.putAndInsertOFStringArray(tag, text), tag);
    }
    void put(const DcmTagKey& tag, const std::vector<std::string>& texts) { put(tag, joined(texts)); }
    void put(const DcmTagKey& tag, std::initializer_list<double> numbers)
    {
        std::vector<std::string> texts;
        std::ranges::transform(numbers, std::back_inserter(texts), decimal_string);
        put(tag, joined(texts));
    }
    void put_integer(const DcmTagKey& tag, std::int32_t value) { put(tag, std::to_string(value)); }
    void put_short(const DcmTagKey& tag, std::int32_t value)
    {
        check(dataset_.putAndInsertUint16(tag, static_cast<Uint16>(value)), tag);
    }
    void put_pixels(const std::vector<Uint16>& pixels)
    {
        check(dataset_.putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size()), DCM_PixelData);
    }

private:
    static std::string joined(const std::vector<std::string>& texts)
    {
        std::string all;
        for (const std::string& text : texts)
            all += (all.empty() ? "" : "\\") + text;
        return all;
    }
    static void check(const OFCondition& status, const DcmTagKey& tag)
    {
        if (status.bad())
            throw Error{Errc::internal, name_of(tag) + " cannot be set: " + std::string{status.text()}};
    }

    DcmDataset& dataset_;
};

// PS3.3 C.7.1.1 and C.7.2.1
void put_patient_and_study(Writer& writer, const CtSeriesTags& tags)
{
    writer.put(DCM_SpecificCharacterSet, "ISO_IR 192");
    writer.put(DCM_PatientName, tags.patient_name);
    writer.put(DCM_PatientID, tags.patient_id);
    writer.put(DCM_PatientBirthDate, "");
    writer.put(DCM_PatientSex, "");
    writer.put(DCM_StudyInstanceUID, tags.study_uid.text);
    writer.put(DCM_StudyDate, tags.study_date);
    writer.put(DCM_StudyTime, tags.study_time);
    writer.put(DCM_ReferringPhysicianName, "");
    writer.put(DCM_StudyID, "1");
    writer.put(DCM_AccessionNumber, "");
    writer.put(DCM_StudyDescription, tags.study_description);
}

// PS3.3 C.7.3.1, C.7.4.1, C.7.5.1 and C.7.6.4
void put_series(Writer& writer, const CtSeriesTags& tags)
{
    writer.put(DCM_Modality, tags.mr ? "MR" : "CT");
    writer.put(DCM_SeriesInstanceUID, tags.series_uid.text);
    writer.put_integer(DCM_SeriesNumber, tags.series_number);
    writer.put(DCM_SeriesDescription, tags.series_description);
    writer.put(DCM_BodyPartExamined, "ABDOMEN");
    writer.put(DCM_PatientPosition, "HFS");
    writer.put(DCM_FrameOfReferenceUID, tags.frame_of_reference_uid.text);
    writer.put(DCM_PositionReferenceIndicator, "");
    writer.put(DCM_Manufacturer, "Downstage");
    if (!tags.contrast_agent.empty()) writer.put(DCM_ContrastBolusAgent, tags.contrast_agent);
}

// PS3.3 C.8.2.1
void put_ct(Writer& writer, const CtSeriesTags& tags)
{
    writer.put(DCM_KVP, "120");
    writer.put(DCM_ConvolutionKernel, tags.kernel);
    if (tags.gantry_tilt_deg) writer.put(DCM_GantryDetectorTilt, {*tags.gantry_tilt_deg});
    writer.put_integer(DCM_RescaleIntercept, intercept_hu);
    writer.put_integer(DCM_RescaleSlope, 1);
    writer.put(DCM_RescaleType, "HU");
    writer.put(DCM_WindowCenter, "60");  // the usual window of the liver
    writer.put(DCM_WindowWidth, "400");
}

// PS3.3 C.8.3.1
void put_mr(Writer& writer, const MrProtocol& mr)
{
    writer.put(DCM_ScanningSequence, mr.scanning_sequence);
    writer.put(DCM_SequenceVariant, "NONE");
    writer.put(DCM_ScanOptions, "FS");  // fat saturation
    writer.put(DCM_MRAcquisitionType, mr.acquisition_type);
    writer.put(DCM_RepetitionTime, {mr.repetition_time_ms});
    writer.put(DCM_EchoTime, {mr.echo_time_ms});
    writer.put(DCM_EchoTrainLength, "1");
    writer.put(DCM_MagneticFieldStrength, "1.5");
}

// PS3.3 C.7.6.1 and C.7.6.2
void put_plane(Writer& writer, const CtSeriesTags& tags, const CtSlice& slice)
{
    const VectorLps& row = tags.row_direction;
    const VectorLps& column = tags.column_direction;
    const PointLps& first = slice.position;
    writer.put(DCM_ImageType, tags.image_type);
    writer.put_integer(DCM_InstanceNumber, slice.instance_number);
    writer.put_integer(DCM_AcquisitionNumber, slice.acquisition_number);
    writer.put(DCM_AcquisitionDate, slice.acquisition_date);
    writer.put(DCM_AcquisitionTime, slice.acquisition_time);
    writer.put(DCM_ContentDate, slice.acquisition_date);
    writer.put(DCM_ContentTime, slice.acquisition_time);
    writer.put(DCM_PixelSpacing, {tags.row_spacing_mm, tags.column_spacing_mm});
    writer.put(DCM_ImageOrientationPatient,
               {row.x_mm, row.y_mm, row.z_mm, column.x_mm, column.y_mm, column.z_mm});
    writer.put(DCM_ImagePositionPatient, {first.x_mm, first.y_mm, first.z_mm});
    writer.put(DCM_SliceThickness, {tags.thickness_mm});
}

std::vector<Uint16> stored(std::span<const std::int16_t> values, int intercept)
{
    std::vector<Uint16> pixels(values.size());
    std::ranges::transform(values, pixels.begin(), [&](std::int16_t value) {
        return static_cast<Uint16>(std::clamp(value - intercept, 0, highest_stored));
    });
    return pixels;
}

// PS3.3 C.7.6.3
void put_pixels(Writer& writer, const CtSeriesTags& tags, const CtSlice& slice)
{
    writer.put_short(DCM_SamplesPerPixel, 1);
    writer.put(DCM_PhotometricInterpretation, "MONOCHROME2");
    writer.put_short(DCM_Rows, tags.rows);
    writer.put_short(DCM_Columns, tags.columns);
    writer.put_short(DCM_BitsAllocated, 16);
    writer.put_short(DCM_BitsStored, 12);
    writer.put_short(DCM_HighBit, 11);
    writer.put_short(DCM_PixelRepresentation, 0);
    writer.put_pixels(stored(slice.hu, tags.mr ? 0 : intercept_hu));
}

}  // namespace

std::string decimal_string(double value)
{
    constexpr std::size_t longest = 16;
    std::array<char, 32> text{};
    for (int digits = 15;; --digits) {
        const char* const end =
            std::to_chars(text.begin(), text.end(), value + 0.0, std::chars_format::general, digits).ptr;
        const auto length = static_cast<std::size_t>(end - text.begin());
        if (length <= longest) return {text.data(), length};
    }
}

void fill_ct_image(DcmDataset& dataset, const CtSeriesTags& tags, const CtSlice& slice)
{
    Writer writer{dataset};
    writer.put(DCM_SOPClassUID, tags.mr ? UID_MRImageStorage : UID_CTImageStorage);
    writer.put(DCM_SOPInstanceUID,
               uid_from_name(tags.series_uid.text + "/" + std::to_string(slice.instance_number)));
    put_patient_and_study(writer, tags);
    put_series(writer, tags);
    put_plane(writer, tags, slice);
    if (tags.mr)
        put_mr(writer, *tags.mr);
    else
        put_ct(writer, tags);
    put_pixels(writer, tags, slice);
}

}  // namespace downstage::dicom
