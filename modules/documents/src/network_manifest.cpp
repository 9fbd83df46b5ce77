#include "downstage/documents/network_manifest.hpp"

#include "downstage/core/error.hpp"

#include "network_manifest_field.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace downstage::documents {

namespace {

using nlohmann::json;

constexpr std::string_view schema = "downstage.network/1";
constexpr std::array<std::string_view, 2> tasks{"liver", "lesion"};  // in the order of NetworkTask
constexpr std::string_view orientation = "rows to posterior, columns to patient left";
constexpr std::array<std::string_view, 2> contents{"density", "liver_mask"};  // in the order of Content
constexpr std::array<std::string_view, 2> subtracted{"zero", "liver_level"};
constexpr std::array<std::string_view, 2> activations{"none", "sigmoid"};

// Wide enough for any slice network; they keep a slip of the pen from asking for all memory there is.
constexpr Bounds pixel_mm{0.1, 20.0};
constexpr Bounds pixels{1, 2048};
constexpr Bounds size_multiples{1, 256};
constexpr Bounds channel_counts{1, 8};
constexpr Bounds hu{-4096, 32767};
constexpr Bounds divisors{1e-3, 1e4};
constexpr Bounds limits_of_value{1e-3, 1e4};
constexpr Bounds fractions{0.0, 1.0};

std::array<std::int32_t, 2> size_of(const ManifestField& field)
{
    const auto [columns, rows] = field.pair();
    return {columns.whole(pixels), rows.whole(pixels)};
}

std::array<double, 2> range_of(const ManifestField& field)
{
    const auto [low, high] = field.pair();
    const std::array range{low.number(hu), high.number(hu)};
    if (range[0] >= range[1]) field.refuse("must hold the lower value first");
    return range;
}

NetworkChannel channel_of(const ManifestField& field)
{
    NetworkChannel channel{.content =
                               static_cast<NetworkChannel::Content>(field.at("content").choice(contents))};
    if (channel.content == NetworkChannel::Content::liver_mask) return channel;
    channel.clip_hu = range_of(field.at("clip_hu"));
    channel.subtract_liver_level = field.at("subtract").choice(subtracted) == 1;
    channel.divide_by = field.at("divide_by").number(divisors);
    const ManifestField limit = field.at("limit");
    if (!limit.is_null()) channel.limit = limit.number(limits_of_value);
    return channel;
}

NetworkInput input_of(const ManifestField& field)
{
    field.at("orientation").must_be(orientation);
    NetworkInput input{.name = field.at("name").text(),
                       .pixel_mm = field.at("pixel_mm").number(pixel_mm),
                       .size_multiple = field.at("size_multiple").whole(size_multiples),
                       .least_size = size_of(field.at("least_size"))};
    const ManifestField fixed = field.at("fixed_size");
    if (!fixed.is_null()) input.fixed_size = size_of(fixed);
    const ManifestField channels = field.at("channels");
    for (std::size_t n = 0; n < channels.entries(channel_counts); ++n)
        input.channels.push_back(channel_of(channels.at(n)));
    return input;
}

/// A network that is to find the liver cannot be shown where the liver is.
void check_needs_no_liver(const ManifestField& field, const NetworkInput& input)
{
    if (input.fixed_size)
        field.at("fixed_size").refuse("must be null for the task liver, whose mask it needs");
    for (std::size_t n = 0; n < input.channels.size(); ++n) {
        const ManifestField channel = field.at("channels").at(n);
        if (input.channels[n].content == NetworkChannel::Content::liver_mask)
            channel.at("content").refuse("must be \"density\" for the task liver");
        if (input.channels[n].subtract_liver_level)
            channel.at("subtract").refuse("must be \"zero\" for the task liver");
    }
}

/// A plain file name: a package holds its own model.
std::string model_name(const ManifestField& field)
{
    std::string name = field.text();
    if (std::filesystem::path{name}.filename() != name || name == "." || name == "..")
        field.refuse("must be the name of a file beside manifest.json");
    return name;
}

std::string sum_of(const ManifestField& field)
{
    constexpr std::size_t digits = 64;  // 256 bits
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    std::string sum = field.text();
    if (sum.size() != digits || !std::ranges::all_of(sum, is_hex))
        field.refuse("must be the SHA-256 of the model in 64 lower-case hex digits");
    return sum;
}

NetworkOutput output_of(const ManifestField& field, NetworkTask task)
{
    field.at("meaning").must_be(tasks.at(static_cast<std::size_t>(task)));
    return {.name = field.at("name").text(),
            .needs_sigmoid = field.at("activation").choice(activations) == 1,
            .threshold = field.at("threshold").number(fractions)};
}

NetworkManifest manifest_of(const ManifestField& field, const std::filesystem::path& package_dir)
{
    field.at("schema").must_be(schema);
    const auto task = static_cast<NetworkTask>(field.at("task").choice(tasks));
    NetworkManifest manifest{.name = field.at("name").text(),
                             .version = field.at("version").text(),
                             .task = task,
                             .model = package_dir / model_name(field.at("model")),
                             .sha256 = sum_of(field.at("sha256")),
                             .input = input_of(field.at("input")),
                             .output = output_of(field.at("output"), task),
                             .licence = field.at("licence").text(),
                             .attribution = field.at("attribution").text(),
                             .training_data = field.at("training_data").text(),
                             .intended_use = field.at("intended_use").text(),
                             .limits = field.at("limits").text()};
    if (task == NetworkTask::liver) check_needs_no_liver(field.at("input"), manifest.input);
    return manifest;
}

json parsed(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    if (!in || !std::filesystem::is_regular_file(file))
        throw Error{Errc::usage,
                    "it is not there or cannot be opened; a package is a folder with manifest.json"};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    json document = json::parse(text, nullptr, false);
    if (document.is_discarded()) throw Error{Errc::usage, "this is not JSON"};
    if (!document.is_object()) throw Error{Errc::usage, "its JSON is not an object"};
    return document;
}

}  // namespace

NetworkManifest read_network_manifest(const std::filesystem::path& package_dir)
{
    const std::filesystem::path file = package_dir / network_manifest_name;
    try {
        const json document = parsed(file);
        return manifest_of(ManifestField{document, ""}, package_dir);
    } catch (const Error& error) {
        throw error.within("the network's manifest '" + file.string() + "'");
    }
}

}  // namespace downstage::documents
