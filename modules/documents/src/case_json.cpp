#include "case_forms.hpp"
#include "case_lesion.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace downstage::documents {
namespace {

using nlohmann::json;

constexpr std::string_view schema = "downstage.case/1";

[[noreturn]] void refuse(const std::string& why)
{
    throw Error{Errc::input, why};
}

json parsed(const std::string& text)
{
    try {
        return json::parse(text);
    } catch (const json::parse_error& error) {
        // The library's own sentence quotes the text around the fault, which may name the patient.
        const auto until = std::min(error.byte, text.size());
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(until), '\n');
        refuse("line " + std::to_string(line) + ": this is not JSON");
    }
}

/// Runs `read` and puts the place before whatever it refuses.
template <typename Read>
auto at(const std::string& place, const Read& read)
{
    try {
        return read();
    } catch (const Error& error) {
        throw error.within(place);
    }
}

const json& member(const json& object, const char* name)
{
    static const json nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

const json& list(const json& object, const char* name)
{
    const json& value = member(object, name);
    if (!value.is_array()) refuse("field " + std::string{name} + " is missing or no list");
    return value;
}

void must_be_object(const json& value)
{
    if (!value.is_object()) refuse("it is no object");
}

std::string as_field(const std::string& name, const json& value)
{
    if (value.is_null()) return {};
    if (value.is_string()) return trimmed(value.get<std::string>());
    if (value.is_boolean() || value.is_number()) return value.dump();
    refuse("field " + name + " holds a list or an object");
}

/// The plain members of an object; an interval [low, high] of a diameter becomes two fields.
Fields fields_of(const json& object)
{
    constexpr std::string_view interval = "_ci95_mm";
    Fields fields;
    for (const auto& [name, value] : object.items()) {
        if (name.ends_with(interval) && !value.is_null()) {
            if (!value.is_array() || value.size() != 2) refuse("field " + name + " is no [low, high]");
            const std::string stem = name.substr(0, name.size() - interval.size());
            fields[stem + "_low_mm"] = as_field(name, value[0]);
            fields[stem + "_high_mm"] = as_field(name, value[1]);
            continue;
        }
        if (!value.is_structured()) fields[name] = as_field(name, value);
    }
    return fields;
}

Fields clinical_of(const json& object)
{
    const json& clinical = member(object, "clinical");
    if (clinical.is_null()) return {};
    return at("clinical", [&] {
        must_be_object(clinical);
        return fields_of(clinical);
    });
}

CaseLesion lesion_of(const json& object)
{
    must_be_object(object);
    Fields fields = fields_of(object);
    if (const auto id = fields.find("id"); id != fields.end()) fields["lesion_id"] = id->second;
    return case_lesion(FieldReader{fields, Errc::input});
}

std::vector<CaseLesion> lesions_of(const json& visit)
{
    std::vector<CaseLesion> lesions;
    const json& listed = list(visit, "lesions");
    for (std::size_t n = 0; n < listed.size(); ++n)
        at("lesions[" + std::to_string(n) + "]", [&] {
            lesions.push_back(lesion_of(listed[n]));
            check_lesions(lesions);
        });
    return lesions;
}

CaseVisit visit_of(const json& object, const Fields& of_patient)
{
    must_be_object(object);
    const Fields own = fields_of(object);
    const FieldReader fields{own, Errc::input};
    const std::optional<Day> day = fields.date("date");
    if (!day) fields.refuse("date", "is missing");
    CaseVisit visit{.day = *day, .lesions = lesions_of(object)};
    visit.slice_mm = fields.number("slice_thickness_mm", {0.05, 50.0});
    Fields clinical = clinical_of(object);
    clinical.insert(of_patient.begin(), of_patient.end());  // what the visit states itself goes first
    visit.facts = at("clinical", [&] { return clinical_facts(FieldReader{clinical, Errc::input}); });
    return visit;
}

Case case_of(const json& object)
{
    must_be_object(object);
    const json& named = member(object, "patient");
    if (!named.is_object()) refuse("field patient is missing or no object");
    Case patient{.id = as_field("patient.id", member(named, "id"))};
    const Fields clinical = clinical_of(object);
    const json& visits = list(object, "visits");
    for (std::size_t n = 0; n < visits.size(); ++n)
        at("visits[" + std::to_string(n) + "]",
           [&] { patient.visits.push_back(visit_of(visits[n], clinical)); });
    const std::string unit = lower_case(as_field("unit", member(object, "unit")));
    if (!unit.empty() && unit != "mm") refuse("field unit is not mm, the one unit of length here");
    check_case(patient, unit == "mm");
    return patient;
}

std::vector<Case> cases_of_list(const json& listed)
{
    std::vector<Case> cases;
    std::set<std::string> ids;
    for (std::size_t n = 0; n < listed.size(); ++n)
        at("cases[" + std::to_string(n) + "]", [&] {
            cases.push_back(case_of(listed[n]));
            if (!ids.insert(cases.back().id).second) refuse("field patient.id stands there twice");
        });
    if (cases.empty()) refuse("field cases is empty");
    return cases;
}

}  // namespace

std::vector<Case> cases_of_json(const std::string& text)
{
    const json root = parsed(text);
    must_be_object(root);
    if (member(root, "schema") != schema)
        refuse("field schema is not \"" + std::string{schema} + "\", which this program reads");
    if (root.contains("cases")) return cases_of_list(list(root, "cases"));
    return {case_of(root)};
}

}  // namespace downstage::documents
