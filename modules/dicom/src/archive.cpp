#include "archive.hpp"

#include "downstage/core/error.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace downstage::dicom {

namespace {

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error{Errc::input, sentence};
}

struct CloseArchive {
    void operator()(archive* opened) const { archive_read_free(opened); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

[[noreturn]] void refuse_damaged(archive* opened)
{
    const char* const why = archive_error_string(opened);
    refuse("this zip cannot be unpacked: " + std::string{why == nullptr ? "it is damaged" : why});
}

Archive open_zip(const std::filesystem::path& zip)
{
    Archive opened{archive_read_new()};
    if (opened == nullptr) throw Error{Errc::internal, "libarchive cannot be used"};
    archive_read_support_format_zip_seekable(opened.get());  // by its central directory: no other format
    constexpr std::size_t block = 1U << 18U;
    if (archive_read_open_filename(opened.get(), zip.c_str(), block) != ARCHIVE_OK)
        refuse_damaged(opened.get());
    return opened;
}

/// What has been taken out so far, held against the limits before anything is written.
class Budget {
public:
    Budget(const UnpackLimits& limits, std::uintmax_t packed_bytes)
        : limits_{limits}, packed_bytes_{std::max<std::uintmax_t>(1, packed_bytes)}
    {
    }

    void count_entry()
    {
        if (++entries_ > limits_.entries)
            refuse("it holds more than " + std::to_string(limits_.entries) +
                   " files; give the study as a folder");
    }

    void count_bytes(std::uintmax_t more)
    {
        bytes_ += more;
        if (bytes_ > limits_.total_bytes)
            refuse("it unpacks to more than " + std::to_string(limits_.total_bytes) +
                   " bytes; give the study as a folder");
        constexpr std::uintmax_t unsuspicious = 64ULL << 20U;
        const double ratio = static_cast<double>(bytes_) / static_cast<double>(packed_bytes_);
        if (bytes_ > unsuspicious && ratio > limits_.ratio)
            refuse("it unpacks to more than " + std::to_string(static_cast<std::uintmax_t>(limits_.ratio)) +
                   " times its size, as no images do; give the study as a folder");
    }

private:
    UnpackLimits limits_;
    std::uintmax_t packed_bytes_, entries_{}, bytes_{};
};

/// The name of an entry, which must stay below the folder it is unpacked into. Backslashes part folders in
/// zips made on Windows.
std::filesystem::path checked_name(archive_entry* entry)
{
    const char* const raw = archive_entry_pathname(entry);
    if (raw == nullptr) refuse("it holds a file whose name cannot be read");
    std::string name{raw};
    std::ranges::replace(name, '\\', '/');
    const std::filesystem::path path{name};
    const bool climbs = std::ranges::find(path, std::filesystem::path{".."}) != path.end();
    const bool has_drive = name.size() > 1 && name[1] == ':';
    if (name.empty() || path.is_absolute() || climbs || has_drive)
        refuse("its entry '" + name + "' would be written outside the folder it is unpacked into");
    return path;
}

void check_kind(archive_entry* entry, const std::filesystem::path& name)
{
    if (archive_entry_is_encrypted(entry) != 0)
        refuse("it is protected by a password; unpack it yourself and give the folder");
    const auto kind = archive_entry_filetype(entry);
    const bool is_link = archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
    // A zip made on a system without such kinds gives none at all: then it is a file.
    const bool is_plain = kind == AE_IFREG || kind == AE_IFDIR || kind == 0;
    if (is_link || !is_plain)
        refuse("its entry '" + name.string() + "' is a link or a device, which no study needs");
}

void make_folder(const std::filesystem::path& folder)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        throw Error{Errc::output,
                    "it cannot be unpacked into '" + folder.string() + "': " + failure.message() +
                        "; make room or set TMPDIR"};
}

void copy_out(archive* opened, const std::filesystem::path& file, Budget& budget)
{
    std::ofstream out{file, std::ios::binary};
    constexpr std::size_t block = 1U << 16U;
    std::array<char, block> buffer{};
    while (out) {
        const la_ssize_t got = archive_read_data(opened, buffer.data(), buffer.size());
        if (got < 0) refuse_damaged(opened);
        if (got == 0) break;
        budget.count_bytes(static_cast<std::uintmax_t>(got));
        out.write(buffer.data(), got);
    }
    out.close();
    if (!out)
        throw Error{Errc::output,
                    "it cannot be unpacked into '" + file.parent_path().string() +
                        "'; make room there or set TMPDIR"};
}

void take_out(archive* opened, archive_entry* entry, const std::filesystem::path& folder, Budget& budget)
{
    const std::filesystem::path name = checked_name(entry);
    check_kind(entry, name);
    const std::filesystem::path target = folder / name;
    if (archive_entry_filetype(entry) == AE_IFDIR) {
        make_folder(target);
        return;
    }
    make_folder(target.parent_path());
    if (std::filesystem::exists(target)) refuse("it holds the entry '" + name.string() + "' twice");
    copy_out(opened, target, budget);
}

}  // namespace

void unpack_into(const std::filesystem::path& folder,
                 const std::filesystem::path& zip,
                 const UnpackLimits& limits)
{
    std::error_code failure;
    const std::uintmax_t packed_bytes = std::filesystem::file_size(zip, failure);
    if (failure) refuse("it cannot be read: " + failure.message());
    Budget budget{limits, packed_bytes};
    const Archive opened = open_zip(zip);
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(opened.get(), &entry);
        if (status == ARCHIVE_EOF) return;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) refuse_damaged(opened.get());
        budget.count_entry();
        take_out(opened.get(), entry, folder, budget);
    }
}

}  // namespace downstage::dicom
