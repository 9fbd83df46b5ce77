#include "ranges.hpp"

#include "downstage/core/error.hpp"
#include "downstage/phantom/noise.hpp"

#include <cmath>
#include <optional>
#include <string>

namespace downstage::phantom_app {

namespace {

using nlohmann::json;

// NOLINTBEGIN(misc-no-recursion): a document is a tree, and no deeper than its reader allowed
/// Draws in the order of the document; members of an object stand in alphabetical order.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : random_{.seed = seed, .number = phantom::range_stream} {}

    /// Empty for a member that chance left out.
    std::optional<json> value(const json& ranges)
    {
        if (ranges.is_array()) return list(ranges);
        if (!ranges.is_object()) return ranges;
        if (ranges.contains("chance")) {
            const bool is_there = even() < number(ranges, "chance");
            return is_there ? value(member(ranges, "of")) : std::nullopt;
        }
        if (ranges.contains("from")) return between(ranges);
        if (ranges.contains("any")) return any(ranges);
        json result = json::object();
        for (const auto& [key, range] : ranges.items())
            if (auto one = value(range)) result[key] = std::move(*one);
        return result;
    }

private:
    double even() { return phantom::even_noise(random_, drawn_++); }

    static const json& member(const json& ranges, const std::string& key)
    {
        if (!ranges.contains(key))
            throw Error{Errc::usage, "a range lacks \"" + key + "\": " + ranges.dump()};
        return ranges.at(key);
    }

    static double number(const json& ranges, const std::string& key)
    {
        const json& value = member(ranges, key);
        if (!value.is_number())
            throw Error{Errc::usage, "\"" + key + "\" must be a number in " + ranges.dump()};
        return value.get<double>();
    }

    json between(const json& ranges)
    {
        const double from = number(ranges, "from");
        const double to = number(ranges, "to");
        if (ranges.value("whole", false))
            return static_cast<std::int64_t>(std::floor(from + even() * (to - from + 1.0)));
        const bool is_log = ranges.value("log", false);
        if (is_log && (from <= 0.0 || to <= 0.0))
            throw Error{Errc::usage, "a logarithmic range must be positive: " + ranges.dump()};
        const double share = even();
        const double at = is_log ? from * std::pow(to / from, share) : from + share * (to - from);
        constexpr double decimals = 1e4;
        return std::round(at * decimals) / decimals;
    }

    std::optional<json> any(const json& ranges)
    {
        const json& choices = member(ranges, "any");
        if (!choices.is_array() || choices.empty())
            throw Error{Errc::usage, "\"any\" must be a list of choices: " + ranges.dump()};
        return value(choices.at(static_cast<std::size_t>(even() * static_cast<double>(choices.size()))));
    }

    json list(const json& ranges)
    {
        json result = json::array();
        for (const json& range : ranges)
            if (range.is_object() && range.contains("repeat"))
                append(range, result);
            else if (auto one = value(range))
                result.push_back(std::move(*one));
        return result;
    }

    void append(const json& range, json& result)
    {
        const std::optional<json> times = value(range.at("repeat"));
        if (!times || !times->is_number_integer())
            throw Error{Errc::usage, "\"repeat\" must be a whole number: " + range.dump()};
        for (auto n = times->get<std::int64_t>(); n > 0; --n)
            if (auto one = value(member(range, "of"))) result.push_back(std::move(*one));
    }

    phantom::NoiseStream random_;
    std::uint64_t drawn_{};
};
// NOLINTEND(misc-no-recursion)

}  // namespace

json drawn(const json& ranges, std::uint64_t seed)
{
    return Draw{seed}.value(ranges).value_or(json{});
}

}  // namespace downstage::phantom_app
