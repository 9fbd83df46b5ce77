#include "chart.hpp"

#include "html.hpp"
#include "numbers.hpp"

#include <algorithm>
#include <array>

namespace downstage::report {
namespace {

constexpr double width = 960.0;
constexpr double names_width = 110.0;
constexpr double numbers_width = 230.0;
constexpr double row_height = 24.0;
constexpr double head_height = 24.0;
constexpr std::array<double, 2> limits_mm{30.0, 50.0};  // Milan, RULES.md 5.1

/// Millimetres to the horizontal place in the drawing.
struct Scale {
    double end_mm{};
    [[nodiscard]] double x(double mm) const
    {
        const double shown = std::clamp(mm, 0.0, end_mm);
        return names_width + shown / end_mm * (width - names_width - numbers_width);
    }
};

Scale scale_for(const std::vector<ChartRow>& rows)
{
    double end_mm = 60.0;  // both limits in sight, whatever the lesions
    for (const ChartRow& row : rows)
        end_mm = std::max(end_mm, 1.05 * row.ci95_mm.high);
    return {.end_mm = end_mm};
}

std::string attribute(const std::string& name, double value)
{
    return " " + name + "='" + fixed(value, 1) + "'";
}

struct Stroke {
    double x1{}, y1{}, x2{}, y2{};
};

std::string line(const std::string& style, const Stroke& stroke)
{
    return "<line class='" + style + "'" + attribute("x1", stroke.x1) + attribute("y1", stroke.y1) +
           attribute("x2", stroke.x2) + attribute("y2", stroke.y2) + "/>";
}

struct Label {
    double x{}, y{};
    std::string anchor, words;
};

std::string label(const Label& label)
{
    return "<text" + attribute("x", label.x) + attribute("y", label.y) + " text-anchor='" + label.anchor +
           "'>" + escaped(label.words) + "</text>";
}

std::string limits(const Scale& scale, double height)
{
    std::string out = line("axis", {scale.x(0.0), head_height - 4.0, scale.x(0.0), height});
    out += label({scale.x(0.0), head_height - 9.0, "middle", "0"});
    for (const double limit_mm : limits_mm) {
        out += line("limit", {scale.x(limit_mm), head_height - 4.0, scale.x(limit_mm), height});
        out += label({scale.x(limit_mm), head_height - 9.0, "middle", fixed(limit_mm, 0) + " mm"});
    }
    return out;
}

std::string bar(const ChartRow& row, const Scale& scale, double middle)
{
    const double low = scale.x(row.ci95_mm.low);
    const double high = scale.x(row.ci95_mm.high);
    const double at = scale.x(row.diameter_mm);
    const std::string style = row.counts ? "counts" : "apart";
    std::string out = label({names_width - 12.0, middle + 4.0, "end", row.name});
    out += line("stem", {scale.x(0.0), middle, at, middle});
    out += "<rect class='" + style + "'" + attribute("x", low) + attribute("y", middle - 5.0) +
           attribute("width", std::max(high - low, 1.0)) + attribute("height", 10.0) + " rx='2'/>";
    out += line(style, {at, middle - 8.0, at, middle + 8.0});
    out += label({width - numbers_width + 14.0,
                  middle + 4.0,
                  "start",
                  with_mm(row.diameter_mm) + "  (" + with_mm(row.ci95_mm) + ")"});
    return out;
}

std::string description(const std::vector<ChartRow>& rows)
{
    std::string out = "Diameters against the limits of 30 and 50 mm.";
    for (const ChartRow& row : rows)
        out += " " + row.name + ": " + with_mm(row.diameter_mm) + ", 95 % interval " + with_mm(row.ci95_mm) +
               ".";
    return out;
}

}  // namespace

std::string limits_chart(const std::vector<ChartRow>& rows)
{
    if (rows.empty()) return {};
    const Scale scale = scale_for(rows);
    const double height = head_height + row_height * static_cast<double>(rows.size());
    std::string drawing = limits(scale, height);
    for (std::size_t n = 0; n < rows.size(); ++n)
        drawing += bar(rows[n], scale, head_height + row_height * (static_cast<double>(n) + 0.5));
    return "<svg class='chart' role='img' viewBox='0 0 " + fixed(width, 0) + " " + fixed(height + 2.0, 0) +
           "' aria-label='" + escaped(description(rows)) + "'>" + drawing + "</svg>\n";
}

}  // namespace downstage::report
