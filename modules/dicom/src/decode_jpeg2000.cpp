#include "downstage/core/error.hpp"

#include "decode.hpp"
#include "decode_file.hpp"
#include "jpeg2000.hpp"

#include <string>
#include <utility>
#include <vector>

/// Encapsulated JPEG 2000 frames (PS3.5 annex A.4): the fragments are found here, because DCMTK 3.6.7 neither
/// decodes them nor knows the newer syntaxes, and decoded with OpenJPEG.
namespace downstage::dicom {

namespace {

struct Fragment {
    std::uintmax_t begin{};
    std::uint32_t length{};
};

constexpr std::uint32_t item_tag = 0xE000FFFE;  // (FFFE,E000) as a little-endian word

/// All items of the pixel element; the first is the Basic Offset Table.
std::vector<Fragment> items_of(const PixelFile& file, std::uintmax_t pixels_begin)
{
    std::vector<Fragment> items;
    std::uintmax_t at = pixels_begin + 12;
    while (at + 8 <= file.size() && file.u32_little(at) == item_tag) {
        const std::uint32_t length = file.u32_little(at + 4);
        if (length > file.size() - at - 8) throw Error{Errc::input, "its pixel data are cut short"};
        items.push_back({.begin = at + 8, .length = length});
        at += 8 + std::uintmax_t{length};
    }
    if (items.size() < 2) throw Error{Errc::input, "its header says compressed, but no fragments are there"};
    return items;
}

/// First fragment of each frame by the Basic Offset Table, whose offsets count from the first fragment's
/// item.
std::vector<std::size_t> starts_by_table(const PixelFile& file, const std::vector<Fragment>& items)
{
    std::vector<std::size_t> starts;
    const Fragment& table = items.front();
    std::size_t n = 1;
    for (std::uint32_t at = 0; at + 4 <= table.length; at += 4) {
        const std::uintmax_t begin = items[1].begin + file.u32_little(table.begin + at);
        while (n < items.size() && items[n].begin < begin)
            ++n;
        starts.push_back(n);
    }
    return starts;
}

/// First fragment of each frame, and one beyond the last.
std::vector<std::size_t>
frame_starts(const PixelFile& file, const std::vector<Fragment>& items, std::int32_t frames)
{
    const auto count = static_cast<std::size_t>(frames);
    std::vector<std::size_t> starts;
    if (items.size() == count + 1)
        for (std::size_t n = 1; n <= count; ++n)
            starts.push_back(n);
    else if (count == 1)
        starts.push_back(1);
    else
        starts = starts_by_table(file, items);
    if (starts.size() != count)
        throw Error{Errc::input,
                    "its " + std::to_string(count) + " frames cannot be told apart among " +
                        std::to_string(items.size() - 1) + " compressed fragments"};
    starts.push_back(items.size());
    return starts;
}

class Jpeg2000Frames final : public FrameDecoder {
public:
    explicit Jpeg2000Frames(const EncodedImage& image)
        : file_{image.file},
          format_{image.format},
          items_{items_of(file_, image.layout.pixels_begin)},
          starts_{frame_starts(file_, items_, image.format.frames)}
    {
    }

    void decode(std::int32_t frame, std::span<std::uint8_t> bytes) override
    {
        const auto n = static_cast<std::size_t>(frame);
        std::vector<std::uint8_t> codestream;
        for (std::size_t part = starts_[n]; part < starts_[n + 1]; ++part) {
            const std::size_t had = codestream.size();
            codestream.resize(had + items_[part].length);
            file_.read(items_[part].begin, std::span{codestream}.subspan(had));
        }
        decode_jpeg2000(codestream, format_, bytes);
    }

private:
    PixelFile file_;
    PixelFormat format_;
    std::vector<Fragment> items_;
    std::vector<std::size_t> starts_;
};

}  // namespace

std::unique_ptr<FrameDecoder> open_jpeg2000(const EncodedImage& image)
{
    return std::make_unique<Jpeg2000Frames>(image);
}

}  // namespace downstage::dicom
