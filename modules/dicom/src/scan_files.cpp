#include "scan_files.hpp"

#include "downstage/core/error.hpp"

#include "header.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

namespace downstage::dicom {

namespace {

namespace fs = std::filesystem;

/// Lists one folder; folders found there are added to `pending`.
void list(const fs::path& folder, InputFiles& found, std::vector<fs::path>& pending)
{
    std::error_code failure;
    const fs::directory_iterator entries{folder, failure};
    if (failure) {
        found.broken.push_back({folder, "the folder cannot be opened: " + failure.message()});
        return;
    }
    for (const fs::directory_entry& entry : entries) {
        std::error_code unknown;
        if (entry.is_directory(unknown))
            pending.push_back(entry.path());
        else if (entry.is_regular_file(unknown))
            found.files.push_back(entry.path());
    }
}

std::string lower(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// A component of a ReferencedFileID names one thing inside a folder (PS3.10 section 8.2), never a way out.
bool is_plain_name(const std::string& component)
{
    return !component.empty() && component != "." && component != ".." &&
           component.find_first_of("/\\") == std::string::npos;
}

/// The referenced file; copies of a disc often have its names in lower case.
fs::path resolved(const fs::path& folder, const std::vector<std::string>& components)
{
    fs::path as_named = folder;
    fs::path lowered = folder;
    for (const std::string& component : components) {
        as_named /= component;
        lowered /= lower(component);
    }
    std::error_code unknown;
    return !fs::exists(as_named, unknown) && fs::exists(lowered, unknown) ? lowered : as_named;
}

void add_reference(DcmItem& record, const fs::path& dicomdir, InputFiles& found)
{
    const std::vector<std::string> components = texts(record, DCM_ReferencedFileID);
    if (components.empty()) return;
    if (!std::ranges::all_of(components, is_plain_name)) {
        found.broken.push_back({dicomdir, "it refers to a file outside its folder"});
        return;
    }
    const fs::path file = resolved(dicomdir.parent_path(), components);
    std::error_code unknown;
    if (fs::is_regular_file(file, unknown))
        found.files.push_back(file);
    else
        found.broken.push_back({file, "the DICOMDIR refers to it, but it is not there"});
}

}  // namespace

InputFiles files_below(const fs::path& folder)
{
    InputFiles found;
    std::set<fs::path> entered;
    std::vector<fs::path> pending{folder};
    while (!pending.empty()) {
        const fs::path next = pending.back();
        pending.pop_back();
        std::error_code unknown;
        if (entered.insert(fs::canonical(next, unknown)).second) list(next, found, pending);
    }
    std::ranges::sort(found.files);
    return found;
}

InputFiles files_named_by(const fs::path& file)
{
    const std::optional<Header> header = read_header(file);
    DcmSequenceOfItems* records = nullptr;
    if (!header || header->dataset->findAndGetSequence(DCM_DirectoryRecordSequence, records).bad())
        return {.files = {file}, .broken = {}};
    InputFiles found;
    for (unsigned long n = 0; n < records->card(); ++n)
        add_reference(*records->getItem(n), file, found);
    std::ranges::sort(found.files);
    found.files.erase(std::ranges::unique(found.files).begin(), found.files.end());
    return found;
}

bool is_zip(const fs::path& file)
{
    std::array<char, 4> start{};
    std::ifstream stream{file, std::ios::binary};
    stream.read(start.data(), start.size());
    const std::string_view magic{start.data(), start.size()};
    using namespace std::string_view_literals;
    return stream.good() && (magic == "PK\003\004"sv || magic == "PK\005\006"sv);  // the second: an empty one
}

}  // namespace downstage::dicom
