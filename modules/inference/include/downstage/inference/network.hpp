#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/network.hpp"
#include "downstage/core/progress.hpp"

#include <memory>
#include <vector>

namespace downstage::inference {

/// How a network looks at a volume.
struct Look {
    const Mask* liver = nullptr;   ///< for networks with a `liver_mask` channel; on the grid of the volume
    std::vector<double> level_hu;  ///< the liver's density in each slice, for `subtract_liver_level`
    unsigned workers = 0;
    Progress progress;
};

/// One loaded network, ready to look at volumes. Throws `Error{usage}` with one sentence that names the file
/// when it cannot be read, is not the network its manifest describes, or has an operator the runtime lacks.
class Network {
public:
    explicit Network(NetworkManifest manifest);
    ~Network();
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    [[nodiscard]] const NetworkManifest& manifest() const;

    /// What the network says of every pixel of `ct` (LPS order: `imaging::to_lps_order`), 0..1, slice by
    /// slice (TRAINING.md 5.1-5.5, LESION-TRAINING.md 7.1). The answer's grid has the network's pixels in
    /// plane and the slices of `ct`, and covers the field of `ct`; where the network did not look it is 0. A
    /// network that takes the mask leaves out slices with less than 60 pixels of it. The same bytes for any
    /// number of workers.
    [[nodiscard]] Field look(const Volume& ct, const Look& how) const;

private:
    struct Model;
    std::unique_ptr<Model> model_;
};

}  // namespace downstage::inference
