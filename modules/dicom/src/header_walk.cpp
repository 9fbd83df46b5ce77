#include "header_walk.hpp"

#include "downstage/core/error.hpp"

#include "dataset.hpp"
#include "header_inflate.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace downstage::dicom {

namespace {

constexpr std::uint32_t undefined_length = 0xFFFFFFFF;
// Deeper nesting than real objects have (SR trees reach about ten); bounds what a hostile file can make us
// hold.
constexpr std::size_t deepest = 64;

constexpr std::uint32_t tag(std::uint32_t group, std::uint32_t element)
{
    return (group << 16U) | element;
}
constexpr std::uint32_t item = tag(0xFFFE, 0xE000);
constexpr std::uint32_t item_end = tag(0xFFFE, 0xE00D);
constexpr std::uint32_t sequence_end = tag(0xFFFE, 0xE0DD);

[[noreturn]] void fail(const std::string& sentence)
{
    throw Error{Errc::input, sentence};
}

std::string tag_text(std::uint32_t which)
{
    return DcmTagKey{static_cast<Uint16>(which >> 16U), static_cast<Uint16>(which & 0xFFFFU)}.toString();
}

bool is_pixels(std::uint32_t which)
{
    return which >= tag(0x7FE0, 0x0008) && which <= tag(0x7FE0, 0x0010);
}

/// PS3.5 table 7.1-1: VRs whose length field has 32 bits behind two reserved bytes.
bool has_long_length(std::string_view vr)
{
    constexpr std::array<std::string_view, 13> names{
        "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"};
    return std::ranges::find(names, vr) != names.end();
}

/// PS3.5 table 7.1-2.
bool has_short_length(std::string_view vr)
{
    constexpr std::array<std::string_view, 21> names{"AE", "AS", "AT", "CS", "DA", "DS", "DT",
                                                     "FD", "FL", "IS", "LO", "LT", "PN", "SH",
                                                     "SL", "SS", "ST", "TM", "UI", "UL", "US"};
    return std::ranges::find(names, vr) != names.end();
}

struct Element {
    std::uint32_t tag{};
    std::string vr;  ///< empty where none is written
    std::uint32_t length{};
    std::uintmax_t begin{}, value{};
};

/// Reads element headers, and never beyond a given end.
class Reader {
public:
    Reader(HeaderBytes& bytes, Encoding encoding) : bytes_{&bytes}, big_{encoding == Encoding::explicit_big}
    {
    }

    [[nodiscard]] std::string vr_at(std::uintmax_t offset)
    {
        const auto two = bytes_->at(offset, 2);
        return {static_cast<char>(two[0]), static_cast<char>(two[1])};
    }

    [[nodiscard]] Element element(std::uintmax_t offset, std::uintmax_t end, bool is_implicit)
    {
        need(offset, 8, end);
        Element read{.tag = tag(u16(offset), u16(offset + 2)), .vr = {}, .begin = offset};
        if (is_implicit || (read.tag >> 16U) == 0xFFFEU) {
            read.length = u32(offset + 4);
            read.value = offset + 8;
            return read;
        }
        read.vr = vr_at(offset + 4);
        if (has_short_length(read.vr)) {
            read.length = u16(offset + 6);
            read.value = offset + 8;
        } else if (has_long_length(read.vr)) {
            need(offset, 12, end);
            read.length = u32(offset + 8);
            read.value = offset + 12;
        } else {
            fail("the element " + tag_text(read.tag) + " at byte " + std::to_string(offset) +
                 " has no value representation that DICOM knows");
        }
        return read;
    }

    [[nodiscard]] bool starts_with_item(const Element& element)
    {
        return element.length >= 8 && tag(u16(element.value), u16(element.value + 2)) == item;
    }

private:
    static void need(std::uintmax_t offset, std::uintmax_t count, std::uintmax_t end)
    {
        if (count > end - offset)
            fail("the file is cut short: an element begins at byte " + std::to_string(offset) +
                 ", but only " + std::to_string(end - offset) + " bytes are left there");
    }
    [[nodiscard]] std::uint32_t u16(std::uintmax_t offset)
    {
        const auto two = bytes_->at(offset, 2);
        return big_ ? (std::uint32_t{two[0]} << 8U) | two[1] : (std::uint32_t{two[1]} << 8U) | two[0];
    }
    [[nodiscard]] std::uint32_t u32(std::uintmax_t offset)
    {
        const std::uint32_t first = u16(offset);
        const std::uint32_t second = u16(offset + 2);
        return big_ ? (first << 16U) | second : (second << 16U) | first;
    }

    HeaderBytes* bytes_;
    bool big_;
};

void check_fits(const Element& element, std::uintmax_t end)
{
    if (element.length <= end - element.value) return;
    const std::string what = is_pixels(element.tag) ? "the pixel data are cut short: they"
                                                    : "the element " + tag_text(element.tag) + " at byte " +
                                                          std::to_string(element.begin);
    const std::string verb = is_pixels(element.tag) ? " promise " : " claims ";
    fail(what + verb + std::to_string(element.length) + " bytes, but only " +
         std::to_string(end - element.value) + " are left");
}

enum class Inside { elements, items, fragments };

/// One open dataset, item or sequence.
struct Level {
    Inside inside{Inside::elements};
    std::uintmax_t end{};  ///< nothing inside reaches beyond it
    bool is_closed_by_delimiter{};
    bool is_implicit{};
};

/// Walks one dataset up to its pixels, level by level; recursion is replaced by the list of open levels.
class Walk {
public:
    Walk(HeaderBytes& bytes, Encoding encoding, std::uintmax_t begin)
        : reader_{bytes, encoding},
          at_{begin},
          levels_{{.end = bytes.size(), .is_implicit = encoding == Encoding::implicit_little}}
    {
    }

    /// The pixel element, or one with tag 0 at the end of the dataset.
    Element to_pixels()
    {
        while (!levels_.empty()) {
            if (at_ == levels_.back().end && !levels_.back().is_closed_by_delimiter) {
                levels_.pop_back();
                continue;
            }
            const Element element = reader_.element(at_, levels_.back().end, levels_.back().is_implicit);
            if (levels_.size() == 1 && is_pixels(element.tag)) {
                check_pixels(element);
                return element;
            }
            if (levels_.back().inside == Inside::elements)
                step_into_element(element);
            else
                step_into_item(element);
        }
        return {.vr = {}, .begin = at_};
    }

private:
    void step_into_element(const Element& element)
    {
        const Level level = levels_.back();
        const bool is_untyped = level.is_implicit || element.vr == "UN";
        if (element.tag == item_end && level.is_closed_by_delimiter) {
            close(element);
        } else if ((element.tag >> 16U) == 0xFFFEU) {
            fail("a stray sequence delimiter stands at byte " + std::to_string(element.begin));
        } else if (element.length == undefined_length) {
            // PS3.5 section 6.2.2 note 2: the items of a UN sequence are implicit little endian.
            open(element,
                 {.inside = is_untyped || element.vr == "SQ" ? Inside::items : Inside::fragments,
                  .end = level.end,
                  .is_closed_by_delimiter = true,
                  .is_implicit = is_untyped});
        } else {
            check_fits(element, level.end);
            step_over(element, is_untyped);
        }
    }

    /// Over a value of known length, or into it where it is a sequence.
    void step_over(const Element& element, bool is_untyped)
    {
        const std::uintmax_t end = element.value + element.length;
        if (element.vr == "SQ" || (is_untyped && reader_.starts_with_item(element)))
            open(element, {.inside = Inside::items, .end = end, .is_implicit = is_untyped});
        else
            at_ = end;
    }

    void step_into_item(const Element& element)
    {
        const Level level = levels_.back();
        if (element.tag == sequence_end && level.is_closed_by_delimiter) {
            close(element);
            return;
        }
        if (element.tag != item)
            fail("a sequence holds the element " + tag_text(element.tag) + " at byte " +
                 std::to_string(element.begin) + " where an item should begin");
        const bool is_open_ended = element.length == undefined_length && level.inside == Inside::items;
        if (!is_open_ended) check_fits(element, level.end);
        if (level.inside == Inside::fragments) {
            at_ = element.value + element.length;
            return;
        }
        open(element,
             {.inside = Inside::elements,
              .end = is_open_ended ? level.end : element.value + element.length,
              .is_closed_by_delimiter = is_open_ended,
              .is_implicit = level.is_implicit});
    }

    /// Encapsulated pixels end with their delimiter; some writers leave it out at the end of the file, which
    /// hides nothing.
    void check_pixels(const Element& pixels)
    {
        const std::uintmax_t end = levels_.front().end;
        if (pixels.length != undefined_length) {
            check_fits(pixels, end);
            return;
        }
        for (at_ = pixels.value; at_ < end;) {
            const Element fragment = reader_.element(at_, end, false);
            if (fragment.tag == sequence_end) return;
            if (fragment.tag != item) fail("the fragments of the pixel data are out of order");
            if (fragment.length > end - fragment.value)
                fail("the pixel data are cut short: a fragment of " + std::to_string(fragment.length) +
                     " bytes begins at byte " + std::to_string(fragment.begin) + ", but only " +
                     std::to_string(end - fragment.value) + " are left");
            at_ = fragment.value + fragment.length;
        }
    }

    void open(const Element& element, const Level& level)
    {
        if (levels_.size() == deepest)
            fail("sequences are nested deeper than " + std::to_string(deepest) + " levels");
        levels_.push_back(level);
        at_ = element.value;
    }

    void close(const Element& delimiter)
    {
        levels_.pop_back();
        at_ = delimiter.value;
    }

    Reader reader_;
    std::uintmax_t at_;
    std::vector<Level> levels_;
};

/// The encoding a dataset really has: some writers name explicit VR and write implicit, or the other way
/// round.
Encoding encoding_at(HeaderBytes& bytes, std::uintmax_t begin, Encoding named)
{
    if (bytes.size() - begin < 8) return named;
    const std::string vr = Reader{bytes, named}.vr_at(begin + 4);
    const bool is_explicit = has_short_length(vr) || has_long_length(vr);
    if (!is_explicit) return Encoding::implicit_little;
    return named == Encoding::implicit_little ? Encoding::explicit_little : named;
}

Encoding named_encoding(const std::string& transfer_syntax)
{
    if (transfer_syntax == UID_LittleEndianImplicitTransferSyntax) return Encoding::implicit_little;
    if (transfer_syntax == UID_BigEndianExplicitTransferSyntax) return Encoding::explicit_big;
    return Encoding::explicit_little;
}

/// Reads the meta header (PS3.10 section 7.1), always explicit little endian, from `begin`.
HeaderLayout read_meta(HeaderBytes& bytes, std::uintmax_t begin)
{
    HeaderLayout layout{.transfer_syntax = {}};
    Reader reader{bytes, Encoding::explicit_little};
    std::uintmax_t at = begin;
    while (bytes.size() - at >= 8) {
        const auto group = bytes.at(at, 2);
        if (group[0] != 0x02 || group[1] != 0x00) break;
        const Element element = reader.element(at, bytes.size(), false);
        check_fits(element, bytes.size());
        if (element.tag == tag(0x0002, 0x0010)) {
            const auto value = bytes.at(element.value, element.length);
            layout.transfer_syntax.assign(value.begin(), value.end());
            layout.transfer_syntax.erase(layout.transfer_syntax.find_last_not_of(std::string_view{" \0", 2}) +
                                         1);
        }
        at = element.value + element.length;
    }
    layout.dataset_begin = at;
    return layout;
}

bool has_magic(HeaderBytes& bytes)
{
    if (bytes.size() < 132) return false;
    const auto magic = bytes.at(128, 4);
    return std::ranges::equal(magic, std::string_view{"DICM"});
}

/// A file without preamble begins with a meta header, or with one of the first elements of group 0008 in
/// little endian order.
bool may_begin_with_element(HeaderBytes& bytes)
{
    if (bytes.size() < 16) return false;
    const auto first = bytes.at(0, 4);
    return (first[0] == 0x02 || first[0] == 0x08) && first[1] == 0x00 && first[2] <= 0x18 && first[3] == 0x00;
}

}  // namespace

std::optional<CheckedBytes> check_lengths(const std::filesystem::path& file)
{
    HeaderBytes bytes{file};
    const bool magic = has_magic(bytes);
    if (!magic && !may_begin_with_element(bytes)) return std::nullopt;
    HeaderLayout layout = read_meta(bytes, magic ? 132 : 0);
    layout.has_magic = magic;
    if (layout.transfer_syntax == UID_DeflatedExplicitVRLittleEndianTransferSyntax) {
        bytes = HeaderBytes{inflate(bytes, layout.dataset_begin)};
        layout.dataset_begin = 0;
    }
    layout.encoding = encoding_at(bytes, layout.dataset_begin, named_encoding(layout.transfer_syntax));
    const Element pixels = Walk{bytes, layout.encoding, layout.dataset_begin}.to_pixels();
    layout.has_pixels = is_pixels(pixels.tag);
    layout.pixels_begin = pixels.begin;
    return CheckedBytes{.layout = std::move(layout), .bytes = std::move(bytes)};
}

}  // namespace downstage::dicom
