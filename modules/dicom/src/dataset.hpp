#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// DCMTK's datasets, read through getters that check. An absent or empty attribute is an empty optional or
/// vector; a value that is there but cannot be understood is an `Error{input}` that names the attribute.
/// The caller adds the file's name with `Error::within`. DCMTK 3.6.7 has no const readers, hence `DcmItem&`.
namespace downstage::dicom {

/// Makes DCMTK ready, once a process: nothing is printed, and known attributes that were written as UN are
/// read by their dictionary entry. Throws `Error{internal}` without a data dictionary.
void prepare_dcmtk();

/// Turns a failed status into `Error{input}`: "doing: DCMTK's reason".
void check(const OFCondition& status, const std::string& doing);

/// "Rows (0028,0010)".
[[nodiscard]] std::string name_of(const DcmTagKey& tag);

[[nodiscard]] bool has(DcmItem& item, const DcmTagKey& tag);

/// All values as one text with backslashes between them, without padding spaces and NULs.
[[nodiscard]] std::optional<std::string> text(DcmItem& item, const DcmTagKey& tag);
[[nodiscard]] std::vector<std::string> texts(DcmItem& item, const DcmTagKey& tag);

/// Numbers of any VR, decimal strings included; read the same in every locale; never infinite or NaN.
[[nodiscard]] std::optional<double> number(DcmItem& item, const DcmTagKey& tag);
[[nodiscard]] std::vector<double> numbers(DcmItem& item, const DcmTagKey& tag);
[[nodiscard]] std::optional<std::int32_t> integer(DcmItem& item, const DcmTagKey& tag);

/// The number, or empty where it cannot be read: for attributes that help, but that nothing rests on.
[[nodiscard]] std::optional<double> hint(DcmItem& item, const DcmTagKey& tag);

/// An absent attribute is an `Error{input}` as well.
[[nodiscard]] std::string required_text(DcmItem& item, const DcmTagKey& tag);
[[nodiscard]] double required_number(DcmItem& item, const DcmTagKey& tag);
[[nodiscard]] std::int32_t required_integer(DcmItem& item, const DcmTagKey& tag);

/// Number of frames of an image: NumberOfFrames (0028,0008), 1 where it is absent.
[[nodiscard]] std::int32_t frame_count(DcmItem& dataset);

/// Where the attributes of one functional group of one frame stand (PS3.3 C.7.6.16): the macro's item of the
/// frame, else the shared one, else `dataset` itself. So one call serves Enhanced and single-frame files:
/// number(group_of(dataset, n, DCM_PixelValueTransformationSequence), DCM_RescaleSlope).
[[nodiscard]] DcmItem& group_of(DcmItem& dataset, std::int32_t frame, const DcmTagKey& macro);

}  // namespace downstage::dicom
