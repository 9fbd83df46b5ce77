#pragma once

#include "downstage/core/error.hpp"

#include "field.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace downstage::phantom_app {

struct JsonText {
    std::string text;  ///< the whole file
    nlohmann::json document;
};

/// Throws `Error{usage}` without the file's name.
[[nodiscard]] JsonText parse_json_file(const std::filesystem::path& file);

/// What `read(Field, JsonText)` makes of a file. Throws `Error{usage}` that names the file.
template <typename T, typename Read>
[[nodiscard]] T read_json(const std::filesystem::path& file, Read read)
{
    try {
        const JsonText json = parse_json_file(file);
        return read(Field{json.document, ""}, json);
    } catch (const Error& failure) {
        throw failure.within(file.string());
    }
}

}  // namespace downstage::phantom_app
