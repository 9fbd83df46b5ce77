#include "plots.hpp"

#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::evaluate_app {

namespace {

constexpr double width = 640.0, height = 400.0;
constexpr double left = 62.0, right = 130.0, top = 34.0, bottom = 48.0;

/// Colours that can be told apart by everybody (Okabe & Ito 2008).
constexpr std::array<const char*, 5> colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000"};

const char* colour_of(std::size_t n)
{
    return colours.at(n % colours.size());
}

struct Range {
    double from{}, to{};
};

/// A drawing area with its axes.
struct Frame {
    Range x, y;

    [[nodiscard]] double px(double value) const
    {
        return left + (value - x.from) / (x.to - x.from) * (width - left - right);
    }
    [[nodiscard]] double py(double value) const
    {
        return height - bottom - (value - y.from) / (y.to - y.from) * (height - top - bottom);
    }
};

std::string attribute(const char* name, double value)
{
    return std::string{" "} + name + "='" + fixed(value, 1) + "'";
}

struct Stroke {
    double x1{}, y1{}, x2{}, y2{};
};

std::string stroke(const Stroke& at, const std::string& style)
{
    return "<line" + attribute("x1", at.x1) + attribute("y1", at.y1) + attribute("x2", at.x2) +
           attribute("y2", at.y2) + " " + style + "/>\n";
}

std::string dot(double x, double y, const char* colour)
{
    return "<circle" + attribute("cx", x) + attribute("cy", y) + " r='3.5' fill='" + colour +
           "' fill-opacity='0.7'/>\n";
}

struct Words {
    double x{}, y{};
    const char* anchor{"middle"};
};

std::string words(const Words& at, const std::string& text, const std::string& colour = "#333")
{
    return "<text" + attribute("x", at.x) + attribute("y", at.y) + " text-anchor='" + at.anchor + "' fill='" +
           colour + "'>" + text + "</text>\n";
}

struct Axis {
    std::string title;
    std::vector<double> marks;
    int decimals{};
};

std::string axes(const Frame& frame, const Axis& x, const Axis& y)
{
    std::string text;
    for (const double mark : y.marks) {
        text += stroke({left, frame.py(mark), width - right, frame.py(mark)}, "stroke='#ddd'");
        text += words({left - 8.0, frame.py(mark) + 4.0, "end"}, fixed(mark, y.decimals));
    }
    for (const double mark : x.marks) {
        text +=
            stroke({frame.px(mark), height - bottom, frame.px(mark), height - bottom + 5.0}, "stroke='#333'");
        text += words({frame.px(mark), height - bottom + 18.0}, fixed(mark, x.decimals));
    }
    text += stroke({left, height - bottom, width - right, height - bottom}, "stroke='#333'");
    text += words({(left + width - right) / 2.0, height - 10.0}, x.title);
    text += words({left, top - 14.0, "start"}, y.title);
    return text;
}

std::string legend(const std::vector<Summary>& summaries)
{
    std::string text;
    for (std::size_t n = 0; n < summaries.size(); ++n) {
        const double y = top + 18.0 * static_cast<double>(n);
        text += dot(width - right + 16.0, y - 4.0, colour_of(n));
        text += words({width - right + 26.0, y, "start"}, summaries[n].kind);
    }
    return text;
}

std::string picture(const std::string& title, const std::string& drawing)
{
    return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 400' width='640' height='400' "
           "role='img' "
           "aria-label='" +
           title +
           "' font-family='sans-serif' font-size='12'>\n<rect width='640' height='400' fill='white'/>\n" +
           drawing + "</svg>\n";
}

std::vector<double> marks_between(const Range& range, double step)
{
    const double first = std::ceil(range.from / step);
    const auto count = static_cast<int>(std::floor(range.to / step - first + 1e-9)) + 1;
    std::vector<double> marks;
    marks.reserve(static_cast<std::size_t>(count));
    for (int n = 0; n < count; ++n)
        marks.push_back((first + n) * step);
    return marks;
}

/// Where a class of sizes stands on the axis: its middle, or 60 mm for the open one.
double place_of(const evaluation::Class& sizes)
{
    return std::isinf(sizes.below) ? 60.0 : 0.5 * (sizes.from + sizes.below);
}

std::string sensitivity_of(const Summary& one, const Frame& frame, std::size_t n)
{
    std::string text;
    const double aside = 4.0 * static_cast<double>(n);
    for (const evaluation::Class& sizes : size_classes_mm()) {
        const evaluation::Share share = evaluation::sensitivity_by_size(one.lesions, sizes);
        const auto part = evaluation::fraction(share);
        if (!part) continue;
        const Interval95 interval = evaluation::wilson95(share);
        const double x = frame.px(place_of(sizes)) + aside;
        text += stroke({x, frame.py(interval.low), x, frame.py(interval.high)},
                       std::string{"stroke-width='1.5' stroke='"} + colour_of(n) + "'");
        text += dot(x, frame.py(*part), colour_of(n));
    }
    return text;
}

std::string differences_of(const Summary& one, const Frame& frame, std::size_t n)
{
    std::string text;
    for (const evaluation::SizePair& pair : one.long_axes_mm)
        text += dot(frame.px(pair.truth),
                    frame.py(std::clamp(pair.found - pair.truth, frame.y.from, frame.y.to)),
                    colour_of(n));
    const auto agreement = evaluation::agreement_of(one.long_axes_mm);
    if (!agreement) return text;
    const auto level = [&](double value, const std::string& dashes) {
        const double y = frame.py(std::clamp(value, frame.y.from, frame.y.to));
        return stroke({left, y, width - right, y},
                      std::string{"stroke='"} + colour_of(n) + "' stroke-dasharray='" + dashes + "'");
    };
    return text + level(agreement->bias, "none") + level(agreement->low, "5 4") +
           level(agreement->high, "5 4");
}

double longest_of(const std::vector<Summary>& summaries)
{
    double longest = 40.0;
    for (const Summary& one : summaries)
        for (const evaluation::SizePair& pair : one.long_axes_mm)
            longest = std::max(longest, pair.truth);
    return std::ceil(longest / 20.0) * 20.0;
}

}  // namespace

std::string sensitivity_plot(const std::vector<Summary>& summaries)
{
    const Frame frame{.x = {0.0, 70.0}, .y = {0.0, 1.0}};
    std::string drawing =
        axes(frame,
             {.title = "true long axis, mm (the last class is open)",
              .marks = marks_between(frame.x, 10.0),
              .decimals = 0},
             {.title = "found, with 95 % interval", .marks = marks_between(frame.y, 0.2), .decimals = 1});
    for (std::size_t n = 0; n < summaries.size(); ++n)
        drawing += sensitivity_of(summaries[n], frame, n);
    return picture("Share of lesions found, by size", drawing + legend(summaries));
}

std::string agreement_plot(const std::vector<Summary>& summaries)
{
    const Frame frame{.x = {0.0, longest_of(summaries)}, .y = {-10.0, 10.0}};
    std::string drawing =
        axes(frame,
             {.title = "true long axis, mm", .marks = marks_between(frame.x, 20.0), .decimals = 0},
             {.title = "measured minus true, mm (points beyond 10 mm stand at the edge)",
              .marks = marks_between(frame.y, 5.0),
              .decimals = 0});
    for (std::size_t n = 0; n < summaries.size(); ++n)
        drawing += differences_of(summaries[n], frame, n);
    return picture("Long axis measured against truth", drawing + legend(summaries));
}

std::string calibration_plot(const std::vector<Summary>& summaries)
{
    const Frame frame{.x = {0.0, 1.0}, .y = {0.0, 1.0}};
    std::string drawing =
        axes(frame,
             {.title = "confidence given", .marks = marks_between(frame.x, 0.2), .decimals = 1},
             {.title = "share that is real, with 95 % interval",
              .marks = marks_between(frame.y, 0.2),
              .decimals = 1});
    drawing += stroke({frame.px(0.0), frame.py(0.0), frame.px(1.0), frame.py(1.0)},
                      "stroke='#999' stroke-dasharray='5 4'");
    for (std::size_t n = 0; n < summaries.size(); ++n)
        for (const evaluation::CalibrationBand& band : evaluation::calibration_of(summaries[n].judged)) {
            const Interval95 interval = evaluation::wilson95(band.real);
            const double x = frame.px(band.mean_confidence);
            drawing += stroke({x, frame.py(interval.low), x, frame.py(interval.high)},
                              std::string{"stroke='"} + colour_of(n) + "'");
            drawing += dot(x, frame.py(evaluation::fraction(band.real).value_or(0.0)), colour_of(n));
        }
    return picture("Share of real findings by confidence", drawing + legend(summaries));
}

}  // namespace downstage::evaluate_app
