#include "downstage/criteria/staging.hpp"

#include "downstage/criteria/afp_model.hpp"
#include "downstage/criteria/ajcc.hpp"
#include "downstage/criteria/albi.hpp"
#include "downstage/criteria/bclc.hpp"
#include "downstage/criteria/child_pugh.hpp"
#include "downstage/criteria/treatment_bands.hpp"
#include "downstage/criteria/washout.hpp"

#include "quantities.hpp"
#include "read_sizes.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

/// Names of the stages that are not ruled out: the first that surely holds, and the uncertain before it.
std::vector<std::string> not_ruled_out(const StagingTable& table, const Findings& findings)
{
    std::vector<std::string> names;
    for (const Stage& stage : table.stages) {
        const Truth truth = any_of(stage.ways, findings);
        if (truth != Truth::no) names.emplace_back(stage.name);
        if (truth == Truth::yes) break;
    }
    return names;
}

std::string known_text(const Way& way, const Findings& findings)
{
    std::string text;
    for (const Condition& condition : way)
        text += (text.empty() ? "" : ", ") + std::string{words_of(condition.quantity).words} + " " +
                range_text(condition.quantity, findings.of(condition.quantity));
    return text;
}

std::string asked_text(const Way& way)
{
    std::string text;
    for (const Condition& condition : way)
        text += (text.empty() ? "" : " and ") + std::string{words_of(condition.quantity).words} + " " +
                limit_text(condition);
    return text;
}

/// Way after way until a stage is sure.
std::vector<PathStep> path_through(const StagingTable& table, const Findings& findings)
{
    std::vector<PathStep> path;
    for (const Stage& stage : table.stages) {
        for (const Way& way : stage.ways)
            path.push_back({.rule = std::string{table.row},
                            .source = std::string{table.source},
                            .inputs = known_text(way, findings),
                            .comparison = std::string{stage.name} + " if " + asked_text(way),
                            .result = std::string{word_of(all_of(way, findings))}});
        if (any_of(stage.ways, findings) == Truth::yes) break;
    }
    return path;
}

std::vector<std::string> missing_of(const StagingTable& table, const Findings& findings)
{
    std::vector<std::string> names;
    for (const Stage& stage : table.stages)
        for (const Way& way : stage.ways) {
            if (all_of(way, findings) != Truth::unknown) continue;
            for (const Condition& condition : way) {
                const std::string field{words_of(condition.quantity).field};
                const bool is_new = std::ranges::find(names, field) == names.end();
                if (truth_of(condition, findings) == Truth::unknown && is_new) names.push_back(field);
            }
        }
    return names;
}

std::optional<std::string> contested_at(const StagingTable& table, const Findings& findings)
{
    const std::vector<std::string> stages = not_ruled_out(table, findings);
    for (const ContestedAt& contested : table.contested) {
        const bool is_answer =
            contested.stage.empty() || std::ranges::find(stages, contested.stage) != stages.end();
        if (is_answer && all_of(contested.where, findings) == Truth::yes) return std::string{contested.why};
    }
    return std::nullopt;
}

}  // namespace

Staging stage_of(const StagingTable& table, const EligibilityInput& input)
{
    const ReadLesions read = read_sizes(input, SizeRead::whole);
    const Findings findings = findings_of(read, input.facts);
    Staging staging{.system = std::string{table.system},
                    .name = std::string{table.name},
                    .possible = not_ruled_out(table, findings),
                    .contested = contested_at(table, findings),
                    .path = path_through(table, findings)};
    const auto differs = [&](SizeRounding rounding) {
        return not_ruled_out(table, findings_of(read, input.facts, rounding)) != staging.possible;
    };
    staging.rounding_sensitive = differs(SizeRounding::whole_mm) || differs(SizeRounding::raw);
    if (staging.possible.size() == 1) staging.stage = staging.possible.front();
    if (staging.possible.size() > 1) staging.missing = missing_of(table, findings);
    return staging;
}

std::vector<Staging> stagings(const EligibilityInput& input, const std::optional<Day>& today)
{
    std::vector<Staging> all{stage_of(bclc, input),
                             stage_of(ajcc8_t, input),
                             stage_of(ajcc8_stage, input),
                             stage_of(acs_band, input),
                             french_afp_points(input),
                             child_pugh(input.facts),
                             albi(input.facts)};
    if (today) all.push_back(washout(input.facts, *today));
    return all;
}

}  // namespace downstage::criteria
