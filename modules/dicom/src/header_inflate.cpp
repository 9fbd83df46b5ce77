#include "header_inflate.hpp"

#include "downstage/core/error.hpp"

#include "dataset.hpp"

#include <dcmtk/dcmdata/dcistrmb.h>

namespace downstage::dicom {

namespace {

// A deflated Enhanced CT of 1000 frames of 512x512 16 bit has 500 MiB; zlib can make 1 kB into 1 MB.
constexpr std::size_t largest = std::size_t{512} << 20U;
constexpr std::size_t piece = 65'536;

}  // namespace

std::vector<std::uint8_t> inflate(HeaderBytes& bytes, std::uintmax_t begin)
{
    // DCMTK buffers want an even length; a byte behind the end of a deflate stream is padding.
    std::vector<std::uint8_t> packed;
    const auto all = bytes.until(bytes.size());
    packed.assign(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end());
    if (packed.size() % 2 != 0) packed.push_back(0);

    DcmInputBufferStream stream;
    stream.setBuffer(packed.data(), static_cast<offile_off_t>(packed.size()));
    stream.setEos();
    check(stream.installCompressionFilter(ESC_zlib), "its deflated dataset cannot be inflated");
    std::vector<std::uint8_t> result;
    while (true) {
        const std::size_t had = result.size();
        result.resize(had + piece);
        const offile_off_t got = stream.read(result.data() + had, static_cast<offile_off_t>(piece));
        result.resize(had + static_cast<std::size_t>(got));
        if (got == 0) break;
        if (result.size() > largest)
            throw Error{Errc::input, "its deflated dataset inflates to more than 512 MiB"};
    }
    check(stream.status(), "its deflated dataset cannot be inflated");
    return result;
}

}  // namespace downstage::dicom
