#include "run_phantom.hpp"

#include "folder_to_be.hpp"
#include "scene_file.hpp"
#include "study_files.hpp"
#include "truth_file.hpp"

namespace downstage::phantom_app {

void run_phantom(const PhantomOptions& options)
{
    const SceneFile file = read_scene(options.scene);
    const FolderToBe folder{options.out};
    write_study(file, folder.beside(), options.workers);
    write_truth({.truth = phantom::truth_of(file.scene),
                 .scene = file.scene.name,
                 .base = {},
                 .liver_source = "formula",
                 .known = {}},
                folder.beside() / "truth.json");
    folder.move_to_place();
}

}  // namespace downstage::phantom_app
