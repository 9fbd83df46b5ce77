#include "read_slice.hpp"

#include "downstage/core/error.hpp"

#include <cassert>
#include <string>
#include <utility>

namespace downstage::dicom {

namespace {

void check_agrees(const PixelFormat& format, const Stack& stack)
{
    if (format.columns == stack.columns && format.rows == stack.rows) return;
    throw Error{Errc::input,
                "its image is " + std::to_string(format.columns) + " x " + std::to_string(format.rows) +
                    ", but its series is " + std::to_string(stack.columns) + " x " +
                    std::to_string(stack.rows)};
}

}  // namespace

SliceFacts SliceReader::read(const Slice& slice, std::span<std::int16_t> voxels)
{
    try {
        if (!open_ || open_->file != slice.file) open(slice.file);
        return read_frame(slice.frame, voxels);
    } catch (const Error& failure) {
        open_.reset();
        throw failure.within("'" + slice.file.string() + "'");
    }
}

void SliceReader::open(const std::filesystem::path& file)
{
    prepare_dcmtk();
    open_.reset();
    std::optional<Header> header = read_header(file);
    if (!header) throw Error{Errc::input, "it is no DICOM file"};
    const PixelFormat format = pixel_format(*header->dataset);
    check_agrees(format, *stack_);
    auto opened = std::make_unique<OpenFile>(
        OpenFile{.file = file, .header = *std::move(header), .format = format, .frames = nullptr});
    opened->frames =
        open_frames({.file = opened->file, .layout = opened->header.layout, .format = opened->format});
    open_ = std::move(opened);
}

SliceFacts SliceReader::read_frame(std::int32_t frame, std::span<std::int16_t> voxels)
{
    const PixelFormat& format = open_->format;
    assert(voxels.size() == pixel_count(format));
    if (frame < 0 || frame >= format.frames)
        throw Error{Errc::input,
                    "frame " + std::to_string(frame + 1) + " of " + std::to_string(format.frames) +
                        " is asked for"};
    DcmDataset& dataset = *open_->header.dataset;
    const ValueMeaning meaning = value_meaning(dataset, frame, format);
    if (!table_ || !table_->is_for(format, meaning)) table_.emplace(format, meaning);
    words_.resize(frame_bytes(format));
    open_->frames->decode(frame, words_);
    table_->translate(words_, voxels);
    return {.was_lossy = text(dataset, DCM_LossyImageCompression) == "01",
            .was_inverted = meaning.is_inverted};
}

}  // namespace downstage::dicom
