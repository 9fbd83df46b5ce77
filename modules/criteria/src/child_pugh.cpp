#include "downstage/criteria/child_pugh.hpp"

#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace downstage::criteria {

namespace {

/// mg/dL in a umol/L (RULES.md 0.1).
constexpr double umol_l_of_mg_dl = 17.1;
constexpr std::int32_t unknown_low = 1;
constexpr std::int32_t unknown_high = 3;

/// 1 below the band, 2 within it, both ends included, 3 above.
std::int32_t points_in_band(double value, double low, double high)
{
    // Products such as 2 x 17.1 are no exact binary numbers; the nudge is far below any measured digit.
    constexpr double nudge = 1e-9;
    if (value < low - nudge) return 1;
    return value <= high + nudge ? 2 : 3;
}

std::int32_t reversed(std::int32_t points)
{
    return 4 - points;
}

std::array<std::optional<std::int32_t>, 5> listed(const ChildPughPoints& points)
{
    return {points.bilirubin, points.albumin, points.inr, points.ascites, points.encephalopathy};
}

/// Fewest and most points that the known parts allow.
std::pair<std::int32_t, std::int32_t> total_range(const ChildPughPoints& points)
{
    std::pair<std::int32_t, std::int32_t> total{0, 0};
    for (const std::optional<std::int32_t>& part : listed(points)) {
        total.first += part.value_or(unknown_low);
        total.second += part.value_or(unknown_high);
    }
    return total;
}

ChildClass class_of(std::int32_t points)
{
    if (points <= 6) return ChildClass::a;
    return points <= 9 ? ChildClass::b : ChildClass::c;
}

std::string word_of(ChildClass child)
{
    return std::string{"ABC"[static_cast<std::size_t>(child)]};
}

PathStep step(std::string inputs, std::string comparison, const std::optional<std::int32_t>& points)
{
    return {.rule = "5.23",
            .source = "Pugh 1973; CCJM Table 1, MSD manual",
            .inputs = std::move(inputs),
            .comparison = std::move(comparison),
            .result = points ? std::to_string(*points) + (*points == 1 ? " point" : " points") : "unknown"};
}

std::string number_text(std::string_view what, const std::optional<double>& value, std::string_view unit)
{
    return std::string{what} + " " + (value ? fixed(*value, 1) + std::string{unit} : "unknown");
}

std::vector<PathStep> path_of(const ClinicalFacts& facts, const ChildPughPoints& points)
{
    const auto graded = [](std::string_view what, const auto& grade) {
        return std::string{what} + " " +
               (grade ? std::to_string(static_cast<int>(*grade)) : std::string{"unknown"});
    };
    return {
        step(number_text("bilirubin", facts.bilirubin_umol_l, " umol/L"),
             "< 34.2, 34.2 to 51.3, > 51.3 umol/L (2 and 3 mg/dL)",
             points.bilirubin),
        step(number_text("albumin", facts.albumin_g_l, " g/L"), "> 35, 28 to 35, < 28 g/L", points.albumin),
        step(number_text("INR", facts.inr, ""), "< 1.7, 1.7 to 2.3, > 2.3", points.inr),
        step(graded("ascites (0 none, 1 slight, 2 more)", facts.ascites), "0, 1, 2", points.ascites),
        step(graded("encephalopathy grade", facts.encephalopathy_grade),
             "0, 1 to 2, 3 to 4",
             points.encephalopathy)};
}

constexpr std::array<std::string_view, 5> fields{
    "bilirubin_umol_l", "albumin_g_l", "inr", "ascites", "encephalopathy_grade"};

std::vector<std::string> missing_of(const ChildPughPoints& points)
{
    std::vector<std::string> names;
    const auto parts = listed(points);
    for (std::size_t n = 0; n < parts.size(); ++n)
        if (!parts[n]) names.emplace_back(fields[n]);
    return names;
}

/// Some tables end the middle band at 2.2.
std::optional<std::string> contested_inr(const ClinicalFacts& facts)
{
    if (!facts.inr || *facts.inr <= 2.2 || *facts.inr > 2.3) return std::nullopt;
    return "an INR above 2.2 scores 3 in tables that end the middle band there, 2 here (up to 2.3)";
}

}  // namespace

ChildPughPoints child_pugh_points(const ClinicalFacts& facts)
{
    ChildPughPoints points;
    if (facts.bilirubin_umol_l)
        points.bilirubin =
            points_in_band(*facts.bilirubin_umol_l, 2.0 * umol_l_of_mg_dl, 3.0 * umol_l_of_mg_dl);
    if (facts.albumin_g_l) points.albumin = reversed(points_in_band(*facts.albumin_g_l, 28.0, 35.0));
    if (facts.inr) points.inr = points_in_band(*facts.inr, 1.7, 2.3);
    if (facts.ascites) points.ascites = static_cast<std::int32_t>(*facts.ascites) + 1;
    if (facts.encephalopathy_grade)
        points.encephalopathy = points_in_band(*facts.encephalopathy_grade, 1.0, 2.0);
    return points;
}

std::optional<ChildClass> child_class(const ClinicalFacts& facts)
{
    const ChildPughPoints points = child_pugh_points(facts);
    const auto [low, high] = total_range(points);
    if (class_of(low) == class_of(high)) return class_of(low);
    const auto parts = listed(points);
    const bool is_complete = std::ranges::all_of(parts, [](const auto& part) { return part.has_value(); });
    return is_complete ? std::nullopt : facts.child_pugh;
}

Staging child_pugh(const ClinicalFacts& facts)
{
    const ChildPughPoints points = child_pugh_points(facts);
    const auto [low, high] = total_range(points);
    Staging staging{.system = "child_pugh",
                    .name = "Child-Pugh",
                    .contested = contested_inr(facts),
                    .path = path_of(facts, points)};
    if (low == high) staging.score = low;
    if (const std::optional<ChildClass> child = child_class(facts)) {
        staging.stage = word_of(*child);
        staging.possible = {*staging.stage};
        return staging;
    }
    for (const ChildClass child : {ChildClass::a, ChildClass::b, ChildClass::c})
        if (child >= class_of(low) && child <= class_of(high)) staging.possible.push_back(word_of(child));
    staging.missing = missing_of(points);
    return staging;
}

}  // namespace downstage::criteria
