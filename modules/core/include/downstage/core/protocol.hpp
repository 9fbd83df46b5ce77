#pragma once

#include "downstage/core/clinical.hpp"
#include "downstage/core/timepoint.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace downstage {

/// Which response a protocol asks about.
enum class ResponseRule { recist_1_1, mrecist };

/// What has to hold before a patient is considered for surgery or transplantation after immunotherapy, as a
/// centre writes it down (docs/schema/protocol.schema.json). What is empty is not asked. The defaults are the
/// project's own protocol (RULES.md 5.27), the same as docs/protocols/default.json; every word of it is a
/// parameter, and none is advice.
struct ConversionProtocol {
    std::string name{"default"};
    std::string title{"Conversion after immunotherapy: the project's default"};
    std::string source{"RULES 5.27: PUMCH, Liver Cancer 2025; Zhao and Cai, WJG 2021;27:8069; HBSN 2022"};
    std::optional<std::int32_t> min_cycles{2};  ///< of immunotherapy, at least
    ResponseRule response_rule{ResponseRule::recist_1_1};
    std::vector<Response> responses{Response::complete, Response::partial};  ///< any of them; none: not asked
    std::int32_t hold_weeks{4};                            ///< the response kept for so long, inclusive
    std::optional<std::string> size_rule{"milan_strict"};  ///< inside it now, by its name
    std::vector<ChildClass> child_pugh{ChildClass::a};     ///< any of them; none: not asked
    std::optional<std::int32_t> max_ecog{1};
    bool no_extrahepatic_disease{true};
    bool no_macrovascular_invasion{true};
    bool remnant{true};  ///< enough liver is left (RULES.md 5.25)
    double remnant_cirrhosis_percent{40.0}, remnant_normal_percent{30.0};
    std::optional<double> icg_r15_below_percent{30.0};
    bool r0_feasible{true};  ///< a surgeon judges complete removal possible
    std::optional<std::int32_t> min_days_since_immunotherapy;
    std::optional<double> max_afp_ng_ml;
    friend bool operator==(const ConversionProtocol&, const ConversionProtocol&) = default;
};

enum class ItemStatus { met, unmet, unknown };

/// One condition of a protocol on one day.
struct ConversionItem {
    std::string name;  ///< "cycles", "response", "stability", "size", "child", "ecog", "extrahepatic",
                       ///< "macrovascular", "flr", "icg", "r0", "washout", "afp"
    ItemStatus status{ItemStatus::unknown};
    std::string words;                 ///< what was asked and what is, e.g. "at least 2 cycles: 1"
    std::string rule;                  ///< RULES.md row
    std::optional<double> margin;      ///< to the limit, positive inside
    std::string unit;                  ///< of the margin
    std::optional<Day> since;          ///< first visit of the unbroken run in which it has been as it is
    std::vector<std::string> missing;  ///< unknown facts
    std::optional<std::string> contested;
    friend bool operator==(const ConversionItem&, const ConversionItem&) = default;
};

enum class ConversionStatus { eligible, not_eligible, indeterminate };

/// A protocol's answer on one day, never a bare yes: every item stands beside it.
struct Conversion {
    ConversionStatus status{ConversionStatus::indeterminate};
    std::vector<ConversionItem> items;
    std::optional<Day> first_eligible;  ///< the first day it was eligible, up to now
    friend bool operator==(const Conversion&, const Conversion&) = default;
};

}  // namespace downstage
