#include "sha256.hpp"

#include "downstage/core/error.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

namespace downstage::inference {

std::string sha256_of(std::string_view bytes)
{
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
        throw Error{Errc::internal, "OpenSSL cannot compute SHA-256 here"};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned n = 0; n < length; ++n) {
        text += digits[digest.at(n) >> 4U];
        text += digits[digest.at(n) & 0xFU];
    }
    return text;
}

}  // namespace downstage::inference
