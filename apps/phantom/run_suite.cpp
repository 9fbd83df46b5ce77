#include "run_suite.hpp"

#include "downstage/core/error.hpp"
#include "downstage/phantom/noise.hpp"

#include "case_files.hpp"
#include "folder_to_be.hpp"
#include "json_file.hpp"
#include "ranges.hpp"
#include "suite_files.hpp"

#include <fstream>
#include <optional>
#include <string>

namespace downstage::phantom_app {

namespace {

using nlohmann::json;

/// Scenes that are alike: `count` of them, each drawn anew.
struct SceneRange {
    std::string name, kind;
    std::int32_t count{1};
    json scene;
};

struct SceneSuite {
    std::string name;
    std::uint64_t seed{1};
    std::vector<SceneRange> ranges;
};

SceneRange range_of(const Field& field, const json& value, const json& common)
{
    field.check_members({"name", "kind", "count", "scene"});
    SceneRange range{.name = field.at("name").text(),
                     .kind = field.at("kind").word<std::string>(
                         {{"phantom", "phantom"}, {"healthy", "healthy"}, {"mr", "mr"}}),
                     .scene = common};
    take(field, "count", range.count, &Field::whole);
    range.scene.merge_patch(value.at("scene"));
    return range;
}

SceneSuite read_suite(const std::filesystem::path& file)
{
    return read_json<SceneSuite>(file, [](const Field& root, const JsonText& text) {
        root.check_members({"$schema", "name", "seed", "common", "cases"});
        SceneSuite suite{.name = root.at("name").text(), .ranges = {}};
        take(root, "seed", suite.seed, &Field::whole);
        const json common = text.document.value("common", json::object());
        const std::vector<Field> cases = root.at("cases").items();
        for (std::size_t n = 0; n < cases.size(); ++n) {
            static_cast<void>(cases[n].at("scene").members());
            suite.ranges.push_back(range_of(cases[n], text.document.at("cases").at(n), common));
        }
        return suite;
    });
}

/// The scene with numbers for its ranges. Drawn again where a lesion finds no room.
SceneFile
drawn_scene(const SceneRange& range, const std::string& name, std::uint64_t seed, const ShapeFolder* shapes)
{
    constexpr std::uint64_t tries = 20;
    std::string lacks_room;
    for (std::uint64_t n = 0; n < tries; ++n) {
        json scene = drawn(range.scene, phantom::mixed(seed ^ n));
        scene["name"] = name;
        SceneFile file = scene_of(Field{scene, ""}, scene.dump(2), shapes);
        if (file.lacks_room.empty()) return file;
        lacks_room = file.lacks_room;
    }
    throw Error{Errc::usage, lacks_room};
}

void write_text(const std::string& text, const std::filesystem::path& file)
{
    std::ofstream out{file, std::ios::binary};
    out << text << '\n';
    out.close();
    if (!out) throw Error{Errc::output, "cannot write " + file.string()};
}

}  // namespace

void run_suite(const SuiteOptions& options)
{
    const SceneSuite suite = read_suite(options.suite);
    std::optional<ShapeFolder> shapes;
    if (!options.shapes.empty()) shapes.emplace(options.shapes, std::vector<std::int32_t>{});
    const FolderToBe folder{options.out};
    std::vector<SuiteCase> cases;
    for (const SceneRange& range : suite.ranges)
        for (std::int32_t n = 1; n <= range.count; ++n) {
            const std::string name = range.name + "-" + std::to_string(n);
            const std::uint64_t seed = phantom::mixed(suite.seed ^ (cases.size() << 32U));
            try {
                const SceneFile file = drawn_scene(range, name, seed, shapes ? &*shapes : nullptr);
                const std::filesystem::path place = folder.beside() / name;
                write_case(file, place, place / "study", options.workers);
                write_text(file.text, place / "scene.json");
            } catch (const Error& failure) {
                throw failure.within(name);
            }
            cases.push_back({.name = name, .kind = range.kind, .base = {}});
        }
    write_index(suite.name, cases, folder.beside());
    folder.move_to_place();
}

}  // namespace downstage::phantom_app
