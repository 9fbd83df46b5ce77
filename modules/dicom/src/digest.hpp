#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

struct evp_md_ctx_st;

namespace downstage::dicom {

using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) over bytes that come in pieces.
class Sha256Sum {
public:
    Sha256Sum();
    void add(std::span<const std::uint8_t> bytes);
    [[nodiscard]] Sha256 finish();

private:
    struct Deleter {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Deleter> context_;
};

}  // namespace downstage::dicom
