#include "phase_hint.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace downstage::segmentation {

namespace {

bool is_letter(char c)
{
    // Letters beyond ASCII, as in "venös", are bytes with the highest bit.
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lower_case(std::string_view text)
{
    std::string lower{text};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Runs of letters and runs of digits: "Abd_70s" is "abd", "70", "s".
std::vector<std::string> words_of(const std::string& text)
{
    std::vector<std::string> words;
    char before = ' ';
    for (const char c : text) {
        const bool goes_on = (is_letter(c) && is_letter(before)) || (is_digit(c) && is_digit(before));
        if (goes_on)
            words.back().push_back(c);
        else if (is_letter(c) || is_digit(c))
            words.emplace_back(1, c);
        before = c;
    }
    return words;
}

struct Word {
    std::string_view text;
    bool may_go_on{};  ///< "arter" is also "arterial" and "arteriell"; "art" is not "artefact"
    Phase phase{};
};

constexpr std::array known_words{Word{"art", false, Phase::arterial},
                                 Word{"arter", true, Phase::arterial},
                                 Word{"hap", false, Phase::arterial},
                                 Word{"portal", true, Phase::portal_venous},
                                 Word{"portov", true, Phase::portal_venous},
                                 Word{"portv", true, Phase::portal_venous},
                                 Word{"pv", false, Phase::portal_venous},
                                 Word{"pvp", false, Phase::portal_venous},
                                 Word{"ven", false, Phase::portal_venous},
                                 Word{"veno", true, Phase::portal_venous},
                                 Word{"ven\xC3\xB6s", true, Phase::portal_venous},
                                 Word{"nativ", true, Phase::native},
                                 Word{"plain", false, Phase::native},
                                 Word{"without", false, Phase::native},
                                 Word{"unenhanced", false, Phase::native},
                                 Word{"noncontrast", false, Phase::native},
                                 Word{"delay", true, Phase::delayed},
                                 Word{"late", false, Phase::delayed},
                                 Word{"equilibrium", false, Phase::delayed}};

bool matches(const Word& known, const std::string& word)
{
    return known.may_go_on ? word.starts_with(known.text) : word == known.text;
}

bool names(const std::vector<std::string>& words, Phase phase)
{
    return std::ranges::any_of(words, [phase](const std::string& word) {
        return std::ranges::any_of(
            known_words, [&](const Word& known) { return known.phase == phase && matches(known, word); });
    });
}

bool names_no_contrast(const std::string& text)
{
    constexpr std::array<std::string_view, 3> signs{"w/o", "w-o", "non-contrast"};
    return std::ranges::any_of(signs,
                               [&](std::string_view sign) { return text.find(sign) != std::string::npos; });
}

/// Delays of liver protocols: arterial 25-45 s, portal venous 60-90 s, delayed from 3 min on.
Phase phase_after(int delay_s)
{
    if (delay_s >= 15 && delay_s <= 45) return Phase::arterial;
    if (delay_s >= 55 && delay_s <= 110) return Phase::portal_venous;
    if (delay_s >= 120 && delay_s <= 900) return Phase::delayed;
    return Phase::unknown;
}

Phase phase_by_delay(const std::vector<std::string>& words)
{
    for (std::size_t n = 1; n < words.size(); ++n) {
        if (words[n] != "s" && words[n] != "sec" && words[n] != "sek") continue;
        const std::string& digits = words[n - 1];
        int delay_s = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), delay_s);
        if (problem == std::errc{} && end == digits.data() + digits.size()) return phase_after(delay_s);
    }
    return Phase::unknown;
}

}  // namespace

Phase hinted_phase(std::string_view text)
{
    const std::string lower = lower_case(text);
    const std::vector<std::string> words = words_of(lower);
    const bool arterial = names(words, Phase::arterial);
    const bool portal = names(words, Phase::portal_venous);
    const bool native = names(words, Phase::native) || names_no_contrast(lower);
    const bool delayed = names(words, Phase::delayed) && !arterial;
    const int named = static_cast<int>(arterial) + static_cast<int>(portal) + static_cast<int>(native) +
                      static_cast<int>(delayed);
    if (named > 1) return Phase::unknown;
    if (arterial) return Phase::arterial;
    if (portal) return Phase::portal_venous;
    if (native) return Phase::native;
    if (delayed) return Phase::delayed;
    return phase_by_delay(words);
}

}  // namespace downstage::segmentation
