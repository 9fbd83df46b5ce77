#pragma once

#include "downstage/core/timepoint.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Worked examples of rules: an input in the words of the rule, and what is to come out. The form is that of
/// testdata/vectors, which anybody can write without knowing our types.
namespace downstage::documents {

/// One value of an answer; empty is `null`: there is none.
using FactValue = std::variant<std::monostate, bool, double, std::string>;
/// Every value of an answer by its path, "expect.timepoints.0.sum"; a list also has "....count".
using Facts = std::map<std::string, FactValue>;

enum class CourseRules { recist11, irecist, mrecist };

/// A patient over time.
struct CourseExample {
    CourseRules rules{CourseRules::recist11};
    Course course;
    ResponseOptions options;
};

/// May this lesion be a target?
struct MeasurabilityExample {
    double mm{};
    std::optional<double> slice_mm;
    std::string modality;  ///< empty, "CXR" or "calipers"
    bool is_node{}, double_slice_nodes{};
};

/// Which of these are targets?
struct SelectionExample {
    struct Lesion {
        std::string id, organ;
        double mm{};
        bool is_node{};
    };
    std::vector<Lesion> lesions;
};

/// What is this finding in mRECIST?
struct LesionRoleExample {
    std::string kind;  ///< "liver", "pvt", "node", "ascites" or "effusion"
    std::optional<double> mm, viable_mm;
    bool enhances{true}, is_infiltrative{}, is_at_porta_hepatis{}, is_proven_malignant{};
};

/// Two diameters a lesion, at baseline and now.
struct ProductsExample {
    using Pairs = std::vector<std::array<double, 2>>;
    Pairs baseline, current;
};

struct ChoiExample {
    double size_before_mm{}, size_now_mm{};
    std::optional<double> density_before_hu, density_now_hu;
    bool has_new_lesion{};
};

/// The best response of overall responses that are given.
struct SequenceExample {
    struct Visit {
        Day day{};
        std::string overall;
    };
    std::vector<Visit> visits;
    ResponseOptions options;
};

/// A criterion by its name with inputs by theirs.
struct CriterionExample {
    using Input = std::variant<bool, double, std::string, std::vector<double>>;
    std::string criterion;
    std::map<std::string, Input, std::less<>> inputs;
};

/// Terms of measured size, sd and limit, in mm.
struct ProbabilityExample {
    std::vector<std::array<double, 3>> terms;
};

/// Spheres, by diameter.
struct VolumeExample {
    std::vector<double> diameters_cm;
};

struct VolumeChangeExample {
    double diameter_mm{}, before{}, after{};
};

/// Tables of events and others, treated and control: [a, b, c, d].
struct MetaExample {
    std::string method;  ///< "IV", "MH" or "DL"
    std::vector<std::array<double, 4>> tables;
};

/// Changes from baseline in percent, visit by visit, of each patient.
struct WaterfallExample {
    std::map<std::string, std::vector<double>> changes_percent;
};

struct WorkedExample {
    std::string file;  ///< its name without the folder
    std::string id;    ///< another reading of a contested row has " alt" at its end
    std::variant<CourseExample,
                 MeasurabilityExample,
                 SelectionExample,
                 LesionRoleExample,
                 ProductsExample,
                 ChoiExample,
                 SequenceExample,
                 CriterionExample,
                 ProbabilityExample,
                 VolumeExample,
                 VolumeChangeExample,
                 MetaExample,
                 WaterfallExample>
        input;
    Facts expected;         ///< never empty
    std::string contested;  ///< why readings part; empty where they do not
};

/// The .json files of a folder, by name. Throws `Error{usage}` when there is no such folder, or none in it.
[[nodiscard]] std::vector<std::filesystem::path> vector_files(const std::filesystem::path& folder);

/// What a file holds.
struct VectorFile {
    std::vector<WorkedExample> examples;  ///< in their order, wherever in the file a list of them stands
    std::vector<std::string>
        unreadable;  ///< a sentence for each that is not as it should be: file, id, field
};

/// Reads every example of a file. `our_expect` takes the place of `expect`; `source_expect` (what somebody
/// else's program says) is not read. Throws `Error{usage}` naming the file when it is no JSON or holds no
/// example.
[[nodiscard]] VectorFile read_vectors(const std::filesystem::path& file);

}  // namespace downstage::documents
