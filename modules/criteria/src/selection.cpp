#include "downstage/criteria/selection.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace downstage::criteria {

namespace {

/// All nodes are one organ, and so are both of a pair (1.8).
std::string organ_of(const Candidate& candidate)
{
    if (candidate.lesion.is_node) return "lymph nodes";
    for (const std::string side : {"left ", "right "})
        if (candidate.organ.starts_with(side)) return candidate.organ.substr(side.size());
    return candidate.organ;
}

bool is_measurable(const Candidate& candidate)
{
    return measurability(candidate.lesion).answer == Measurability::target_eligible;
}

std::vector<std::size_t> measurable(std::span<const Candidate> candidates)
{
    std::vector<std::size_t> indices;
    for (std::size_t n = 0; n < candidates.size(); ++n)
        if (is_measurable(candidates[n])) indices.push_back(n);
    return indices;
}

/// So many lesions of each organ.
using OrganCounts = std::map<std::string, std::size_t>;

OrganCounts counts_of(std::span<const Candidate> candidates, std::span<const std::size_t> indices)
{
    OrganCounts counts;
    for (const std::size_t index : indices)
        ++counts[organ_of(candidates[index])];
    return counts;
}

/// As many targets as the limits let be chosen.
std::size_t most_targets(const OrganCounts& available, const SelectionLimits& limits)
{
    std::size_t most = 0;
    for (const auto& [organ, count] : available)
        most += std::min(count, limits.most_per_organ);
    return std::min(most, limits.most);
}

/// Tries every subset of the right size, smallest indices first.
class Enumeration {
public:
    Enumeration(std::span<const Candidate> candidates, const SelectionLimits& limits, std::size_t most)
        : candidates_{candidates},
          limits_{limits},
          most_selections_{most},
          available_{measurable(candidates)},
          size_{most_targets(counts_of(candidates, available_), limits)},
          least_organs_{std::min(size_, counts_of(candidates, available_).size())}
    {
        if (size_ > 0) extend(0);
    }

    [[nodiscard]] std::vector<std::vector<std::size_t>> found() && { return std::move(found_); }

private:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as there are targets, five
    void extend(std::size_t from)
    {
        if (found_.size() == most_selections_) return;
        if (chosen_.size() == size_) {
            if (counts_of(candidates_, chosen_).size() >= least_organs_) found_.push_back(chosen_);
            return;
        }
        for (std::size_t n = from; n < available_.size(); ++n) {
            if (!has_room_for(available_[n])) continue;
            chosen_.push_back(available_[n]);
            extend(n + 1);
            chosen_.pop_back();
        }
    }

    [[nodiscard]] bool has_room_for(std::size_t index) const
    {
        const OrganCounts counts = counts_of(candidates_, chosen_);
        const auto same = counts.find(organ_of(candidates_[index]));
        return same == counts.end() || same->second < limits_.most_per_organ;
    }

    std::span<const Candidate> candidates_;
    SelectionLimits limits_;
    std::size_t most_selections_;
    std::vector<std::size_t> available_;
    std::size_t size_;
    std::size_t least_organs_;
    std::vector<std::size_t> chosen_;
    std::vector<std::vector<std::size_t>> found_;
};

}  // namespace

Selection propose_targets(std::span<const Candidate> candidates, const SelectionLimits& limits)
{
    const auto size = [&](std::size_t n) { return to_tenths(candidates[n].lesion.mm); };
    const auto id = [&](std::size_t n) { return candidates[n].id; };
    std::vector<std::size_t> by_size = measurable(candidates);
    std::ranges::sort(by_size, [&](std::size_t a, std::size_t b) {
        return size(a) != size(b) ? size(a) > size(b) : id(a) < id(b);
    });

    Selection selection;
    OrganCounts taken;
    for (const std::size_t index : by_size) {
        std::size_t& of_organ = taken[organ_of(candidates[index])];
        if (selection.chosen.size() == limits.most || of_organ == limits.most_per_organ) continue;
        ++of_organ;
        selection.chosen.push_back(index);
        selection.sum += size(index);
    }
    std::ranges::sort(selection.chosen, {}, id);
    for (const auto& [organ, count] : taken)
        if (count == 0) selection.left_out.push_back(organ);
    return selection;
}

std::vector<std::vector<std::size_t>> legal_selections(std::span<const Candidate> candidates,
                                                       const SelectionLimits& limits,
                                                       std::size_t most_selections)
{
    return Enumeration{candidates, limits, most_selections}.found();
}

}  // namespace downstage::criteria
