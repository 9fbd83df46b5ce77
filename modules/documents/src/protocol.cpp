#include "downstage/documents/protocol.hpp"

#include "text_file.hpp"
#include "value.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::documents {
namespace {

constexpr std::string_view schema = "downstage.protocol/1";

template <typename Value, std::size_t count>
using Words = std::array<std::pair<std::string_view, Value>, count>;

constexpr Words<Response, 3> response_words{
    {{"CR", Response::complete}, {"PR", Response::partial}, {"SD", Response::stable}}};
constexpr Words<ChildClass, 3> child_words{
    {{"A", ChildClass::a}, {"B", ChildClass::b}, {"C", ChildClass::c}}};
constexpr Words<ResponseRule, 2> rule_words{
    {{"recist_1_1", ResponseRule::recist_1_1}, {"mrecist", ResponseRule::mrecist}}};

constexpr std::array<std::string_view, 19> known_fields{"schema",
                                                        "name",
                                                        "title",
                                                        "source",
                                                        "min_cycles",
                                                        "response_rule",
                                                        "responses",
                                                        "hold_weeks",
                                                        "size_rule",
                                                        "child_pugh",
                                                        "max_ecog",
                                                        "no_extrahepatic_disease",
                                                        "no_macrovascular_invasion",
                                                        "remnant",
                                                        "remnant_cirrhosis_percent",
                                                        "remnant_normal_percent",
                                                        "icg_r15_below_percent",
                                                        "r0_feasible",
                                                        "min_days_since_immunotherapy"};

[[noreturn]] void refuse(std::string_view field, const std::string& why)
{
    throw Error{Errc::usage, "field " + std::string{field} + " " + why};
}

template <typename Value, std::size_t count>
Value value_of(std::string_view field, const Json& word, const Words<Value, count>& words)
{
    std::string known;
    for (const auto& [name, value] : words) {
        if (word.is_string() && word.get<std::string>() == name) return value;
        known += (known.empty() ? "" : ", ") + std::string{name};
    }
    refuse(field, "is none of " + known);
}

template <typename Value, std::size_t count>
std::string_view word_of(Value value, const Words<Value, count>& words)
{
    return std::ranges::find(words, value, &std::pair<std::string_view, Value>::second)->first;
}

/// Takes over one field after another; a field that is not there leaves the default.
class Taker {
public:
    explicit Taker(const Json& object) : object_{object} {}

    void text(std::string_view field, std::string& into) const
    {
        take(field, [&](const Json& value) {
            if (!value.is_string()) refuse(field, "is no text");
            into = value.get<std::string>();
        });
    }
    void truth(std::string_view field, bool& into) const
    {
        take(field, [&](const Json& value) {
            if (!value.is_boolean()) refuse(field, "is neither true nor false");
            into = value.get<bool>();
        });
    }
    void number(std::string_view field, double most, double& into) const
    {
        take(field, [&](const Json& value) { into = checked(field, value, most); });
    }
    void number(std::string_view field, double most, std::optional<double>& into) const
    {
        take(field, [&](const Json& value) {
            into = value.is_null() ? std::nullopt : std::optional{checked(field, value, most)};
        });
    }
    void whole(std::string_view field, std::int32_t most, std::int32_t& into) const
    {
        take(field, [&](const Json& value) { into = checked_whole(field, value, most); });
    }
    void whole(std::string_view field, std::int32_t most, std::optional<std::int32_t>& into) const
    {
        take(field, [&](const Json& value) {
            into = value.is_null() ? std::nullopt : std::optional{checked_whole(field, value, most)};
        });
    }
    template <typename Value, std::size_t count>
    void words(std::string_view field, const Words<Value, count>& known, std::vector<Value>& into) const
    {
        take(field, [&](const Json& value) {
            into.clear();
            if (value.is_null()) return;
            if (!value.is_array()) refuse(field, "is no list");
            for (const Json& word : value)
                into.push_back(value_of(field, word, known));
        });
    }
    template <typename Use>
    void take(std::string_view field, const Use& use) const
    {
        const auto found = object_.find(std::string{field});
        if (found != object_.end()) use(*found);
    }

private:
    static double checked(std::string_view field, const Json& value, double most)
    {
        if (!value.is_number()) refuse(field, "is no number");
        const double number = value.get<double>();
        if (!(number >= 0.0 && number <= most))
            refuse(field, "is not between 0 and " + std::to_string(std::lround(most)));
        return number;
    }
    static std::int32_t checked_whole(std::string_view field, const Json& value, std::int32_t most)
    {
        if (!value.is_number_integer()) refuse(field, "is no whole number");
        return static_cast<std::int32_t>(checked(field, value, most));
    }

    const Json& object_;
};

/// The criteria by which size and number can be asked; `criteria` applies them by these names.
constexpr std::array<std::string_view, 21> size_rules{
    "milan_strict", "milan_acs",  "milan",           "ucsf",    "up_to_seven", "metroticket2", "optn_t2",
    "unos_ds",      "all_comers", "unos_ds_success", "toronto", "ttv115",      "french_afp",   "kyoto",
    "asan",         "hangzhou",   "japan_555",       "samsung", "cun",         "onaca",        "tokyo"};

void take_size_rule(const Taker& taker, ConversionProtocol& protocol)
{
    taker.take("size_rule", [&](const Json& value) {
        if (value.is_null()) {
            protocol.size_rule.reset();
            return;
        }
        const std::string name = value.is_string() ? value.get<std::string>() : std::string{};
        if (std::ranges::find(size_rules, name) == size_rules.end())
            refuse("size_rule", "is no criterion of docs/criteria.md, e.g. milan_strict or ucsf");
        protocol.size_rule = name;
    });
}

void check_fields(const Json& object)
{
    if (!object.is_object()) throw Error{Errc::usage, "it is no JSON object"};
    for (const auto& [name, value] : object.items())
        if (name != "max_afp_ng_ml" && std::ranges::find(known_fields, name) == known_fields.end())
            refuse(name, "is none that a protocol has; docs/schema/protocol.schema.json lists them");
    if (object.value("schema", "") != schema) refuse("schema", "is not \"" + std::string{schema} + "\"");
}

ConversionProtocol protocol_of(const Json& object)
{
    check_fields(object);
    ConversionProtocol protocol;
    const Taker taker{object};
    constexpr std::int32_t most_weeks = 520;
    taker.text("name", protocol.name);
    taker.text("title", protocol.title);
    taker.text("source", protocol.source);
    taker.whole("min_cycles", 100, protocol.min_cycles);
    taker.take("response_rule", [&](const Json& value) {
        protocol.response_rule = value_of("response_rule", value, rule_words);
    });
    taker.words("responses", response_words, protocol.responses);
    taker.whole("hold_weeks", most_weeks, protocol.hold_weeks);
    take_size_rule(taker, protocol);
    taker.words("child_pugh", child_words, protocol.child_pugh);
    taker.whole("max_ecog", 4, protocol.max_ecog);
    taker.truth("no_extrahepatic_disease", protocol.no_extrahepatic_disease);
    taker.truth("no_macrovascular_invasion", protocol.no_macrovascular_invasion);
    taker.truth("remnant", protocol.remnant);
    taker.number("remnant_cirrhosis_percent", 100.0, protocol.remnant_cirrhosis_percent);
    taker.number("remnant_normal_percent", 100.0, protocol.remnant_normal_percent);
    taker.number("icg_r15_below_percent", 100.0, protocol.icg_r15_below_percent);
    taker.truth("r0_feasible", protocol.r0_feasible);
    taker.whole("min_days_since_immunotherapy", 7 * most_weeks, protocol.min_days_since_immunotherapy);
    taker.number("max_afp_ng_ml", 1e8, protocol.max_afp_ng_ml);
    return protocol;
}

Json parsed(const std::string& text)
{
    try {
        return Json::parse(text);
    } catch (const Json::parse_error&) {
        throw Error{Errc::usage, "it is not JSON"};
    }
}

template <typename T>
Json or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

}  // namespace

ConversionProtocol read_protocol(const std::filesystem::path& file)
{
    try {
        return protocol_of(parsed(text_of_file(file, Errc::usage)));
    } catch (const Error& error) {
        throw error.within("the protocol " + file.string());
    }
}

std::string protocol_json(const ConversionProtocol& protocol)
{
    Json responses = Json::array();
    for (const Response response : protocol.responses)
        responses.push_back(word_of(response, response_words));
    Json classes = Json::array();
    for (const ChildClass child : protocol.child_pugh)
        classes.push_back(word_of(child, child_words));
    const Json object{{"schema", schema},
                      {"name", protocol.name},
                      {"title", protocol.title},
                      {"source", protocol.source},
                      {"min_cycles", or_null(protocol.min_cycles)},
                      {"response_rule", word_of(protocol.response_rule, rule_words)},
                      {"responses", responses},
                      {"hold_weeks", protocol.hold_weeks},
                      {"size_rule", or_null(protocol.size_rule)},
                      {"child_pugh", classes},
                      {"max_ecog", or_null(protocol.max_ecog)},
                      {"no_extrahepatic_disease", protocol.no_extrahepatic_disease},
                      {"no_macrovascular_invasion", protocol.no_macrovascular_invasion},
                      {"remnant", protocol.remnant},
                      {"remnant_cirrhosis_percent", protocol.remnant_cirrhosis_percent},
                      {"remnant_normal_percent", protocol.remnant_normal_percent},
                      {"icg_r15_below_percent", or_null(protocol.icg_r15_below_percent)},
                      {"r0_feasible", protocol.r0_feasible},
                      {"min_days_since_immunotherapy", or_null(protocol.min_days_since_immunotherapy)},
                      {"max_afp_ng_ml", or_null(protocol.max_afp_ng_ml)}};
    return object.dump(2) + "\n";
}

}  // namespace downstage::documents
