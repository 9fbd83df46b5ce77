#include "quantities.hpp"

#include "downstage/core/text.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace downstage::criteria {

namespace {

using enum QuantityKind;

// In the order of the enumerators.
constexpr std::array<QuantityWords, quantity_count> all_words{{
    {"lesion_count", "number of lesions", "", number},
    {"longest_diameter_mm", "largest diameter", "mm", length},
    {"longest_diameter_mm", "smallest diameter", "mm", length},
    {"longest_diameter_mm", "sum of diameters", "mm", length},
    {"longest_diameter_mm", "largest diameter plus 10 mm a lesion", "mm", length},
    {"longest_diameter_mm", "total tumour volume", "cm3", volume},
    {"afp_ng_ml", "AFP", "ng/mL", value},
    {"afp_peak_ng_ml", "highest AFP", "ng/mL", value},
    {"dcp_mau_ml", "DCP", "mAU/mL", value},
    {"edmondson_grade", "Edmondson-Steiner grade", "", grade},
    {"differentiation", "differentiation (1 well, 2 moderate, 3 poor)", "", grade},
    {"ecog", "ECOG performance status", "", grade},
    {"child_pugh", "Child-Pugh class (1 A, 2 B, 3 C)", "", grade},
    {"macrovascular_invasion", "macrovascular invasion", "", fact},
    {"extrahepatic_disease", "extrahepatic disease", "", fact},
    {"vascular_invasion", "vascular invasion", "", fact},
    {"major_branch_invasion", "invasion of a major branch", "", fact},
    {"adjacent_organ_invasion", "invasion of an adjacent organ", "", fact},
    {"infiltrative_growth", "infiltrative growth", "", fact},
    {"tumour_symptoms", "cancer-related symptoms", "", fact},
    {"transplantable", "candidate for transplantation", "", fact},
    {"locoregional_therapy", "locoregional therapy", "", fact},
    {"nodal_metastasis", "metastasis in a lymph node", "", fact},
    {"distant_metastasis", "distant metastasis", "", fact},
}};

std::string_view sign_of(Relation relation)
{
    switch (relation) {
    case Relation::below: return "<";
    case Relation::at_most: return "<=";
    case Relation::equal: return "=";
    case Relation::at_least: return ">=";
    case Relation::above: return ">";
    }
    return "";
}

std::string with_unit(const std::string& number, std::string_view unit)
{
    return unit.empty() ? number : number + " " + std::string{unit};
}

/// As few decimals as say it, so that 400 ng/mL does not look measured to a tenth.
std::string value_number(double value)
{
    return fixed(value, value == std::round(value) ? 0 : 1);
}

}  // namespace

const QuantityWords& words_of(Quantity quantity)
{
    return all_words[static_cast<std::size_t>(quantity)];
}

double shown_value(Quantity quantity, double value)
{
    switch (words_of(quantity).kind) {
    case length:
    case QuantityKind::value: return value / 10.0;
    case volume: return value * std::numbers::pi / 6.0 / 1e6;
    case number:
    case grade:
    case fact: break;
    }
    return value;
}

std::string value_text(Quantity quantity, std::int64_t value)
{
    const QuantityWords& words = words_of(quantity);
    const double shown = shown_value(quantity, static_cast<double>(value));
    switch (words.kind) {
    case fact: return value == 0 ? "absent" : "present";
    case length: return with_unit(fixed(shown, 1), words.unit);
    case volume: return with_unit(fixed(shown, 2), words.unit);
    case number:
    case QuantityKind::value:
    case grade: break;
    }
    return with_unit(value_number(shown), words.unit);
}

std::string range_text(Quantity quantity, const Range& range)
{
    constexpr Range nothing_known;
    if (is_known(range)) return value_text(quantity, range.low);
    const bool is_trivial = range.low == 0 && is_size(quantity);
    const bool has_low = range.low != nothing_known.low && !is_trivial;
    const bool has_high = range.high != nothing_known.high;
    if (words_of(quantity).kind == fact || (!has_low && !has_high)) return "unknown";
    if (!has_high) return "at least " + value_text(quantity, range.low);
    if (!has_low) return "at most " + value_text(quantity, range.high);
    return "between " + value_text(quantity, range.low) + " and " + value_text(quantity, range.high);
}

std::string limit_text(const Condition& condition)
{
    std::string limit = value_text(condition.quantity, condition.limit);
    if (words_of(condition.quantity).kind == fact) return limit;
    switch (condition.relation) {
    case Relation::below: return "under " + limit;
    case Relation::at_most: return "at most " + limit;
    case Relation::equal: return limit;
    case Relation::at_least: return "at least " + limit;
    case Relation::above: return "above " + limit;
    }
    return limit;
}

std::string comparison_text(const Condition& condition, const Range& range)
{
    if (words_of(condition.quantity).kind == fact)
        return "is it " + value_text(condition.quantity, condition.limit);
    return range_text(condition.quantity, range) + " " + std::string{sign_of(condition.relation)} + " " +
           value_text(condition.quantity, condition.limit);
}

std::string_view word_of(Truth truth)
{
    switch (truth) {
    case Truth::no: return "no";
    case Truth::unknown: return "unknown";
    case Truth::yes: return "yes";
    }
    return "";
}

bool is_size(Quantity quantity)
{
    return quantity <= Quantity::cubes;
}

}  // namespace downstage::criteria
