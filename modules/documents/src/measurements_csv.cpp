#include "downstage/documents/measurements.hpp"

#include "value.hpp"

#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace downstage::documents {
namespace {

using Column = std::pair<std::string_view, Json>;
using Row = std::vector<Column>;

/// A text that a spreadsheet would run as a formula gets an apostrophe (OWASP "CSV Injection").
std::string unarmed(std::string text)
{
    constexpr std::string_view arms = "=+-@\t\r";
    if (!text.empty() && arms.find(text.front()) != std::string_view::npos) text.insert(0, 1, '\'');
    return text;
}

/// RFC 4180, section 2.5-2.7.
std::string quoted(const std::string& field)
{
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string out{"\""};
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string utf8(const Json& text)
{
    const std::string clean = text.dump(-1, ' ', false, Json::error_handler_t::replace);
    return Json::parse(clean).get<std::string>();
}

std::string field(const Json& value)
{
    if (value.is_null()) return {};
    if (value.is_string()) return quoted(unarmed(utf8(value)));
    return value.dump();
}

void add_interval(Row& row, std::array<std::string_view, 2> names, const Json& interval)
{
    row.emplace_back(names[0], interval.is_null() ? Json{} : interval.at(0));
    row.emplace_back(names[1], interval.is_null() ? Json{} : interval.at(1));
}

void add_centroid(Row& row, const Json& place)
{
    constexpr std::array<std::string_view, 3> names{"centroid_x_mm", "centroid_y_mm", "centroid_z_mm"};
    for (std::size_t axis = 0; axis < names.size(); ++axis)
        row.emplace_back(names[axis], place.is_null() ? Json{} : place.at(axis));
}

void add_measured(Row& row, const LesionMeasurement& measured)
{
    row.emplace_back("longest_diameter_mm", number(measured.long_axis.length_mm, decimals::mm));
    add_interval(row,
                 {"longest_diameter_ci95_low_mm", "longest_diameter_ci95_high_mm"},
                 interval(measured.long_axis.ci95_mm, decimals::mm));
    row.emplace_back("short_axis_mm", number(measured.short_axis.length_mm, decimals::mm));
    add_interval(row,
                 {"short_axis_ci95_low_mm", "short_axis_ci95_high_mm"},
                 interval(measured.short_axis.ci95_mm, decimals::mm));
    row.emplace_back("max_3d_diameter_mm", number(measured.max_3d.length_mm, decimals::mm));
    add_interval(row,
                 {"max_3d_diameter_ci95_low_mm", "max_3d_diameter_ci95_high_mm"},
                 interval(measured.max_3d.ci95_mm, decimals::mm));
    row.emplace_back("volume_ml", number(measured.volume.ml, decimals::ml));
    add_interval(
        row, {"volume_ci95_low_ml", "volume_ci95_high_ml"}, interval(measured.volume.ci95_ml, decimals::ml));
    row.emplace_back("viable_diameter_mm", number(measured.viable_diameter_mm, decimals::mm));
    add_centroid(row, place(measured.centroid));
    row.emplace_back("mean_hu", number(measured.attenuation.mean_hu, decimals::hu));
    row.emplace_back("sd_hu", number(measured.attenuation.sd_hu, decimals::hu));
    row.emplace_back("measurable", measured.measurable);
}

Row row_of(const StudyReport& report, std::string_view kind, const ReportedFinding& found)
{
    Row row{{"kind", kind}, {"id", found.id}, {"tracking_uid", text(found.tracking_uid.text)}};
    add_measured(row, found.measured);
    row.emplace_back("confidence", number(found.finding.confidence, decimals::probability));
    row.emplace_back("place", text(found.measured.place));
    row.emplace_back("slice_sop_uid", text(found.slice_sop_uid.text));
    row.emplace_back("series_uid", text(report.series.uid.text));
    row.emplace_back("study_uid", text(report.study_uid.text));
    row.emplace_back("study_date", text(report.study_date));
    row.emplace_back("patient_id", text(report.patient_id));
    return row;
}

template <typename OfColumn>
std::string line(const Row& row, const OfColumn& of_column)
{
    std::string out;
    for (const Column& column : row) {
        if (&column != &row.front()) out += ',';
        out += of_column(column);
    }
    return out + "\r\n";
}

}  // namespace

std::string measurements_csv(const StudyReport& report)
{
    // The header is that of a row of nothing: it stands there even when nothing was found.
    std::string csv = line(row_of(report, "", ReportedFinding{}),
                           [](const Column& column) { return std::string{column.first}; });
    const auto add = [&](std::string_view kind, const std::vector<ReportedFinding>& findings) {
        for (const ReportedFinding& found : findings)
            csv +=
                line(row_of(report, kind, found), [](const Column& column) { return field(column.second); });
    };
    add("lesion", report.lesions);
    add("possible", report.possible);
    add("cyst", report.benign);
    return csv;
}

}  // namespace downstage::documents
