#include "case_forms.hpp"
#include "case_lesion.hpp"
#include "csv.hpp"

#include <algorithm>

namespace downstage::documents {
namespace {

constexpr std::string_view id_column = "patient_id";
constexpr std::string_view date_column = "date";
constexpr std::string_view lesion_column = "lesion_id";

[[noreturn]] void refuse(const std::string& why)
{
    throw Error{Errc::input, why};
}

struct Row {
    std::size_t line{};
    Fields fields;
};

/// One patient while rows are read.
struct OpenCase {
    Case patient;
    Fields clinical;  ///< of the last visit, to see contradictions
    std::size_t first_line{};
    bool unit_is_stated{};
};

std::vector<std::string> names_of(const CsvRecord& header)
{
    std::vector<std::string> names;
    for (const std::string& field : header.fields) {
        std::string name = lower_case(trimmed(field));
        if (name.find(';') != std::string::npos)
            refuse("line 1: the columns are set apart by semicolons; use commas");
        if (!name.empty() && std::ranges::count(names, name) != 0)
            refuse("line 1: the column " + name + " stands there twice");
        names.push_back(std::move(name));
    }
    for (const std::string_view needed : {date_column, lesion_column})
        if (std::ranges::count(names, needed) == 0)
            refuse("line 1: there is no column " + std::string{needed});
    return names;
}

Row row_of(const std::vector<std::string>& names, const CsvRecord& record)
{
    if (record.fields.size() != names.size())
        refuse("line " + std::to_string(record.line) + " has " + std::to_string(record.fields.size()) +
               " fields, the header has " + std::to_string(names.size()) +
               "; a decimal comma outside quotation marks makes two fields of one");
    Row row{.line = record.line};
    for (std::size_t n = 0; n < names.size(); ++n)
        row.fields[names[n]] = trimmed(record.fields[n]);
    return row;
}

Fields clinical_of(const Fields& fields)
{
    Fields clinical;
    for (const auto& [name, value] : fields)
        if (is_clinical_field(name) && !value.empty()) clinical.insert({name, value});
    return clinical;
}

/// Clinical values may stand in any row of a visit; two that differ are refused.
void merge(Fields& known, const Fields& more)
{
    for (const auto& [name, value] : more) {
        const auto [place, is_new] = known.insert({name, value});
        if (!is_new && place->second != value)
            refuse("field " + name + " differs from another row of the same visit");
    }
}

void add_visit(OpenCase& open, Day day)
{
    open.patient.visits.push_back({.day = day});
    open.clinical.clear();
}

void add_row(OpenCase& open, const Row& row)
{
    const FieldReader fields{row.fields, Errc::input};
    const std::optional<Day> day = fields.date(date_column);
    if (!day) fields.refuse(date_column, "is missing");
    std::vector<CaseVisit>& visits = open.patient.visits;
    if (!visits.empty() && *day < visits.back().day)
        fields.refuse(date_column,
                      "is " + date_text(*day) + ", before " + date_text(visits.back().day) +
                          " of a row above; the first visit is baseline, and no follow-up is before it");
    if (visits.empty() || *day > visits.back().day) add_visit(open, *day);
    CaseVisit& visit = visits.back();
    merge(open.clinical, clinical_of(row.fields));
    visit.facts = clinical_facts(FieldReader{open.clinical, Errc::input});
    if (const auto slice = fields.number("slice_thickness_mm", {0.05, 50.0})) visit.slice_mm = slice;
    if (const auto unit = fields.text("unit")) {
        if (lower_case(*unit) != "mm") fields.refuse("unit", "is not mm, the one unit of length here");
        open.unit_is_stated = true;
    }
    if (!fields.text(lesion_column)) return;  // a visit at which there is no lesion
    visit.lesions.push_back(case_lesion(fields));
    check_lesions(visit.lesions);
}

OpenCase& case_of(std::vector<OpenCase>& cases, const Row& row, const std::string& id)
{
    // The rows of a patient stand together in most files, so the search begins at the end.
    const auto known = std::find_if(
        cases.rbegin(), cases.rend(), [&](const OpenCase& open) { return open.patient.id == id; });
    if (known != cases.rend()) return *known;
    cases.push_back({.patient = {.id = id}, .first_line = row.line});
    return cases.back();
}

void take(std::vector<OpenCase>& cases, const Row& row, bool has_ids)
{
    const FieldReader fields{row.fields, Errc::input};
    const std::optional<std::string> id = fields.text(id_column);
    if (has_ids && !id) fields.refuse(id_column, "is missing");
    add_row(case_of(cases, row, id.value_or("")), row);
}

}  // namespace

std::vector<Case> cases_of_csv(const std::string& text)
{
    const std::vector<CsvRecord> records = parse_csv(text);
    if (records.empty()) refuse("it needs a header line and a row for each lesion and visit");
    const std::vector<std::string> names = names_of(records.front());
    if (records.size() < 2) refuse("it has a header line, but no row");
    const bool has_ids = std::ranges::count(names, id_column) != 0;

    std::vector<OpenCase> open;
    for (std::size_t n = 1; n < records.size(); ++n) {
        const Row row = row_of(names, records[n]);
        try {
            take(open, row, has_ids);
        } catch (const Error& error) {
            throw error.within("line " + std::to_string(row.line));
        }
    }
    std::vector<Case> cases;
    cases.reserve(open.size());
    for (OpenCase& one : open) {
        try {
            check_case(one.patient, one.unit_is_stated);
        } catch (const Error& error) {
            throw error.within("the patient whose rows begin at line " + std::to_string(one.first_line));
        }
        cases.push_back(std::move(one.patient));
    }
    return cases;
}

}  // namespace downstage::documents
