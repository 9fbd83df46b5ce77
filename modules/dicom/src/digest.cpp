#include "digest.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/read.hpp"

#include "decode_file.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

namespace downstage::dicom {

namespace {

void need(int done)
{
    if (done != 1) throw Error{Errc::internal, "OpenSSL cannot compute SHA-256 here"};
}

void add_file(Sha256Sum& sum, const std::filesystem::path& file, std::vector<std::uint8_t>& buffer)
{
    try {
        const PixelFile bytes{file};
        for (std::uintmax_t at = 0; at < bytes.size(); at += buffer.size()) {
            const auto count = std::min<std::uintmax_t>(buffer.size(), bytes.size() - at);
            const auto piece = std::span{buffer}.first(static_cast<std::size_t>(count));
            bytes.read(at, piece);
            sum.add(piece);
        }
    } catch (const Error& failure) {
        throw failure.within("'" + file.string() + "'");
    }
}

std::string hexadecimal(const Sha256& digest)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

}  // namespace

void Sha256Sum::Deleter::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

Sha256Sum::Sha256Sum() : context_{EVP_MD_CTX_new()}
{
    need(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void Sha256Sum::add(std::span<const std::uint8_t> bytes)
{
    need(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

Sha256 Sha256Sum::finish()
{
    Sha256 digest{};
    need(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr));
    return digest;
}

std::string sha256_of(const Stack& stack)
{
    constexpr std::size_t piece = 1U << 18U;
    std::vector<std::uint8_t> buffer(piece);
    Sha256Sum sum;
    const std::filesystem::path* last = nullptr;  // a multi-frame file enters once
    for (const Slice& slice : stack.slices) {
        if (last == nullptr || *last != slice.file) add_file(sum, slice.file, buffer);
        last = &slice.file;
    }
    return hexadecimal(sum.finish());
}

}  // namespace downstage::dicom
