#include "downstage/dicom/identity.hpp"

#include "digest.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace downstage::dicom {

namespace {

using Uuid = std::array<std::uint8_t, 16>;

/// RFC 9562 section 5.8: version 8 is for names hashed in one's own way; the variant is 10 in binary.
Uuid uuid_from(const Sha256& digest)
{
    Uuid uuid{};
    std::copy_n(digest.begin(), uuid.size(), uuid.begin());
    uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0FU) | 0x80U);
    uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3FU) | 0x80U);
    return uuid;
}

/// The 128-bit number as decimal digits, by long division.
std::string decimal(Uuid number)
{
    std::string digits;
    while (std::ranges::any_of(number, [](std::uint8_t byte) { return byte != 0; })) {
        std::uint32_t remainder = 0;
        for (std::uint8_t& byte : number) {
            const std::uint32_t dividend = remainder * 256U + byte;
            byte = static_cast<std::uint8_t>(dividend / 10U);
            remainder = dividend % 10U;
        }
        digits.insert(digits.begin(), static_cast<char>('0' + remainder));
    }
    return digits;
}

}  // namespace

std::string uid_from_name(std::string_view name)
{
    Sha256Sum sum;
    sum.add(std::vector<std::uint8_t>(name.begin(), name.end()));
    return "2.25." + decimal(uuid_from(sum.finish()));
}

}  // namespace downstage::dicom
