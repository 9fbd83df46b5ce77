#include "downstage/dicom/scan.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/parallel.hpp"

#include "header.hpp"
#include "header_facts.hpp"
#include "scan_files.hpp"
#include "stacks.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace downstage::dicom {

namespace {

namespace fs = std::filesystem;

// Files between two words to whoever watches the progress.
constexpr std::size_t batch = 512;

/// What the header pass made of one file.
struct Looked {
    enum class As { image, no_image, not_dicom, broken };
    As as{As::not_dicom};
    ImageFacts facts;  ///< of an image
    std::string why;   ///< of a broken file
};

Looked look_at(const fs::path& file)
{
    try {
        const std::optional<Header> header = read_header(file);
        if (!header || has(*header->dataset, DCM_DirectoryRecordSequence)) return {};
        std::optional<ImageFacts> facts = facts_of(*header, file);
        if (!facts) return {.as = Looked::As::no_image, .facts = {}, .why = {}};
        return {.as = Looked::As::image, .facts = *std::move(facts), .why = {}};
    } catch (const Error& error) {
        if (error.code() != Errc::input) throw;
        return {.as = Looked::As::broken, .facts = {}, .why = error.what()};
    }
}

std::vector<Looked> look_at_all(const std::vector<fs::path>& files, const ScanOptions& options)
{
    std::vector<Looked> looked(files.size());
    for (std::size_t begin = 0; begin < files.size(); begin += batch) {
        tell(options.progress,
             "reading headers",
             static_cast<double>(begin) / static_cast<double>(files.size()));
        for_each_index(std::min(batch, files.size() - begin), options.workers, [&](std::size_t n) {
            looked[begin + n] = look_at(files[begin + n]);
        });
    }
    tell(options.progress, "reading headers", 1.0);
    return looked;
}

std::string counted(std::size_t count, const std::string& one, const std::string& many)
{
    return count == 1 ? "1 " + one : std::to_string(count) + " " + many;
}

InputFiles files_of(const fs::path& input, Scan& scan)
{
    std::error_code failure;
    const fs::file_status status = fs::status(input, failure);
    if (!fs::exists(status)) throw Error{Errc::input, "'" + input.string() + "' does not exist"};
    if (fs::is_directory(status)) return files_below(input);
    if (is_zip(input)) return files_below(scan.unpacked.emplace(unpack(input)).path());
    try {
        return files_named_by(input);
    } catch (const Error& error) {
        throw error.within("'" + input.string() + "'");
    }
}

[[noreturn]] void refuse_empty(const fs::path& input, const Scan& scan)
{
    std::string looked = std::to_string(scan.files) + " files were looked at, and none is DICOM";
    if (scan.files == 0) looked = "no file was found there";
    if (scan.files == 1) looked = "1 file was looked at, and it is not DICOM";
    throw Error{Errc::input,
                "'" + input.string() + "' holds no DICOM image: " + looked +
                    "; name a folder, DICOMDIR or zip with a CT study"};
}

/// Sorts what was seen into the scan, and gives back the images.
std::vector<ImageFacts> sort_out(std::vector<Looked> looked, const std::vector<fs::path>& files, Scan& scan)
{
    std::vector<ImageFacts> images;
    std::size_t no_images = 0;
    for (std::size_t n = 0; n < looked.size(); ++n) {
        switch (looked[n].as) {
        case Looked::As::image: images.push_back(std::move(looked[n].facts)); break;
        case Looked::As::no_image: ++no_images; break;
        case Looked::As::not_dicom: ++scan.not_dicom; break;
        case Looked::As::broken: scan.broken.push_back({files[n], std::move(looked[n].why)}); break;
        }
    }
    if (scan.not_dicom > 0)
        scan.notices.push_back(
            {Severity::note, counted(scan.not_dicom, "file is", "files are") + " not DICOM and left out"});
    if (no_images > 0)
        scan.notices.push_back({Severity::note,
                                counted(no_images, "DICOM object holds", "DICOM objects hold") +
                                    " no slices (reports, masks, plans) and left out"});
    return images;
}

}  // namespace

Scan scan(const fs::path& input, const ScanOptions& options)
{
    prepare_dcmtk();
    Scan result;
    InputFiles found = files_of(input, result);
    result.files = found.files.size();
    result.broken = std::move(found.broken);
    const std::vector<ImageFacts> images = sort_out(look_at_all(found.files, options), found.files, result);
    if (result.not_dicom == result.files && result.broken.empty()) refuse_empty(input, result);
    std::ranges::sort(result.broken, {}, &BrokenFile::file);
    result.studies = studies_of(images);
    return result;
}

}  // namespace downstage::dicom
