#include "run_phantom.hpp"

#include "case_files.hpp"
#include "folder_to_be.hpp"
#include "scene_file.hpp"
#include "shape_folder.hpp"

#include <optional>

namespace downstage::phantom_app {

void run_phantom(const PhantomOptions& options)
{
    std::optional<ShapeFolder> shapes;
    if (!options.shapes.empty()) shapes.emplace(options.shapes, std::vector<std::int32_t>{});
    const SceneFile file = read_scene(options.scene, shapes ? &*shapes : nullptr);
    const FolderToBe folder{options.out};
    write_case(file, folder.beside(), folder.beside(), options.workers);
    folder.move_to_place();
}

}  // namespace downstage::phantom_app
