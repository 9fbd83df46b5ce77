#include "downstage/documents/clinical.hpp"

#include "downstage/core/error.hpp"

#include "clinical_fields.hpp"
#include "csv.hpp"
#include "text_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace downstage::documents {
namespace {

using nlohmann::json;

constexpr std::string_view white_space = " \t\r\n";

[[noreturn]] void refuse(const std::string& why)
{
    throw Error{Errc::usage, why};
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

/// A JSON value as it would stand in a CSV file.
std::string as_field(const std::string& name, const json& value)
{
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean() || value.is_number()) return value.dump();
    refuse("field " + name + " holds a list or an object; wanted is true, false or null");
}

constexpr std::string_view id_field = "patient_id";

bool is_read_here(std::string_view name)
{
    return name == id_field || is_clinical_field(name);
}

Fields fields_of_json(const std::string& text, const std::string& patient_id)
{
    const json object = parsed(text);
    if (!object.is_object())
        refuse("its JSON is not an object; wanted is { \"macrovascular_invasion\": false, ... }");
    Fields fields;
    for (const auto& [name, value] : object.items())
        if (is_read_here(name)) fields[name] = trimmed(as_field(name, value));
    const auto id = fields.find(std::string{id_field});
    if (id != fields.end() && !id->second.empty() && id->second != patient_id)
        refuse("field patient_id names another patient than the images do");
    return fields;
}

std::vector<std::string> header_names(const CsvRecord& header)
{
    std::vector<std::string> names;
    for (const std::string& field : header.fields) {
        std::string name = lower_case(trimmed(field));
        if (name.find(';') != std::string::npos)
            refuse("line 1: the columns are set apart by semicolons; use commas");
        if (is_read_here(name) && std::ranges::count(names, name) != 0)
            refuse("line 1: the column " + name + " stands there twice");
        names.push_back(std::move(name));
    }
    return names;
}

Fields fields_of_record(const std::vector<std::string>& names, const CsvRecord& record)
{
    if (record.fields.size() != names.size())
        refuse("line " + std::to_string(record.line) + " has " + std::to_string(record.fields.size()) +
               " fields, the header has " + std::to_string(names.size()));
    Fields fields;
    for (std::size_t n = 0; n < names.size(); ++n)
        if (is_read_here(names[n])) fields[names[n]] = trimmed(record.fields[n]);
    return fields;
}

/// The one record of this patient; its fields and where they stand.
std::pair<Fields, std::size_t> fields_of_csv(const std::string& text, const std::string& patient_id)
{
    const std::vector<CsvRecord> records = parse_csv(text);
    if (records.size() < 2) refuse("it needs a header line and a line for the patient");
    const std::vector<std::string> names = header_names(records.front());
    const bool has_ids = std::ranges::count(names, id_field) != 0;
    if (!has_ids && records.size() > 2)
        refuse("it has several rows and no column patient_id to choose one by");

    std::vector<std::pair<Fields, std::size_t>> of_patient;
    for (std::size_t n = 1; n < records.size(); ++n) {
        Fields fields = fields_of_record(names, records[n]);
        if (!has_ids || fields.at(std::string{id_field}) == patient_id)
            of_patient.emplace_back(std::move(fields), records[n].line);
    }
    if (of_patient.empty()) refuse("no row has the patient_id of the images");
    if (of_patient.size() > 1)
        refuse("lines " + std::to_string(of_patient[0].second) + " and " +
               std::to_string(of_patient[1].second) + " are both of this patient");
    return of_patient.front();
}

ClinicalFacts facts_of(const Fields& fields)
{
    return clinical_facts(FieldReader{fields, Errc::usage});
}

ClinicalFacts facts_of_csv(const std::string& text, const std::string& patient_id)
{
    const auto [fields, line] = fields_of_csv(text, patient_id);
    try {
        return facts_of(fields);
    } catch (const Error& error) {
        throw error.within("line " + std::to_string(line));
    }
}

ClinicalFacts facts_of_text(const std::string& text, const std::string& patient_id)
{
    const std::size_t first = text.find_first_not_of(white_space);
    const bool is_json = text[first] == '{' || text[first] == '[';
    return is_json ? facts_of(fields_of_json(text, patient_id)) : facts_of_csv(text, patient_id);
}

}  // namespace

ClinicalFacts read_clinical(const std::filesystem::path& file, const std::string& patient_id)
{
    try {
        return facts_of_text(text_of_file(file, Errc::usage), patient_id);
    } catch (const Error& error) {
        throw error.within("the clinical file " + file.string());
    }
}

}  // namespace downstage::documents
