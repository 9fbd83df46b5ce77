#include "downstage/documents/vectors.hpp"

#include "downstage/core/error.hpp"

#include "vectors_course.hpp"
#include "vectors_field.hpp"
#include "vectors_other.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace downstage::documents {

namespace {

using nlohmann::json;
using Input = decltype(WorkedExample::input);

/// A form of example: how it is known, and how it is read.
struct Form {
    bool (*is_this)(const VectorField& example);
    Input (*read)(const VectorField& example);
};

bool input_has(const VectorField& example, const std::string& name)
{
    return example.has("input") && example.at("input").has(name);
}

bool input_lists_objects(const VectorField& example)
{
    if (!example.has("input") || !example.at("input").is_list()) return false;
    const std::vector<VectorField> entries = example.at("input").list();
    return !entries.empty() && entries.front().is_object();
}

/// Asked in this order.
constexpr std::array forms{
    Form{[](const VectorField& e) { return e.has("criterion"); },
         [](const VectorField& e) -> Input { return criterion_example(e); }},
    Form{[](const VectorField& e) { return e.has("baseline_sum"); },
         [](const VectorField& e) -> Input { return irecist_example(e); }},
    Form{[](const VectorField& e) { return e.has("baseline_viable"); },
         [](const VectorField& e) -> Input { return mrecist_example(e); }},
    Form{[](const VectorField& e) { return e.has("responses"); },
         [](const VectorField& e) -> Input { return sequence_example(e); }},
    Form{[](const VectorField& e) { return e.has("timepoints"); },
         [](const VectorField& e) -> Input { return recist11_example(e); }},
    Form{[](const VectorField& e) { return e.has("current"); },
         [](const VectorField& e) -> Input { return products_example(e); }},
    Form{[](const VectorField& e) { return e.has("terms"); },
         [](const VectorField& e) -> Input { return probability_example(e); }},
    Form{[](const VectorField& e) { return e.has("tables"); },
         [](const VectorField& e) -> Input { return meta_example(e); }},
    Form{[](const VectorField& e) { return e.has("changes"); },
         [](const VectorField& e) -> Input { return waterfall_example(e); }},
    Form{[](const VectorField& e) { return e.has("cm"); },
         [](const VectorField& e) -> Input { return volume_example(e); }},
    Form{input_lists_objects, [](const VectorField& e) -> Input { return selection_example(e); }},
    Form{[](const VectorField& e) { return e.has("input") && e.at("input").is_list(); },
         [](const VectorField& e) -> Input { return volume_change_example(e); }},
    Form{[](const VectorField& e) { return input_has(e, "kind"); },
         [](const VectorField& e) -> Input { return lesion_role_example(e); }},
    Form{[](const VectorField& e) { return input_has(e, "size0"); },
         [](const VectorField& e) -> Input { return choi_example(e); }},
    Form{[](const VectorField& e) { return input_has(e, "mm"); },
         [](const VectorField& e) -> Input { return measurability_example(e); }},
};

Input input_of(const VectorField& example)
{
    const auto* const form = std::ranges::find_if(forms, [&](const Form& f) { return f.is_this(example); });
    if (form == forms.end()) example.refuse("this form of example is not known");
    return form->read(example);
}

FactValue value_of(const json& value)
{
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) return value.get<double>();
    if (value.is_string()) return value.get<std::string>();
    return {};
}

/// Every value below `value` by its path.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the file, and `parsed` refuses deep ones
void flatten(const std::string& path, const json& value, Facts& facts)
{
    if (!value.is_structured()) {
        facts[path] = value_of(value);
        return;
    }
    if (value.is_array()) facts[path + ".count"] = static_cast<double>(value.size());
    std::size_t n = 0;
    for (const auto& [name, entry] : value.items()) {
        flatten(path + "." + (value.is_array() ? std::to_string(n) : name), entry, facts);
        ++n;
    }
}

constexpr std::string_view expect_field = "expect";
constexpr std::string_view our_expect_field = "our_expect";

/// Everything under `expect...`; `our_expect` where it stands.
Facts expected_of(const json& example)
{
    Facts facts;
    if (example.contains(our_expect_field)) {
        flatten(std::string{expect_field}, example[std::string{our_expect_field}], facts);
        return facts;
    }
    for (const auto& [name, value] : example.items())
        if (name.starts_with(expect_field)) flatten(name, value, facts);
    return facts;
}

bool is_example(const json& value)
{
    if (!value.is_object() || !value.contains("id")) return false;
    return std::ranges::any_of(value.items(), [](const auto& member) {
        return member.key().starts_with(expect_field) || member.key() == our_expect_field;
    });
}

/// The other reading of a contested course: the same input with its option, and what it gives then.
WorkedExample alternative_of(const WorkedExample& example, const json& alternative)
{
    WorkedExample other{.file = example.file, .id = example.id + " alt", .input = example.input};
    CourseExample* course = std::get_if<CourseExample>(&other.input);
    const VectorField field{alternative, "alt"};
    if (course == nullptr) field.refuse("another reading is known of courses only");
    course->options = response_options(field.at("options"));
    json rest = alternative;
    rest.erase("options");
    flatten(std::string{expect_field}, rest, other.expected);
    return other;
}

/// The example, and its other reading where it has one.
std::vector<WorkedExample> read_example(const std::string& file, const json& value)
{
    const VectorField field{value, ""};
    WorkedExample example{.file = file, .id = field.at("id").text()};
    example.input = input_of(field);
    example.expected = expected_of(value);
    if (field.has("contested") && field.at("contested").is_text())
        example.contested = field.at("contested").text();
    std::vector<WorkedExample> read{example};
    if (value.contains("alt")) read.push_back(alternative_of(example, value["alt"]));
    return read;
}

void add_example(const std::string& file, const json& value, VectorFile& read)
{
    const json& id = value["id"];
    const std::string name = file + ": " + (id.is_string() ? id.get<std::string>() : id.dump());
    try {
        for (WorkedExample& example : read_example(file, value))
            read.examples.push_back(std::move(example));
    } catch (const Error& error) {
        read.unreadable.emplace_back(error.within(name).what());
    } catch (const json::exception&) {
        read.unreadable.push_back(name + ": a value has another kind than the form wants");
    }
}

/// Examples wherever they stand: a list at the top, or lists in an object, however deep.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the file, and `parsed` refuses deep ones
void add_all(const std::string& file, const json& value, VectorFile& read)
{
    if (is_example(value)) {
        add_example(file, value, read);
        return;
    }
    if (!value.is_structured()) return;
    for (const json& entry : value)
        add_all(file, entry, read);
}

json parsed(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    if (!in || std::filesystem::is_directory(file)) throw Error{Errc::usage, "it cannot be opened"};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    constexpr int deepest = 32;  // far below what would exhaust the stack
    const auto is_shallow = [](int depth, json::parse_event_t, const json&) {
        if (depth > deepest) throw Error{Errc::usage, "it is nested too deep"};
        return true;
    };
    try {
        return json::parse(text, is_shallow);
    } catch (const json::parse_error& error) {
        const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
        throw Error{Errc::usage,
                    "line " + std::to_string(1 + std::count(text.begin(), end, '\n')) + ": this is not JSON"};
    }
}

}  // namespace

std::vector<std::filesystem::path> vector_files(const std::filesystem::path& folder)
{
    if (!std::filesystem::is_directory(folder))
        throw Error{Errc::usage, "there is no folder " + folder.string() + "; give a folder of .json files"};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    if (files.empty())
        throw Error{Errc::usage, "the folder " + folder.string() + " holds no .json file of examples"};
    std::ranges::sort(files);
    return files;
}

VectorFile read_vectors(const std::filesystem::path& file)
{
    try {
        VectorFile read;
        add_all(file.filename().string(), parsed(file), read);
        if (read.examples.empty() && read.unreadable.empty())
            throw Error{Errc::usage, "it holds no example with an id and an expect"};
        return read;
    } catch (const Error& error) {
        throw error.within(file.string());
    }
}

}  // namespace downstage::documents
