#include "header_text.hpp"

#include <dcmtk/dcmdata/dcspchrs.h>

#include <algorithm>

namespace downstage::dicom {

namespace {

bool is_ascii(const std::string& value)
{
    return std::ranges::all_of(value, [](char byte) { return static_cast<unsigned char>(byte) < 0x80U; });
}

}  // namespace

std::string readable(DcmItem& dataset, const DcmTagKey& tag)
{
    std::string value = text(dataset, tag).value_or("");
    if (is_ascii(value)) return value;
    DcmSpecificCharacterSet character_set;
    OFString utf8;
    const std::string named = text(dataset, DCM_SpecificCharacterSet).value_or("");
    if (character_set.selectCharacterSet(OFString{named.data(), named.size()}).good() &&
        character_set.convertString(OFString{value.data(), value.size()}, utf8).good())
        return {utf8.data(), utf8.size()};
    std::ranges::replace_if(value, [](char byte) { return static_cast<unsigned char>(byte) >= 0x80U; }, '?');
    return value;
}

}  // namespace downstage::dicom
