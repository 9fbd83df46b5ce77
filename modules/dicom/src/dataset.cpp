#include "dataset.hpp"

#include "downstage/core/error.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <mutex>
#include <string_view>

namespace downstage::dicom {

namespace {

constexpr std::string_view padding{" \0\t\r\n", 5};

std::string trimmed(std::string_view value)
{
    const auto first = value.find_first_not_of(padding);
    if (first == std::string_view::npos) return {};
    return std::string{value.substr(first, value.find_last_not_of(padding) - first + 1)};
}

std::string value_text(const OFString& value)
{
    return trimmed({value.data(), value.size()});
}

[[noreturn]] void fail_on(const DcmTagKey& tag, const std::string& value, const std::string& wanted)
{
    throw Error{Errc::input, name_of(tag) + " is '" + value + "', which is no " + wanted};
}

[[noreturn]] void fail_missing(const DcmTagKey& tag)
{
    throw Error{Errc::input, name_of(tag) + " is missing"};
}

std::optional<double> parsed(std::string_view value)
{
    if (value.starts_with('+')) value.remove_prefix(1);
    double result{};
    const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (status != std::errc{} || end != value.data() + value.size() || !std::isfinite(result))
        return std::nullopt;
    return result;
}

double parsed_number(const DcmTagKey& tag, const std::string& value)
{
    const std::optional<double> result = parsed(value);
    if (!result) fail_on(tag, value, "number");
    return *result;
}

std::string first_of(const std::string& all)
{
    return trimmed(std::string_view{all}.substr(0, all.find('\\')));
}

/// The only item, or the item of number `n`, of a sequence; null where there is none.
DcmItem* item_of(DcmItem& parent, const DcmTagKey& sequence, std::int32_t n)
{
    DcmItem* item = nullptr;
    const bool found = parent.findAndGetSequenceItem(sequence, item, n).good();
    return found ? item : nullptr;
}

}  // namespace

void prepare_dcmtk()
{
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        dcmEnableUnknownVRConversion.set(OFTrue);
        if (!dcmDataDict.isDictionaryLoaded())
            throw Error{
                Errc::internal,
                "DCMTK's data dictionary was not found; install DCMTK's data package or set DCMDICTPATH"};
    });
}

void check(const OFCondition& status, const std::string& doing)
{
    if (status.bad()) throw Error{Errc::input, doing + ": " + status.text()};
}

std::string name_of(const DcmTagKey& tag)
{
    DcmTag named{tag};
    return std::string{named.getTagName()} + " " + tag.toString();
}

bool has(DcmItem& item, const DcmTagKey& tag)
{
    return item.tagExistsWithValue(tag) == OFTrue;
}

std::optional<std::string> text(DcmItem& item, const DcmTagKey& tag)
{
    OFString value;
    if (item.findAndGetOFStringArray(tag, value).bad()) return std::nullopt;
    std::string result = value_text(value);
    if (result.empty()) return std::nullopt;
    return result;
}

std::vector<std::string> texts(DcmItem& item, const DcmTagKey& tag)
{
    DcmElement* element = nullptr;
    if (item.findAndGetElement(tag, element).bad()) return {};
    std::vector<std::string> result;
    for (unsigned long n = 0; n < element->getVM(); ++n) {
        OFString value;
        check(element->getOFString(value, n), name_of(tag));
        result.push_back(value_text(value));
    }
    return result;
}

std::vector<double> numbers(DcmItem& item, const DcmTagKey& tag)
{
    std::vector<double> result;
    for (const std::string& value : texts(item, tag))
        result.push_back(parsed_number(tag, value));
    return result;
}

std::optional<double> number(DcmItem& item, const DcmTagKey& tag)
{
    const std::optional<std::string> all = text(item, tag);
    if (!all) return std::nullopt;
    return parsed_number(tag, first_of(*all));
}

std::optional<std::int32_t> integer(DcmItem& item, const DcmTagKey& tag)
{
    const std::optional<double> value = number(item, tag);
    if (!value) return std::nullopt;
    constexpr double largest = std::numeric_limits<std::int32_t>::max();
    if (std::abs(*value) > largest || std::trunc(*value) != *value)
        fail_on(tag, text(item, tag).value_or(""), "whole number");
    return static_cast<std::int32_t>(*value);
}

std::optional<double> hint(DcmItem& item, const DcmTagKey& tag)
{
    const std::optional<std::string> all = text(item, tag);
    return all ? parsed(first_of(*all)) : std::nullopt;
}

std::string required_text(DcmItem& item, const DcmTagKey& tag)
{
    std::optional<std::string> value = text(item, tag);
    if (!value) fail_missing(tag);
    return *std::move(value);
}

double required_number(DcmItem& item, const DcmTagKey& tag)
{
    const std::optional<double> value = number(item, tag);
    if (!value) fail_missing(tag);
    return *value;
}

std::int32_t required_integer(DcmItem& item, const DcmTagKey& tag)
{
    const std::optional<std::int32_t> value = integer(item, tag);
    if (!value) fail_missing(tag);
    return *value;
}

std::int32_t frame_count(DcmItem& dataset)
{
    const std::int32_t count = integer(dataset, DCM_NumberOfFrames).value_or(1);
    if (count < 1) fail_on(DCM_NumberOfFrames, std::to_string(count), "number of frames");
    return count;
}

DcmItem& group_of(DcmItem& dataset, std::int32_t frame, const DcmTagKey& macro)
{
    if (DcmItem* of_frame = item_of(dataset, DCM_PerFrameFunctionalGroupsSequence, frame))
        if (DcmItem* group = item_of(*of_frame, macro, 0)) return *group;
    if (DcmItem* shared = item_of(dataset, DCM_SharedFunctionalGroupsSequence, 0))
        if (DcmItem* group = item_of(*shared, macro, 0)) return *group;
    return dataset;
}

}  // namespace downstage::dicom
