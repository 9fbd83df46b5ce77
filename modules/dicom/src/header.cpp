#include "header.hpp"

#include "downstage/core/error.hpp"

#include <dcmtk/dcmdata/dcistrmb.h>

#include <utility>

namespace downstage::dicom {

namespace {

E_TransferSyntax dcmtk_syntax(Encoding encoding)
{
    switch (encoding) {
    case Encoding::implicit_little: return EXS_LittleEndianImplicit;
    case Encoding::explicit_big: return EXS_BigEndianExplicit;
    case Encoding::explicit_little: break;
    }
    return EXS_LittleEndianExplicit;
}

std::unique_ptr<DcmDataset> parse(std::span<const std::uint8_t> elements, Encoding encoding)
{
    DcmInputBufferStream stream;
    stream.setBuffer(elements.data(), static_cast<offile_off_t>(elements.size()));
    stream.setEos();
    auto dataset = std::make_unique<DcmDataset>();
    dataset->transferInit();
    const OFCondition status = dataset->read(stream, dcmtk_syntax(encoding), EGL_noChange);
    dataset->transferEnd();
    if (status != EC_EndOfStream) check(status, "its header cannot be understood");
    return dataset;
}

/// Without "DICM" in front, a file is DICOM only if it speaks of an object or an image.
bool looks_like_an_object(DcmDataset& dataset)
{
    return has(dataset, DCM_SOPClassUID) || has(dataset, DCM_Modality) || has(dataset, DCM_Rows);
}

}  // namespace

std::optional<Header> read_header(const std::filesystem::path& file)
{
    std::optional<CheckedBytes> checked = check_lengths(file);
    if (!checked) return std::nullopt;
    HeaderLayout& layout = checked->layout;
    const auto elements =
        checked->bytes.until(layout.pixels_begin).subspan(static_cast<std::size_t>(layout.dataset_begin));
    std::unique_ptr<DcmDataset> dataset = parse(elements, layout.encoding);
    if (!layout.has_magic && !looks_like_an_object(*dataset)) return std::nullopt;
    return Header{.layout = std::move(layout), .dataset = std::move(dataset)};
}

}  // namespace downstage::dicom
