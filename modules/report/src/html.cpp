#include "html.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace downstage::report {
namespace {

std::uint8_t byte(char c)
{
    return static_cast<std::uint8_t>(c);
}

/// The range that a second byte must lie in; it shuts out overlong forms, surrogates and what lies beyond
/// U+10FFFF (Unicode 15, table 3-7).
struct Lead {
    std::size_t length{};  // 0: not a lead byte
    std::uint8_t second_low{0x80}, second_high{0xBF};
};

Lead lead(std::uint8_t first)
{
    if (first < 0x80) return {.length = 1};
    if (first >= 0xC2 && first <= 0xDF) return {.length = 2};
    if (first == 0xE0) return {.length = 3, .second_low = 0xA0};
    if (first == 0xED) return {.length = 3, .second_high = 0x9F};
    if (first >= 0xE1 && first <= 0xEF) return {.length = 3};
    if (first == 0xF0) return {.length = 4, .second_low = 0x90};
    if (first >= 0xF1 && first <= 0xF3) return {.length = 4};
    if (first == 0xF4) return {.length = 4, .second_high = 0x8F};
    return {};
}

/// The number of bytes of the character that `text` begins with; 0 when they are not UTF-8.
std::size_t character_length(std::string_view text)
{
    const Lead expected = lead(byte(text.front()));
    if (expected.length < 2) return expected.length;
    if (text.size() < expected.length) return 0;
    if (byte(text[1]) < expected.second_low || byte(text[1]) > expected.second_high) return 0;
    for (const char c : text.substr(2, expected.length - 2))
        if (byte(c) < 0x80 || byte(c) > 0xBF) return 0;
    return expected.length;
}

std::string_view escaped_ascii(char c, std::string_view itself)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n':
    case '\r':
    case '\t': return " ";
    default: return byte(c) < 0x20 || byte(c) == 0x7F ? std::string_view{} : itself;
    }
}

}  // namespace

std::string escaped(std::string_view text)
{
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string out;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        const std::string_view character = text.substr(0, length == 0 ? 1 : length);
        if (length == 0)
            out += replacement;
        else
            out += length == 1 ? escaped_ascii(text.front(), character) : character;
        text.remove_prefix(character.size());
    }
    return out;
}

std::string base64(std::string_view bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view three = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t n = 0; n < 3; ++n)
            bits = (bits << 8U) | (n < three.size() ? byte(three[n]) : 0U);
        for (std::size_t n = 0; n < 4; ++n)
            out += n <= three.size() ? alphabet[(bits >> (18U - 6U * n)) & 63U] : '=';
    }
    return out;
}

std::string element(std::string_view tag, std::string_view html)
{
    std::string out{"<"};
    out.append(tag).append(">").append(html).append("</").append(tag.substr(0, tag.find(' '))).append(">");
    return out;
}

std::string block(std::string_view tag, std::string_view html)
{
    return element(tag, html) + "\n";
}

std::string facts_table(const Facts& facts)
{
    std::string rows;
    for (const auto& [what, answer] : facts)
        rows += block("tr", element("th scope='row'", escaped(what)) + element("td", escaped(answer)));
    return block("table class='facts'", rows);
}

std::string bullets(const std::vector<std::string>& texts)
{
    if (texts.empty()) return {};
    std::string items;
    for (const std::string& text : texts)
        items += block("li", escaped(text));
    return block("ul", items);
}

std::string embedded_png(std::string_view png, std::string_view alternative_text)
{
    return "<img alt='" + escaped(alternative_text) + "' src='data:image/png;base64," + base64(png) + "'>\n";
}

}  // namespace downstage::report
