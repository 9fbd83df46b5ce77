#include "downstage/inference/network.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/parallel.hpp"

#include "channels.hpp"
#include "load.hpp"
#include "pixels.hpp"
#include "runtime.hpp"
#include "window.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>

namespace downstage::inference {

namespace {

constexpr std::ptrdiff_t least_mask_pixels = 60;  // LESION-TRAINING.md: slices with less were not trained on

bool needs_mask(const NetworkInput& input)
{
    return input.fixed_size || std::ranges::any_of(input.channels, [](const NetworkChannel& channel) {
               return channel.content == NetworkChannel::Content::liver_mask;
           });
}

bool needs_level(const NetworkInput& input)
{
    return std::ranges::any_of(input.channels, &NetworkChannel::subtract_liver_level);
}

/// True when columns run to the left, rows to the back and slices to the head, as `imaging::to_lps_order`
/// does.
bool is_in_lps_order(const Axes& axes)
{
    return axes.i.x_mm > 0.0 && axes.j.y_mm > 0.0 && axes.k.z_mm > 0.0;
}

void need(bool fact, const std::string& what)
{
    if (!fact) throw Error{Errc::internal, "a network was shown " + what};
}

void check(const NetworkInput& input, const Volume& ct, const Look& how)
{
    need(is_in_lps_order(ct.grid().axes), "a volume that is not in LPS order");
    if (needs_mask(input))
        need(how.liver != nullptr && same_grid(how.liver->grid(), ct.grid()),
             "a volume without a liver mask on its grid");
    if (needs_level(input))
        need(how.level_hu.size() == static_cast<std::size_t>(ct.grid().size.k),
             "a volume without the liver's density in each slice");
}

/// Tells how many slices are done, from whichever thread did one.
class Counter {
public:
    Counter(const Progress& progress, std::size_t of) : progress_{progress}, of_{of} {}
    void one_more()
    {
        const std::scoped_lock lock{mutex_};
        tell(progress_, "looking at the slices", static_cast<double>(++done_) / static_cast<double>(of_));
    }

private:
    const Progress& progress_;
    std::size_t of_, done_ = 0;
    std::mutex mutex_;
};

}  // namespace

struct Network::Model {
    NetworkManifest manifest;
    Runtime runtime;

    /// What the network says of a slice, on its own pixels; nothing where it does not look.
    [[nodiscard]] std::optional<Plane>
    look(const SliceOfScan& slice, const Mask* liver, const Resampling& pixels) const
    {
        const NetworkInput& input = manifest.input;
        const Plane mask = needs_mask(input) ? mask_pixels(*liver, slice.k, pixels) : Plane{};
        if (needs_mask(input) && std::ranges::count(mask.values, 1.0F) < least_mask_pixels)
            return std::nullopt;
        Plane answer{static_cast<std::int32_t>(pixels.columns.size()),
                     static_cast<std::int32_t>(pixels.rows.size())};
        const Window window =
            input.fixed_size ? window_on_mask(*input.fixed_size, mask) : window_around_slice(input, answer);
        std::vector<Plane> shown(input.channels.size());
        std::ranges::transform(input.channels, shown.begin(), [&](const NetworkChannel& channel) {
            return channel.content == NetworkChannel::Content::density
                       ? density_seen(slice, channel, pixels, window)
                       : seen_through(window, mask, 0.0F);
        });
        Plane said = runtime.run(shown);
        to_probability(said, manifest.output);
        put_back(said, window, answer);
        return answer;
    }
};

Network::Network(NetworkManifest manifest)
{
    const QuietAndSingle opencv;
    Runtime runtime = load(manifest);
    model_ = std::make_unique<Model>(Model{.manifest = std::move(manifest), .runtime = std::move(runtime)});
}

Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

const NetworkManifest& Network::manifest() const
{
    return model_->manifest;
}

Field Network::look(const Volume& ct, const Look& how) const
{
    const NetworkInput& input = model_->manifest.input;
    check(input, ct, how);
    const Resampling pixels = resampling_to(input.pixel_mm, ct.grid());
    Field answer{repixelled(ct.grid(), input.pixel_mm)};
    const auto slices = static_cast<std::size_t>(ct.grid().size.k);
    Counter done{how.progress, slices};
    const QuietAndSingle opencv;
    for_each_index(slices, how.workers, [&](std::size_t n) {
        const auto k = static_cast<std::int32_t>(n);
        const double level_hu = needs_level(input) ? how.level_hu[n] : 0.0;
        const auto said = model_->look({.ct = &ct, .k = k, .level_hu = level_hu}, how.liver, pixels);
        if (said) std::ranges::copy(said->values, answer.slice(k).begin());
        done.one_more();
    });
    return answer;
}

}  // namespace downstage::inference
