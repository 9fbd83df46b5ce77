#include "downstage/dicom/write.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/identity.hpp"

#include "dataset.hpp"
#include "write_dataset.hpp"

#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmjpls/djencode.h>

#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <system_error>
#include <vector>

namespace downstage::dicom {

namespace {

using Bytes = std::vector<char>;

void check_written(const OFCondition& status, const std::string& doing)
{
    if (status.bad()) throw Error{Errc::internal, doing + ": " + status.text()};
}

void prepare_jpeg_ls()
{
    static std::once_flag once;
    std::call_once(once, [] { DJLSEncoderRegistration::registerCodecs(); });
}

E_TransferSyntax dcmtk_syntax(TransferSyntax syntax)
{
    return syntax == TransferSyntax::jpeg_ls_lossless ? EXS_JPEGLSLossless : EXS_LittleEndianExplicit;
}

/// DCMTK would name itself here; the file's bytes must not change with DCMTK's version.
void name_implementation(DcmMetaInfo& meta)
{
    const std::string uid = uid_from_name("downstage/implementation");
    check_written(meta.putAndInsertString(DCM_ImplementationClassUID, uid.c_str()), "naming the writer");
    check_written(meta.putAndInsertString(DCM_ImplementationVersionName, "DOWNSTAGE_1"), "naming the writer");
    check_written(meta.computeGroupLengthAndPadding(
                      EGL_recalcGL, EPD_noChange, META_HEADER_DEFAULT_TRANSFERSYNTAX, EET_ExplicitLength),
                  "counting the file's meta information");
}

/// The file as it will stand on disk: preamble, meta information, dataset.
Bytes encoded(DcmFileFormat& file, TransferSyntax wanted)
{
    const E_TransferSyntax syntax = dcmtk_syntax(wanted);
    if (wanted == TransferSyntax::jpeg_ls_lossless) prepare_jpeg_ls();
    check_written(file.getDataset()->chooseRepresentation(syntax, nullptr), "compressing pixels");
    check_written(file.validateMetaInfo(syntax), "writing the file's meta information");
    name_implementation(*file.getMetaInfo());

    constexpr std::size_t room_for_preamble = 4096;
    Bytes bytes(file.calcElementLength(syntax, EET_ExplicitLength) + room_for_preamble);
    DcmOutputBufferStream stream{bytes.data(), static_cast<offile_off_t>(bytes.size())};
    file.transferInit();
    check_written(file.write(stream,
                             syntax,
                             EET_ExplicitLength,
                             nullptr,
                             EGL_recalcGL,
                             EPD_noChange,
                             0,
                             0,
                             0,
                             EWM_dontUpdateMeta),
                  "encoding");
    file.transferEnd();
    void* start = nullptr;
    offile_off_t length = 0;
    stream.flushBuffer(start, length);
    bytes.resize(static_cast<std::size_t>(length));
    return bytes;
}

std::string file_name(std::int32_t instance_number)
{
    const std::string digits = std::to_string(instance_number);
    const std::size_t width = 6;
    return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits + ".dcm";
}

/// A file that appears whole or not at all.
void write_file(const std::filesystem::path& path, const Bytes& bytes)
{
    std::filesystem::path beside = path;
    beside += ".part";
    std::ofstream out{beside, std::ios::binary};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    std::error_code failed;
    if (out) std::filesystem::rename(beside, path, failed);
    if (!out || failed) {
        std::error_code ignored;  // the failure to tell is that of writing
        std::filesystem::remove(beside, ignored);
        throw Error{Errc::output,
                    "cannot write " + path.string() + "; is there room, and may it be written?"};
    }
}

void check_size(const CtSeriesTags& tags, const CtSlice& slice)
{
    const std::size_t pixels = static_cast<std::size_t>(tags.columns) * static_cast<std::size_t>(tags.rows);
    if (slice.hu.size() != pixels)
        throw Error{Errc::internal,
                    "slice " + std::to_string(slice.instance_number) + " has " +
                        std::to_string(slice.hu.size()) + " pixels, its series " + std::to_string(pixels)};
}

}  // namespace

void write_ct_series(const std::filesystem::path& folder,
                     const CtSeriesTags& tags,
                     std::span<const CtSlice> slices,
                     const CtWriteOptions& options)
{
    prepare_dcmtk();
    for (const CtSlice& slice : slices) {
        check_size(tags, slice);
        DcmFileFormat file;
        fill_ct_image(*file.getDataset(), tags, slice);
        write_file(folder / file_name(slice.instance_number), encoded(file, options.transfer_syntax));
    }
}

}  // namespace downstage::dicom
