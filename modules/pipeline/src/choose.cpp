#include "downstage/pipeline/choose.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>

namespace downstage::pipeline {

namespace {

struct Candidate {
    std::size_t stack{};
    const Stack* facts{};
    double spacing_mm{};  ///< median distance between slices along their normal
    double extent_mm{};   ///< between the first and the last slice
    Look look;
};

VectorLps normal_of(const Stack& stack)
{
    return cross(stack.row_direction, stack.column_direction);
}

Candidate candidate(const Study& study, std::size_t n)
{
    Candidate made{.stack = n, .facts = &study.stacks[n]};
    const std::vector<Slice>& slices = made.facts->slices;
    if (slices.size() < 2) return made;
    const VectorLps normal = normal_of(*made.facts);
    std::vector<double> gaps_mm;
    for (std::size_t s = 1; s < slices.size(); ++s)
        gaps_mm.push_back(std::abs(dot(slices[s].position - slices[s - 1].position, normal)));
    made.extent_mm = std::abs(dot(slices.back().position - slices.front().position, normal));
    std::ranges::nth_element(gaps_mm, gaps_mm.begin() + static_cast<std::ptrdiff_t>(gaps_mm.size() / 2));
    made.spacing_mm = gaps_mm[gaps_mm.size() / 2];
    return made;
}

// Gates: what headers alone can refuse. Each answers with the reason, or with nothing.

std::string gate_usable(const Candidate& c)
{
    return c.facts->unusable_because;
}

std::string gate_modality(const Candidate& c)
{
    if (c.facts->modality == "CT") return {};
    return "its modality is " + c.facts->modality + ", and only CT is measured";
}

std::string gate_axial(const Candidate& c)
{
    // 45 degrees parts axial from coronal and sagittal; no gantry tilts further than 30.
    constexpr double least_cosine = 0.7071;
    if (std::abs(normal_of(*c.facts).z_mm) >= least_cosine) return {};
    return "its slices are not axial";
}

std::string gate_thin(const Candidate& c)
{
    // Twice 10 mm is the smallest lesion that RECIST 1.1 would call measurable there (RULES.md 1.2): of no
    // use.
    constexpr double thickest_mm = 10.0;
    if (c.spacing_mm <= thickest_mm) return {};
    return "its slices are " + mm_text(c.spacing_mm) + " apart, more than " + mm_text(thickest_mm);
}

std::string gate_long(const Candidate& c)
{
    // Shorter than this, a stack is a bolus-tracking or biopsy run: no liver fits (adult livers span 120 mm
    // and more).
    constexpr double shortest_mm = 30.0;
    if (c.extent_mm >= shortest_mm) return {};
    return "it covers only " + mm_text(c.extent_mm) + " from head to foot, less than " + mm_text(shortest_mm);
}

constexpr std::array gates{gate_usable, gate_modality, gate_axial, gate_thin};

std::string refused_by_gate(const Candidate& c, const ChooseOptions& options)
{
    if (options.wanted && c.facts->series_uid != *options.wanted) return "another series was asked for";
    for (const auto gate : gates)
        if (std::string why = gate(c); !why.empty()) return why;
    return options.must_show_liver ? gate_long(c) : std::string{};
}

std::string_view name_of(Phase phase)
{
    switch (phase) {
    case Phase::native: return "native";
    case Phase::arterial: return "arterial";
    case Phase::portal_venous: return "portal venous";
    case Phase::delayed: return "delayed";
    case Phase::unknown: break;
    }
    return "of unknown phase";
}

/// Lesions stand out best in the portal venous phase; a native scan shows least of them.
double rank_of(Phase phase)
{
    switch (phase) {
    case Phase::portal_venous: return 4;
    case Phase::delayed: return 3;
    case Phase::unknown: return 2;
    case Phase::arterial: return 1;
    case Phase::native: break;
    }
    return 0;
}

/// Sharp kernels (lung, bone) are noisy in the liver. Vendors name them: GE LUNG, BONE, EDGE; Philips L, YC,
/// YD, D, E; Siemens B/Br/Bl/Hr with a number of 60 and more; Canon FC5x, FC8x.
bool is_sharp(const std::string& kernel)
{
    std::string upper;
    std::ranges::transform(kernel, std::back_inserter(upper), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    for (const std::string_view name : {"LUNG", "BONE", "EDGE", "SHARP"})
        if (upper.find(name) != std::string::npos) return true;
    for (const std::string_view name : {"L", "YC", "YD", "D", "E"})
        if (upper == name) return true;
    if (upper.starts_with("FC5") || upper.starts_with("FC8")) return true;
    const std::size_t digit = upper.find_first_of("0123456789");
    constexpr int sharpest_body_kernel = 59;
    return (upper.starts_with("B") || upper.starts_with("H")) && digit != std::string::npos && digit <= 2 &&
           std::atoi(upper.c_str() + digit) > sharpest_body_kernel;
}

/// Thinner is better down to 1 mm; below that the noise costs more than the sampling gives.
double usable_thinness(const Candidate& c)
{
    return -std::max(c.spacing_mm, 1.0);
}

struct Rule {
    std::string_view name;
    double (*score)(const Candidate&);
    double indifference;  ///< scores nearer than this are equal
    std::string (*says)(const Candidate&);
};

/// THE table: the first rule on which two stacks differ decides between them.
constexpr std::array<Rule, 5> rules{{
    {"the liver is in view",
     [](const Candidate& c) { return c.look.liver_in_view ? 1.0 : 0.0; },
     0.5,
     [](const Candidate& c) {
         return std::string{c.look.liver_in_view ? "a liver" : "no liver"} + " is in view";
     }},
    {"portal venous first",
     [](const Candidate& c) { return rank_of(c.look.phase.phase); },
     0.5,
     [](const Candidate& c) { return "it is " + std::string{name_of(c.look.phase.phase)}; }},
    {"most liver",
     [](const Candidate& c) { return c.look.liver_extent_mm; },
     15.0,
     [](const Candidate& c) {
         return "it shows " + mm_text(c.look.liver_extent_mm) + " of liver from head to foot";
     }},
    {"body kernel",
     [](const Candidate& c) { return is_sharp(c.facts->kernel) ? 0.0 : 1.0; },
     0.5,
     [](const Candidate& c) {
         return std::string{is_sharp(c.facts->kernel) ? "its kernel is sharp"
                                                      : "its kernel is for soft tissue"};
     }},
    {"thinnest usable slices",
     usable_thinness,
     0.05,
     [](const Candidate& c) { return "its slices are " + mm_text(c.spacing_mm) + " apart"; }},
}};

/// The first rule that prefers one of the two, if any.
const Rule* deciding_rule(const Candidate& a, const Candidate& b)
{
    for (const Rule& rule : rules)
        if (std::abs(rule.score(a) - rule.score(b)) > rule.indifference) return &rule;
    return nullptr;
}

bool is_better(const Candidate& a, const Candidate& b)
{
    if (const Rule* rule = deciding_rule(a, b)) return rule->score(a) > rule->score(b);
    return a.stack < b.stack;
}

std::string why_not(const Candidate& loser, const Candidate& winner)
{
    const Rule* rule = deciding_rule(loser, winner);
    if (rule == nullptr) return "as good as the one chosen, which comes first";
    return std::string{rule->name} + ": " + rule->says(loser) + ", of the one chosen " + rule->says(winner);
}

std::string why_chosen(const Candidate& winner, std::size_t compared)
{
    std::string text = compared == 1 ? "the only series that can be measured" : "the best by the rules";
    for (const Rule& rule : rules)
        text += "; " + rule.says(winner);
    return text;
}

/// Looking costs a second or two a stack, so only the best by header are looked at.
constexpr std::size_t most_looks = 8;

bool is_better_by_header(const Candidate& a, const Candidate& b)
{
    if (is_sharp(a.facts->kernel) != is_sharp(b.facts->kernel)) return is_sharp(b.facts->kernel);
    if (std::abs(a.extent_mm - b.extent_mm) > 0.25 * std::max(a.extent_mm, b.extent_mm))
        return a.extent_mm > b.extent_mm;
    if (usable_thinness(a) != usable_thinness(b)) return usable_thinness(a) > usable_thinness(b);
    return a.stack < b.stack;
}

Error nothing_to_measure(const Study& study, const std::vector<Choice::Other>& others)
{
    std::string text = "no series of this study can be measured";
    for (const Choice::Other& other : others)
        text += "; series " + study.stacks[other.stack].series_uid.text + ": " + other.because;
    return {Errc::input, text + ". Give a study with an axial CT of the liver"};
}

void check_wanted(const Study& study, const std::optional<SeriesUid>& wanted)
{
    if (!wanted) return;
    if (std::ranges::any_of(study.stacks, [&](const Stack& s) { return s.series_uid == *wanted; })) return;
    std::string known;
    for (const Stack& stack : study.stacks)
        if (known.find(stack.series_uid.text) == std::string::npos) known += " " + stack.series_uid.text;
    throw Error{Errc::usage, "the study has no series " + wanted->text + "; --series takes one of:" + known};
}

/// The candidates that no gate refuses, best by their headers first; the others go into `choice.others`.
std::vector<Candidate> pass_gates(const Study& study, const ChooseOptions& options, Choice& choice)
{
    std::vector<Candidate> open;
    for (std::size_t n = 0; n < study.stacks.size(); ++n) {
        const Candidate c = candidate(study, n);
        const std::string why = refused_by_gate(c, options);
        if (why.empty())
            open.push_back(c);
        else
            choice.others.push_back({n, why});
    }
    std::ranges::sort(open, is_better_by_header);
    return open;
}

/// Those of `open` whose pixels could be looked at.
std::vector<Candidate> look_at_best(const std::vector<Candidate>& open, const LookAt& look_at, Choice& choice)
{
    std::vector<Candidate> seen;
    for (Candidate c : open) {
        if (seen.size() == most_looks) {
            choice.others.push_back({c.stack, "not looked at: eight others are better by their headers"});
            continue;
        }
        try {
            c.look = look_at(*c.facts);
            seen.push_back(c);
        } catch (const Error& failure) {
            if (failure.code() != Errc::input) throw;
            choice.others.push_back({c.stack, failure.what()});
        }
    }
    return seen;
}

}  // namespace

Choice choose_stack(const Study& study, const ChooseOptions& options, const LookAt& look_at)
{
    check_wanted(study, options.wanted);
    Choice choice;
    const std::vector<Candidate> seen = look_at_best(pass_gates(study, options, choice), look_at, choice);
    if (seen.empty()) throw nothing_to_measure(study, choice.others);

    // Indifference makes the order partial, so the best is found by a fixed walk rather than by sorting.
    Candidate best = seen.front();
    for (const Candidate& c : seen)
        if (is_better(c, best)) best = c;
    for (const Candidate& c : seen) {
        if (c.stack == best.stack) continue;
        choice.others.push_back({c.stack, why_not(c, best)});
        choice.seen.push_back({c.stack, c.look});
    }
    std::ranges::sort(choice.others, {}, &Choice::Other::stack);
    choice.stack = best.stack;
    choice.look = best.look;
    choice.because = why_chosen(best, seen.size());
    return choice;
}

}  // namespace downstage::pipeline
