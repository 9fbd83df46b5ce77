#include "read_sizes.hpp"

#include "downstage/criteria/child_pugh.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::criteria {

namespace {

/// No liver lesion is larger; keeps the sums of an unknown size far from overflow.
constexpr double largest_thinkable_mm = 500.0;

std::string name_of(const SizedLesion& lesion, std::size_t n)
{
    return lesion.name.empty() ? "lesion " + std::to_string(n + 1) : lesion.name;
}

const std::optional<LesionSize>& whole_size(const SizedLesion& lesion)
{
    return lesion.any_plane ? lesion.any_plane : lesion.axial;
}

ReadLesion with_size(std::string name, const std::optional<LesionSize>& size)
{
    return {.name = std::move(name),
            .measured = size,
            .highest_mm = size ? size->diameter_mm : largest_thinkable_mm};
}

ReadLesions read_whole(const EligibilityInput& input)
{
    ReadLesions read;
    std::size_t any_plane = 0;
    for (std::size_t n = 0; n < input.lesions.size(); ++n) {
        const SizedLesion& lesion = input.lesions[n];
        if (lesion.any_plane) ++any_plane;
        read.lesions.push_back(with_size(name_of(lesion, n), whole_size(lesion)));
    }
    if (any_plane == input.lesions.size())
        read.size_read = "whole lesion, longest in any plane";
    else if (any_plane == 0)
        read.size_read = "whole lesion, longest axial diameter";
    else
        read.size_read = "whole lesion, longest in any plane where given, else axial";
    return read;
}

ReadLesions read_viable(const EligibilityInput& input)
{
    ReadLesions read{.size_read = "viable part, longest diameter, after treatment"};
    for (std::size_t n = 0; n < input.lesions.size(); ++n) {
        const SizedLesion& lesion = input.lesions[n];
        if (lesion.viable && to_tenths(lesion.viable->diameter_mm) == 0) continue;  // RULES.md 6.6
        ReadLesion one = with_size(name_of(lesion, n), lesion.viable);
        const std::optional<LesionSize>& whole = whole_size(lesion);
        if (!lesion.viable && whole) one.highest_mm = whole->diameter_mm;
        read.lesions.push_back(std::move(one));
    }
    return read;
}

Range range_of(const ReadLesion& lesion, SizeRounding rounding)
{
    const auto rounded = [rounding](double length_mm) -> std::int64_t {
        switch (rounding) {
        case SizeRounding::whole_mm: return 10 * std::llround(length_mm);
        case SizeRounding::raw: return std::llround(length_mm * 10.0 * raw_units_per_tenth);
        case SizeRounding::tenths: break;
        }
        return to_tenths(length_mm);
    };
    const std::int64_t high = rounded(lesion.highest_mm);
    return lesion.measured ? exactly(high) : Range{.low = 0, .high = high};
}

void set_fact(Findings& findings, Quantity quantity, const std::optional<bool>& fact)
{
    findings.set(quantity, fact ? exactly(*fact ? 1 : 0) : Range{.low = 0, .high = 1});
}

void set_number(Findings& findings, Quantity quantity, const std::optional<double>& value)
{
    if (value) findings.set(quantity, exactly(to_tenths(*value)));
}

template <typename Grade>
void set_grade(Findings& findings, Quantity quantity, const std::optional<Grade>& grade, std::int64_t first)
{
    if (grade) findings.set(quantity, exactly(static_cast<std::int64_t>(*grade) + first));
}

}  // namespace

ReadLesions read_sizes(const EligibilityInput& input, SizeRead reads)
{
    const bool viable = reads == SizeRead::viable_if_treated && was_treated(input.facts) == true;
    ReadLesions read = viable ? read_viable(input) : read_whole(input);
    const bool all_measured =
        std::ranges::all_of(read.lesions, [](const ReadLesion& one) { return one.measured.has_value(); });
    if (!all_measured) read.missing.emplace_back(viable ? "viable_diameter_mm" : "longest_diameter_mm");
    std::ranges::stable_sort(read.lesions, std::greater{}, &ReadLesion::highest_mm);
    return read;
}

void set_sizes(Findings& findings, std::span<const Range> sizes)
{
    const auto count = static_cast<std::int64_t>(sizes.size());
    Range largest{.low = 0, .high = 0};
    Range smallest = sizes.empty() ? exactly(0) : sizes.front();
    Range sum = exactly(0);
    Range cubes = exactly(0);
    for (const Range& size : sizes) {
        largest = {.low = std::max(largest.low, size.low), .high = std::max(largest.high, size.high)};
        smallest = {.low = std::min(smallest.low, size.low), .high = std::min(smallest.high, size.high)};
        sum = {.low = sum.low + size.low, .high = sum.high + size.high};
        cubes = {.low = cubes.low + size.low * size.low * size.low,
                 .high = cubes.high + size.high * size.high * size.high};
    }
    const std::int64_t number_as_length = count * 100 * findings.units_per_tenth();  // 1 cm for each lesion
    findings.set(Quantity::count, exactly(count));
    findings.set(Quantity::largest, largest);
    findings.set(Quantity::smallest, smallest);
    findings.set(Quantity::sum, sum);
    findings.set(Quantity::cubes, cubes);
    findings.set(Quantity::largest_plus_count,
                 {.low = largest.low + number_as_length, .high = largest.high + number_as_length});
}

Findings findings_of(const ClinicalFacts& facts)
{
    Findings findings;
    set_fact(findings, Quantity::macrovascular_invasion, facts.macrovascular_invasion);
    set_fact(findings, Quantity::extrahepatic_disease, facts.extrahepatic_disease);
    // A large vessel is a vessel, and disease outside the liver is where metastases are.
    set_fact(findings,
             Quantity::vascular_invasion,
             facts.macrovascular_invasion == true ? facts.macrovascular_invasion : facts.vascular_invasion);
    const bool is_confined = facts.extrahepatic_disease == false;
    set_fact(findings,
             Quantity::nodal_metastasis,
             is_confined ? facts.extrahepatic_disease : facts.nodal_metastasis);
    set_fact(findings,
             Quantity::distant_metastasis,
             is_confined ? facts.extrahepatic_disease : facts.distant_metastasis);
    set_fact(findings, Quantity::major_branch_invasion, facts.major_branch_invasion);
    set_fact(findings, Quantity::adjacent_organ_invasion, facts.adjacent_organ_invasion);
    set_fact(findings, Quantity::infiltrative_growth, facts.infiltrative_growth);
    set_fact(findings, Quantity::tumour_symptoms, facts.tumour_symptoms);
    set_fact(findings, Quantity::transplantable, facts.transplantable);
    set_fact(findings, Quantity::locoregional_therapy, facts.locoregional_therapy);
    set_number(findings, Quantity::afp, facts.afp_ng_ml);
    set_number(findings, Quantity::afp_peak, facts.afp_peak_ng_ml);
    set_number(findings, Quantity::dcp, facts.dcp_mau_ml);
    set_grade(findings, Quantity::edmondson, facts.edmondson_grade, 0);
    set_grade(findings, Quantity::differentiation, facts.differentiation, 1);
    set_grade(findings, Quantity::ecog, facts.ecog, 0);
    set_grade(findings, Quantity::child, child_class(facts), 1);
    // The peak was at least what is measured today.
    if (facts.afp_ng_ml && !facts.afp_peak_ng_ml)
        findings.set(Quantity::afp_peak, {.low = to_tenths(*facts.afp_ng_ml)});
    return findings;
}

Findings findings_of(const ReadLesions& read, const ClinicalFacts& facts, SizeRounding rounding)
{
    Findings findings = findings_of(facts);
    if (rounding == SizeRounding::raw) findings.set_units_per_tenth(raw_units_per_tenth);
    std::vector<Range> sizes;
    sizes.reserve(read.lesions.size());
    for (const ReadLesion& lesion : read.lesions)
        sizes.push_back(range_of(lesion, rounding));
    set_sizes(findings, sizes);
    return findings;
}

}  // namespace downstage::criteria
