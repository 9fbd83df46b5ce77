#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// Zip archives written byte by byte (PKWARE APPNOTE 6.3), with what no honest tool would write.
namespace downstage::test {

struct ZipEntry {
    std::string name, bytes;
    std::uint32_t mode = 0100644;  ///< POSIX file mode
    bool is_encrypted = false;     ///< only marked as such
    std::uint32_t zeros = 0;  ///< instead of `bytes`: a deflated run of so many zeros, its checksum left out
};

namespace detail {

inline std::string little(std::uint64_t value, int bytes)
{
    std::string text;
    for (int n = 0; n < bytes; ++n)
        text += static_cast<char>((value >> (8U * static_cast<unsigned>(n))) & 0xFFU);
    return text;
}

/// CRC-32 of ISO 3309, as zip wants it.
inline std::uint32_t crc32(const std::string& bytes)
{
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t n = 0; n < made.size(); ++n) {
            made[n] = n;
            for (int bit = 0; bit < 8; ++bit)
                made[n] = (made[n] >> 1U) ^ ((made[n] & 1U) != 0 ? 0xEDB88320U : 0U);
        }
        return made;
    }();
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes)
        crc = (crc >> 8U) ^ table[(crc ^ static_cast<std::uint8_t>(byte)) & 0xFFU];
    return ~crc;
}

/// Bits in the order of RFC 1951: the low bit of each byte first.
class Bits {
public:
    void put(std::uint32_t value, int count)
    {
        for (int n = 0; n < count; ++n)
            put_bit((value >> static_cast<unsigned>(n)) & 1U);
    }
    /// A Huffman code, whose high bit comes first.
    void put_code(std::uint32_t code, int count)
    {
        for (int n = count - 1; n >= 0; --n)
            put_bit((code >> static_cast<unsigned>(n)) & 1U);
    }
    [[nodiscard]] std::string bytes() const { return bytes_; }

private:
    void put_bit(std::uint32_t bit)
    {
        if (used_ % 8 == 0) bytes_ += '\0';
        if (bit != 0)
            bytes_.back() = static_cast<char>(static_cast<unsigned char>(bytes_.back()) | 1U << used_ % 8);
        ++used_;
    }
    std::string bytes_;
    unsigned used_{};
};

/// Deflates a run of zeros by hand with the fixed codes (RFC 1951 section 3.2.6): one literal, then copies of
/// 258 bytes from a distance of 1, then single literals.
inline std::string deflated_zeros(std::uint32_t count)
{
    constexpr std::uint32_t literal_zero = 0x30;
    constexpr std::uint32_t longest_copy = 258;
    Bits bits;
    bits.put(1, 1);  // the last block
    bits.put(1, 2);  // of fixed codes
    bits.put_code(literal_zero, 8);
    std::uint32_t left = count - 1;
    for (; left >= longest_copy; left -= longest_copy) {
        bits.put_code(0xC5, 8);  // length symbol 285
        bits.put_code(0, 5);     // distance symbol 0
    }
    for (; left > 0; --left)
        bits.put_code(literal_zero, 8);
    bits.put_code(0, 7);  // end of block
    return bits.bytes();
}

struct PackedEntry {
    std::string local, central;
};

inline PackedEntry packed(const ZipEntry& entry, std::size_t offset)
{
    const bool is_deflated = entry.zeros > 0;
    const std::string data = is_deflated ? deflated_zeros(entry.zeros) : entry.bytes;
    const auto unpacked_size = is_deflated ? entry.zeros : static_cast<std::uint32_t>(entry.bytes.size());
    const std::string shared = little(20, 2) + little(entry.is_encrypted ? 1 : 0, 2) +
                               little(is_deflated ? 8 : 0, 2) + little(0, 4) + little(crc32(entry.bytes), 4) +
                               little(static_cast<std::uint32_t>(data.size()), 4) + little(unpacked_size, 4) +
                               little(static_cast<std::uint32_t>(entry.name.size()), 2) + little(0, 2);
    constexpr std::uint32_t made_on_unix = 3U << 8U | 20U;
    return {.local = "PK\3\4" + shared + entry.name + data,
            .central = "PK\1\2" + little(made_on_unix, 2) + shared + little(0, 6) +
                       little(entry.mode << 16U, 4) + little(static_cast<std::uint32_t>(offset), 4) +
                       entry.name};
}

}  // namespace detail

/// The bytes of an archive that holds `entries` in their order.
inline std::string zip_of(const std::vector<ZipEntry>& entries)
{
    std::string archive;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const detail::PackedEntry packed = detail::packed(entry, archive.size());
        archive += packed.local;
        directory += packed.central;
    }
    const auto count = detail::little(static_cast<std::uint32_t>(entries.size()), 2);
    const auto begin = static_cast<std::uint32_t>(archive.size());
    return archive + directory + "PK\5\6" + detail::little(0, 4) + count + count +
           detail::little(static_cast<std::uint32_t>(directory.size()), 4) + detail::little(begin, 4) +
           detail::little(0, 2);
}

}  // namespace downstage::test
