#include "downstage/dicom/read.hpp"

#include "downstage/core/parallel.hpp"

#include "read_slab.hpp"
#include "read_slice.hpp"

#include <algorithm>
#include <utility>

namespace downstage::dicom {

namespace {

std::vector<SopUid> nearest_sources(const Stack& stack, const StackPlan& plan)
{
    std::vector<SopUid> uids(plan.from.size());
    std::ranges::transform(plan.from, uids.begin(), [&stack](const StackPlan::From& from) {
        return stack.slices[from.weight_of_second > 0.5 ? from.second : from.first].sop_uid;
    });
    return uids;
}

std::vector<Notice> notices_of(const std::vector<SliceFacts>& facts)
{
    std::vector<Notice> notices;
    if (std::ranges::any_of(facts, &SliceFacts::was_lossy))
        notices.push_back({.text =
                               "The images were compressed with loss at some time, so edges and densities "
                               "are not quite those of the scanner."});
    if (std::ranges::any_of(facts, &SliceFacts::was_inverted))
        notices.push_back({.severity = Severity::note,
                           .text = "The images are MONOCHROME1 without a rescale; their values were turned "
                                   "round, so that bright is strong."});
    return notices;
}

/// How many slices one reader takes in a row. Neighbours share a table of values, and mixed ones a source;
/// eight of them still leave enough pieces for every worker. A multi-frame file costs as much to open as it
/// has frames, so there each worker opens it once.
std::size_t piece_size(const Stack& stack, std::size_t slices, unsigned workers)
{
    constexpr std::size_t of_single_frames = 8;
    const std::size_t share = (slices + workers_for(workers) - 1) / workers_for(workers);
    const bool is_multi_frame = stack.slices.front().file == stack.slices.back().file;
    return is_multi_frame ? share : std::min(share, of_single_frames);
}

}  // namespace

LoadedVolume read_volume(const Stack& stack, const ReadOptions& options)
{
    StackPlan plan = plan_volume(stack, options.geometry);
    Volume voxels{plan.grid};
    std::vector<SliceFacts> facts(plan.from.size());

    const std::size_t piece = piece_size(stack, plan.from.size(), options.workers);
    const std::size_t pieces = (plan.from.size() + piece - 1) / piece;
    for_each_index(pieces, options.workers, [&](std::size_t n) {
        SlabReader reader{stack, plan};
        for (std::size_t k = n * piece; k < std::min(plan.from.size(), (n + 1) * piece); ++k)
            facts[k] = reader.read(k, voxels.slice(static_cast<std::int32_t>(k)));
    });

    std::vector<SopUid> sources = nearest_sources(stack, plan);
    return {.voxels = std::move(voxels),
            .passport = std::move(plan.passport),
            .slice_sop_uids = std::move(sources),
            .notices = notices_of(facts)};
}

}  // namespace downstage::dicom
