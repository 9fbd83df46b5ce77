#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/notice.hpp"
#include "downstage/core/progress.hpp"
#include "downstage/inference/network.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace downstage::segmentation {

/// What the numbers of an image are: HU, or the arbitrary units of magnetic resonance.
enum class Modality { ct, mr };

struct LiverOptions {
    unsigned workers = 0;
    Progress progress;
    Modality modality = Modality::ct;
    const inference::Network* network = nullptr;  ///< none: without learned weights
};

struct Liver {
    Mask mask;            ///< on the grid of the image it was found in; holds the lesions inside it
    double mean_hu{};     ///< mode of deep tissue
    double spread_hu{};   ///< its width, 1 sd
    double confidence{};  ///< 0..1 from the self-check (SEGMENTATION.md 10)
    bool cut_off{};       ///< leaves the field of view: the volume is a lower bound
    std::optional<double> agreement;  ///< Dice of the network's liver and the weight-free one, where both are
    std::string method;               ///< who found it, in words, with the network's name and version
    std::vector<Notice> notices;
};

/// The answer "there is no liver here", with the reason in words.
struct NoLiver {
    std::string reason;
};

/// Finds the liver in a CT (any orientation, HU). With a network: its liver (TRAINING.md 5), repaired by the
/// landmarks of the one without learned weights (SEGMENTATION.md 2-8, 10), which takes over where the
/// network's fails its checks or is another organ. Without: that one alone. Where both differ the confidence
/// falls and a notice says where.
[[nodiscard]] std::variant<Liver, NoLiver> find_liver(const Volume& ct, const LiverOptions& options = {});

}  // namespace downstage::segmentation
