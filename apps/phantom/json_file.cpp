#include "json_file.hpp"

#include <fstream>
#include <iterator>

namespace downstage::phantom_app {

namespace {

std::string whole_text(const std::filesystem::path& path)
{
    if (std::filesystem::is_directory(path)) throw Error{Errc::usage, "is a folder, not a scene"};
    std::ifstream in{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in.is_open() || in.bad()) throw Error{Errc::usage, "cannot be read"};
    return text;
}

}  // namespace

JsonText parse_json_file(const std::filesystem::path& file)
{
    JsonText json{.text = whole_text(file), .document = {}};
    try {
        json.document = nlohmann::json::parse(json.text);
    } catch (const nlohmann::json::parse_error& failure) {
        throw Error{Errc::usage, "no JSON from byte " + std::to_string(failure.byte) + " on"};
    }
    return json;
}

}  // namespace downstage::phantom_app
