#pragma once

#include "downstage/core/series.hpp"

#include "decode.hpp"
#include "pixels.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace downstage::dicom {

/// What somebody who measures must know of the pixels of a slice.
struct SliceFacts {
    bool was_lossy{};     ///< LossyImageCompression (0028,2110): somewhere, details were thrown away
    bool was_inverted{};  ///< MONOCHROME1 without a rescale
};

/// Reads slices of a stack one after the other; keeps the file and the table of the last one, because the
/// next slice mostly shares them. One for each thread.
class SliceReader {
public:
    explicit SliceReader(const Stack& stack) : stack_{&stack} {}
    /// Fills `voxels`, as many as a slice of the stack has. Throws `Error{input}` with the file's name.
    SliceFacts read(const Slice& slice, std::span<std::int16_t> voxels);

private:
    /// An open file. On the heap, because the decoder refers to its neighbours.
    struct OpenFile {
        std::filesystem::path file;
        Header header;
        PixelFormat format;
        std::unique_ptr<FrameDecoder> frames;
    };
    void open(const std::filesystem::path& file);
    SliceFacts read_frame(std::int32_t frame, std::span<std::int16_t> voxels);

    const Stack* stack_;
    std::unique_ptr<OpenFile> open_;
    std::optional<ValueTable> table_;
    std::vector<std::uint8_t> words_;
};

}  // namespace downstage::dicom
