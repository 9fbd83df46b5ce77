#include "downstage/core/error.hpp"

#include "decode.hpp"

#include <dcmtk/dcmdata/dcfcache.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <limits>
#include <mutex>

/// Frames that DCMTK decodes: RLE, JPEG and JPEG-LS.
namespace downstage::dicom {

namespace {

void register_codecs()
{
    static std::once_flag once;
    std::call_once(once, [] {
        DcmRLEDecoderRegistration::registerCodecs();
        DJDecoderRegistration::registerCodecs();
        DJLSDecoderRegistration::registerCodecs();
    });
}

class DcmtkFrames final : public FrameDecoder {
public:
    explicit DcmtkFrames(const EncodedImage& image) : frames_{image.format.frames}
    {
        register_codecs();
        check(file_.loadFile(image.file.c_str()), "it cannot be read");
        DcmElement* element = nullptr;
        check(file_.getDataset()->findAndGetElement(DCM_PixelData, element), "it has no pixel data");
        pixels_ = dynamic_cast<DcmPixelData*>(element);
        if (pixels_ == nullptr) throw Error{Errc::input, "its pixel data are of no known kind"};
        const E_TransferSyntax syntax = file_.getDataset()->getOriginalXfer();
        DcmPixelSequence* sequence = nullptr;
        if (pixels_->getEncapsulatedRepresentation(syntax, nullptr, sequence).bad() || sequence == nullptr)
            throw Error{Errc::input, "its header says compressed, but its pixels are not in fragments"};
        has_one_fragment_a_frame_ = sequence->card() == static_cast<unsigned long>(frames_) + 1;
    }

    void decode(std::int32_t frame, std::span<std::uint8_t> bytes) override
    {
        // Item 0 is the offset table. Otherwise DCMTK finds the fragment by itself, best in rising order.
        if (has_one_fragment_a_frame_)
            fragment_ = static_cast<Uint32>(frame) + 1;
        else if (frame != next_frame_)
            fragment_ = 0;
        // DCMTK wants an even number of bytes, which a frame of 8-bit pixels need not have.
        buffer_.resize(bytes.size() + bytes.size() % 2);
        if (buffer_.size() > std::numeric_limits<Uint32>::max())
            throw Error{Errc::input, "a frame of it is larger than 4 GiB"};
        OFString colour_model;
        check(pixels_->getUncompressedFrame(file_.getDataset(),
                                            static_cast<Uint32>(frame),
                                            fragment_,
                                            buffer_.data(),
                                            static_cast<Uint32>(buffer_.size()),
                                            colour_model,
                                            &cache_),
              "its pixels cannot be decoded");
        next_frame_ = frame + 1;
        std::copy_n(buffer_.begin(), bytes.size(), bytes.begin());
    }

private:
    DcmFileFormat file_;
    DcmFileCache cache_;
    DcmPixelData* pixels_{};  // owned by file_
    std::vector<std::uint8_t> buffer_;
    std::int32_t frames_{}, next_frame_{};
    Uint32 fragment_{};
    bool has_one_fragment_a_frame_{};
};

}  // namespace

std::unique_ptr<FrameDecoder> open_with_dcmtk(const EncodedImage& image)
{
    return std::make_unique<DcmtkFrames>(image);
}

}  // namespace downstage::dicom
