#include "run_painted.hpp"

#include "downstage/core/error.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/phantom/noise.hpp"

#include "folder_to_be.hpp"
#include "paint_study.hpp"
#include "suite_files.hpp"

#include <optional>
#include <string>
#include <utility>

namespace downstage::phantom_app {

namespace {

/// Writes the cases of one suite.
class PaintedRun {
public:
    PaintedRun(const PaintedOptions& options, const PaintedSuite& suite, std::filesystem::path folder)
        : options_{options}, suite_{suite}, folder_{std::move(folder)}
    {
        if (!options.shapes.empty()) shapes_.emplace(options.shapes, suite.shape_cases);
    }

    void add(const PaintedBase& base, std::uint64_t base_seed)
    {
        const BaseStudy study = read(base);
        write(base, base.name + "-unpainted", "healthy", paint_study(study, {}, {.known = {}}));
        for (std::int32_t n = 1; n <= base.studies; ++n) {
            const std::uint64_t seed = phantom::mixed(base_seed ^ static_cast<std::uint64_t>(n));
            const PaintOptions paint{
                .shapes = shapes_ ? &*shapes_ : nullptr, .known = base.known, .seed = seed};
            write(base,
                  base.name + "-" + std::to_string(n),
                  "painted",
                  paint_study(study, draw_lesions(suite_, seed), paint));
        }
    }

    void write_list() const { write_index(suite_.name, cases_, folder_); }

private:
    [[nodiscard]] BaseStudy read(const PaintedBase& base) const
    {
        Volume image = read_base(options_.bases / base.image);
        const std::filesystem::path liver =
            base.liver ? options_.bases / *base.liver : options_.livers / (base.name + ".nii.gz");
        Mask mask = read_liver(liver, base.liver_labels, image.grid());
        return {.image = std::move(image), .liver = std::move(mask)};
    }

    void write(const PaintedBase& base,
               const std::string& name,
               const std::string& kind,
               const PaintedStudy& study)
    {
        const std::filesystem::path folder = folder_ / name;
        write_volume_study(study.image, suite_.name + "/" + name, folder / "study" / "series-1");
        write_truth({.truth = study.truth,
                     .scene = name,
                     .base = base.name,
                     .liver_source = base.liver ? "reference" : "measured",
                     .known = base.known},
                    folder / "truth.json");
        imaging::write_labels(study.labels, folder / "truth.nii.gz");
        cases_.push_back({.name = name, .kind = kind, .base = base.name});
    }

    const PaintedOptions& options_;
    const PaintedSuite& suite_;
    std::filesystem::path folder_;
    std::optional<ShapeFolder> shapes_;
    std::vector<SuiteCase> cases_;
};

}  // namespace

void run_painted(const PaintedOptions& options)
{
    const PaintedSuite suite = read_painted_suite(options.suite);
    const FolderToBe folder{options.out};
    PaintedRun run{options, suite, folder.beside()};
    for (std::size_t n = 0; n < suite.bases.size(); ++n) {
        try {
            run.add(suite.bases[n], phantom::mixed(suite.seed ^ (n << 32U)));
        } catch (const Error& failure) {
            throw failure.within(suite.bases[n].name);
        }
    }
    run.write_list();
    folder.move_to_place();
}

}  // namespace downstage::phantom_app
