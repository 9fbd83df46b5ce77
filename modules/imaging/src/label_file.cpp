#include "downstage/imaging/label_file.hpp"

#include "itk_bridge.hpp"

#include <itkImageFileReader.h>
#include <itkImageFileWriter.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>
#include <itk_zlib.h>

#include <array>
#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <string>

namespace downstage::imaging {

namespace {

using Numbers = ItkImage<float>;

bool is_nifti(const std::filesystem::path& file)
{
    const std::string name = file.filename().string();
    return name.ends_with(".nii") || name.ends_with(".nii.gz");
}

/// What a NIfTI file holds when unpacked; zlib reads plain files as they are.
struct NiftiContent {
    std::size_t bytes{};      ///< up to where the file is cut
    std::size_t bits_each{};  ///< of one voxel as stored
};

/// A number of two or four bytes in a header of either byte order; `plausible` tells which it is.
template <typename Number, typename Plausible>
Number number_at(std::span<const char> header, std::size_t at, const Plausible& plausible)
{
    std::array<char, sizeof(Number)> bytes{};
    std::ranges::copy(header.subspan(at, bytes.size()), bytes.begin());
    const auto number = std::bit_cast<Number>(bytes);
    if (plausible(number)) return number;
    std::ranges::reverse(bytes);
    return std::bit_cast<Number>(bytes);
}

/// `bitpix` of NIfTI-1 (348 bytes) and NIfTI-2 (540 bytes).
std::size_t bits_each(std::span<const char> header)
{
    constexpr std::int32_t nifti_1 = 348;
    constexpr std::int32_t nifti_2 = 540;
    if (header.size() < nifti_1) return 0;
    const auto kind = number_at<std::int32_t>(
        header, 0, [](std::int32_t bytes) { return bytes == nifti_1 || bytes == nifti_2; });
    const std::size_t place = kind == nifti_2 ? 14 : 72;
    return static_cast<std::size_t>(
        number_at<std::uint16_t>(header, place, [](std::uint16_t bits) { return bits > 0 && bits <= 128; }));
}

NiftiContent content_of(const std::filesystem::path& file)
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> in{gzopen(file.c_str(), "rb"), &gzclose};
    NiftiContent content;
    if (!in) return content;
    std::vector<char> buffer(std::size_t{1} << 20U);
    int got = 0;
    while ((got = gzread(in.get(), buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
        const auto fresh = static_cast<std::size_t>(got);
        if (content.bytes == 0) content.bits_each = bits_each(std::span<const char>{buffer}.first(fresh));
        content.bytes += fresh;
    }
    return content;
}

/// ITK's NIfTI code reports neither a file that ends early nor a disk that is full.
bool is_whole_nifti(const std::filesystem::path& file, std::size_t voxels)
{
    constexpr std::size_t header_bytes = 352;  // the least: NIfTI-1 and its extension flag
    const NiftiContent content = content_of(file);
    return content.bytes >= header_bytes + voxels * content.bits_each / 8;
}

/// Names its format, so that no factory is asked and the ending alone decides.
itk::ImageIOBase::Pointer io_for(const std::filesystem::path& file)
{
    const std::string name = file.filename().string();
    if (is_nifti(file)) return itk::NiftiImageIO::New().GetPointer();
    if (name.ends_with(".nrrd") || name.ends_with(".nhdr")) return itk::NrrdImageIO::New().GetPointer();
    throw Error{Errc::input,
                file.string() +
                    ": its name ends in none of .nii, .nii.gz, .nrrd and .nhdr; convert it to one"};
}

void require_three_dimensions(itk::ImageIOBase& io, const std::filesystem::path& file)
{
    io.SetFileName(file.string());
    io.ReadImageInformation();
    bool flat = io.GetNumberOfDimensions() >= 3 && io.GetNumberOfComponents() == 1;
    for (unsigned axis = 3; axis < io.GetNumberOfDimensions(); ++axis)
        flat = flat && io.GetDimensions(axis) == 1;
    if (!flat)
        throw Error{Errc::input,
                    file.string() + ": it has " + std::to_string(io.GetNumberOfDimensions()) +
                        " dimensions and " + std::to_string(io.GetNumberOfComponents()) +
                        " numbers a voxel; give one three-dimensional image with one number a voxel"};
}

void require_orthogonal(const Grid& grid, const std::filesystem::path& file)
{
    // Directions are stored as 32-bit floats and as rounded decimals; 1e-3 is 0.06 degrees.
    constexpr double tolerance = 1e-3;
    const Axes& axes = grid.axes;
    const double worst = std::max(
        {std::abs(dot(axes.i, axes.j)), std::abs(dot(axes.j, axes.k)), std::abs(dot(axes.k, axes.i))});
    if (worst > tolerance)
        throw Error{Errc::input,
                    file.string() +
                        ": its axes are not at right angles; resample it onto an orthogonal grid"};
}

/// Reads any stored number type as float, which holds every 16-bit label and HU exactly.
Numbers::Pointer read_numbers(const std::filesystem::path& file)
{
    const auto io = io_for(file);
    if (!std::filesystem::is_regular_file(file))
        throw Error{Errc::input, file.string() + ": there is no such file"};
    itk::Object::GlobalWarningDisplayOff();  // a library never prints
    return guarded(Errc::input, file.string() + ": cannot be read as an image", [&] {
        require_three_dimensions(*io, file);
        if (is_nifti(file) && !is_whole_nifti(file, static_cast<std::size_t>(io->GetImageSizeInPixels())))
            throw Error{Errc::input, file.string() + ": it ends before its last voxel; copy it again"};
        const auto reader = itk::ImageFileReader<Numbers>::New();
        reader->SetFileName(file.string());
        reader->SetImageIO(io);
        reader->Update();
        require_orthogonal(grid_of<float>(*reader->GetOutput()), file);
        return Numbers::Pointer{reader->GetOutput()};
    });
}

std::uint16_t label_of(float value, const std::filesystem::path& file)
{
    // Scaled label files bring back 2 as 1.9999; a probability map brings 0.5.
    constexpr float tolerance = 0.01F;
    const float label = std::round(value);
    if (!(std::abs(value - label) <= tolerance) || label < 0.0F ||
        label > static_cast<float>(std::numeric_limits<std::uint16_t>::max()))
        throw Error{Errc::input,
                    file.string() + ": it holds the value " + std::to_string(value) +
                        "; labels are whole numbers from 0 to 65535"};
    return static_cast<std::uint16_t>(label);
}

std::int16_t hu_of(float value)
{
    using Limits = std::numeric_limits<std::int16_t>;
    if (std::isnan(value)) return Limits::min();
    const float inside =
        std::clamp(value, static_cast<float>(Limits::min()), static_cast<float>(Limits::max()));
    return static_cast<std::int16_t>(std::lround(inside));
}

template <typename T>
void write(const Image<T>& image, const std::filesystem::path& file)
{
    if (!is_nifti(file)) throw Error{Errc::output, file.string() + ": images are written as .nii or .nii.gz"};
    if (!std::ofstream{file,
                       std::ios::binary})  // asked first, since ITK's NIfTI code prints its own complaint
        throw Error{Errc::output, file.string() + ": cannot be written there"};
    itk::Object::GlobalWarningDisplayOff();
    guarded(Errc::output, file.string() + ": cannot be written", [&] {
        const auto writer = itk::ImageFileWriter<ItkImage<T>>::New();
        writer->SetFileName(file.string());
        writer->SetImageIO(itk::NiftiImageIO::New());
        writer->SetInput(view(image));
        writer->Update();
    });
    if (!is_whole_nifti(file, image.voxels().size()))
        throw Error{Errc::output, file.string() + ": could not be written to its end; is the disk full?"};
}

}  // namespace

LabelMap read_labels(const std::filesystem::path& file)
{
    const auto numbers = read_numbers(file);
    LabelMap labels{grid_of<float>(*numbers)};
    const std::span<const float> values{numbers->GetBufferPointer(), labels.voxels().size()};
    std::ranges::transform(
        values, labels.voxels().begin(), [&](float value) { return label_of(value, file); });
    return labels;
}

Volume read_image(const std::filesystem::path& file)
{
    const auto numbers = read_numbers(file);
    Volume image{grid_of<float>(*numbers)};
    const std::span<const float> values{numbers->GetBufferPointer(), image.voxels().size()};
    std::ranges::transform(values, image.voxels().begin(), hu_of);
    return image;
}

void write_labels(const LabelMap& labels, const std::filesystem::path& file)
{
    write(labels, file);
}

void write_image(const Volume& image, const std::filesystem::path& file)
{
    write(image, file);
}

}  // namespace downstage::imaging
