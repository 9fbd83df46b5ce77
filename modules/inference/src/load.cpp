#include "load.hpp"

#include "downstage/core/error.hpp"

#include "onnx_ends.hpp"
#include "sha256.hpp"
#include "window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

namespace downstage::inference {

namespace {

[[noreturn]] void refuse(const NetworkManifest& manifest, const std::string& why)
{
    throw Error{Errc::usage, "the network '" + manifest.model.string() + "' " + why};
}

std::string bytes_of_model(const NetworkManifest& manifest)
{
    std::ifstream in{manifest.model, std::ios::binary};
    if (!in || !std::filesystem::is_regular_file(manifest.model))
        refuse(manifest, "is not there or cannot be opened; copy the whole package again");
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) refuse(manifest, "cannot be read to its end; copy the package again");
    return bytes;
}

void check_sum(const NetworkManifest& manifest, const std::string& bytes)
{
    const std::string sum = sha256_of(bytes);
    if (sum != manifest.sha256)
        refuse(manifest,
               "was cut or changed: its SHA-256 is " + sum + ", its manifest.json says " + manifest.sha256 +
                   "; copy the package again");
}

/// A slice of zeros of a size that the manifest promises the network takes: where it is free to choose, one
/// step more than the least, which a graph of one fixed size refuses.
Plane blank_slice(const NetworkInput& input)
{
    if (input.fixed_size) return Plane{(*input.fixed_size)[0], (*input.fixed_size)[1]};
    const auto [columns, rows] = size_taken(input, {input.least_size[0] + 1, input.least_size[1] + 1});
    return Plane{columns, rows};
}

std::string shape_text(const GraphEnd& end)
{
    std::string text;
    for (const auto& size : end.shape)
        text += (text.empty() ? "" : " x ") + (size ? std::to_string(*size) : "any");
    return text.empty() ? "a single number" : text;
}

/// An input or output that the manifest promises: slice, channels, rows, columns.
struct Promised {
    std::string kind, name;
    std::array<std::int64_t, 4> shape;
};

std::string shape_text(const Promised& promised)
{
    GraphEnd end;
    end.shape.assign(promised.shape.begin(), promised.shape.end());
    return shape_text(end);
}

void check_end(const NetworkManifest& manifest, const std::vector<GraphEnd>& ends, const Promised& promised)
{
    const auto end = std::ranges::find(ends, promised.name, &GraphEnd::name);
    if (end == ends.end())
        refuse(manifest,
               "has no " + promised.kind + " called '" + promised.name + "' but one called '" +
                   ends.front().name + "'; mend " + promised.kind + ".name in manifest.json");
    const auto fits = [](const std::optional<std::int64_t>& has, std::int64_t wanted) {
        return !has || *has == wanted;
    };
    if (!std::ranges::equal(end->shape, promised.shape, fits))
        refuse(manifest,
               "has " + shape_text(*end) + " numbers as its " + promised.kind +
                   ", where its manifest.json promises " + shape_text(promised) +
                   " (slice, channels, rows, columns); mend input.channels, least_size or fixed_size there");
}

void check_ends(const NetworkManifest& manifest, const std::string& bytes, const Plane& slice)
{
    const std::optional<GraphEnds> ends = ends_of_onnx(bytes);
    if (!ends) refuse(manifest, "is not an ONNX file; export the model again or copy its package again");
    const auto channels = static_cast<std::int64_t>(manifest.input.channels.size());
    check_end(
        manifest,
        ends->inputs,
        {.kind = "input", .name = manifest.input.name, .shape = {1, channels, slice.rows, slice.columns}});
    check_end(manifest,
              ends->outputs,
              {.kind = "output", .name = manifest.output.name, .shape = {1, 1, slice.rows, slice.columns}});
}

void check_answer(const NetworkManifest& manifest, const Plane& answer)
{
    constexpr float rounding = 1e-3F;
    if (!std::ranges::all_of(answer.values, [](float value) { return std::isfinite(value); }))
        refuse(manifest, "answers numbers that are not finite to an empty slice; export it again");
    const auto in_range = [](float value) { return value >= -rounding && value <= 1.0F + rounding; };
    if (!manifest.output.needs_sigmoid && !std::ranges::all_of(answer.values, in_range))
        refuse(manifest,
               "answers numbers beyond 0..1, which are no probabilities; set output.activation to "
               "\"sigmoid\" in manifest.json if it ends in logits");
}

}  // namespace

Runtime load(const NetworkManifest& manifest)
{
    std::string bytes = bytes_of_model(manifest);
    check_sum(manifest, bytes);
    const Plane blank = blank_slice(manifest.input);
    check_ends(manifest, bytes, blank);
    Runtime runtime{Graph{.file = manifest.model,
                          .onnx = std::move(bytes),
                          .input = manifest.input.name,
                          .output = manifest.output.name}};
    check_answer(manifest, runtime.run(std::vector<Plane>(manifest.input.channels.size(), blank)));
    return runtime;
}

void to_probability(Plane& answer, const NetworkOutput& output)
{
    for (float& value : answer.values) {
        if (output.needs_sigmoid) value = 1.0F / (1.0F + std::exp(-value));
        value = std::clamp(value, 0.0F, 1.0F);
    }
}

}  // namespace downstage::inference
