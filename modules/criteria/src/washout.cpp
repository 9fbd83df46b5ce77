#include "downstage/criteria/washout.hpp"

#include <array>
#include <string>

namespace downstage::criteria {

namespace {

struct Mark {
    std::int32_t days{};
    std::string_view source;
};

constexpr std::array<Mark, 4> marks{{{30, "Moeckli, Hepatology 2025: odds ratio 21.3 below it"},
                                     {42, "1.5 half-lives, 22 cases (WO study 2023)"},
                                     {50, "Moeckli, Hepatology 2025: reference above it, 9.48 from 30 on"},
                                     {90, "proposals of 90 to 94 days (Rezaee-Zavareh 2024)"}}};

}  // namespace

std::string_view washout_band(std::int32_t days)
{
    if (days < 30) return "high";
    return days <= 50 ? "intermediate" : "low";
}

Staging washout(const ClinicalFacts& facts, Day today)
{
    Staging staging{.system = "washout", .name = "Risk of rejection by days since immunotherapy"};
    if (!facts.last_immunotherapy) {
        staging.possible = {"high", "intermediate", "low"};
        staging.missing = {"last_immunotherapy"};
        return staging;
    }
    const std::int32_t days = today - *facts.last_immunotherapy;
    staging.score = days;
    staging.stage = std::string{washout_band(days)};
    staging.possible = {*staging.stage};
    for (const Mark& mark : marks)
        staging.path.push_back({.rule = "5.28",
                                .source = std::string{mark.source},
                                .inputs = "last dose " + std::to_string(days) + " days ago",
                                .comparison = std::to_string(days) + " > " + std::to_string(mark.days),
                                .result = days > mark.days ? "yes" : "no"});
    return staging;
}

}  // namespace downstage::criteria
