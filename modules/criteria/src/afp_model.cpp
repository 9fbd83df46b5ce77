#include "downstage/criteria/afp_model.hpp"

#include "quantities.hpp"
#include "read_sizes.hpp"

#include <string>

namespace downstage::criteria {

namespace {

constexpr std::int32_t most_for_low_risk = 2;

PathStep step(const std::string& inputs, const std::string& bands, std::int32_t fewest, std::int32_t most)
{
    const std::string points = std::to_string(fewest);
    return {.rule = "5.14",
            .source = "Duvoux 2012; Hepatoma Res 2018;4:63 Table 2",
            .inputs = inputs,
            .comparison = bands,
            .result = (fewest == most ? points : points + " to " + std::to_string(most)) + " points"};
}

std::int32_t nyca_points_of_size(TenthsMm largest)
{
    if (largest <= 300) return 0;
    return largest <= 600 ? 2 : 4;
}

std::int32_t nyca_points_of_count(std::int64_t count)
{
    if (count <= 1) return 0;
    return count <= 3 ? 2 : 4;
}

/// Responders fell below 200, or from above 1000 by more than half and below 1000.
std::int32_t nyca_points_of_afp(double highest, double last)
{
    if (highest < 200.0) return 0;
    const bool responded = last < 200.0 || (highest > 1000.0 && last < 1000.0 && last < 0.5 * highest);
    if (responded) return 2;
    if (highest > 1000.0 || last > 1000.0) return 6;
    return last <= 400.0 ? 3 : 4;
}

}  // namespace

Staging french_afp_points(const EligibilityInput& input)
{
    const Findings findings = findings_of(read_sizes(input, SizeRead::whole), input.facts);
    const Range& largest = findings.of(Quantity::largest);
    const Range& count = findings.of(Quantity::count);
    const Range& afp = findings.of(Quantity::afp);
    Staging staging{.system = "french_afp_points", .name = "French AFP model, points"};
    const auto points_at = [&](auto pick) {
        return french_points({.largest = pick(largest), .count = pick(count), .afp = pick(afp)});
    };
    const std::int32_t fewest = points_at([](const Range& range) { return range.low; });
    const std::int32_t most = points_at([](const Range& range) { return range.high; });
    const auto described = [&](Quantity quantity) {
        return std::string{words_of(quantity).words} + " " + range_text(quantity, findings.of(quantity));
    };
    staging.path = {step(described(Quantity::largest),
                         "at most 30.0 mm 0, at most 60.0 mm 1, above 4",
                         french_points_of_size(largest.low),
                         french_points_of_size(largest.high)),
                    step(described(Quantity::count),
                         "at most 3: 0, more: 2",
                         french_points_of_count(count.low),
                         french_points_of_count(count.high)),
                    step(described(Quantity::afp),
                         "at most 100 ng/mL 0, at most 1000 ng/mL 2, above 3",
                         french_points_of_afp(afp.low),
                         french_points_of_afp(afp.high))};
    if (fewest == most) staging.score = fewest;
    if (fewest <= most_for_low_risk) staging.possible.emplace_back("low risk");
    if (most > most_for_low_risk) staging.possible.emplace_back("high risk");
    if (staging.possible.size() == 1) {
        staging.stage = staging.possible.front();
        return staging;
    }
    if (!is_known(largest)) staging.missing.emplace_back(words_of(Quantity::largest).field);
    if (!is_known(afp)) staging.missing.emplace_back(words_of(Quantity::afp).field);
    return staging;
}

std::int32_t nyca_points(const NycaInputs& inputs)
{
    return nyca_points_of_size(inputs.largest) + nyca_points_of_count(inputs.count) +
           nyca_points_of_afp(inputs.afp_highest_ng_ml, inputs.afp_final_ng_ml);
}

}  // namespace downstage::criteria
