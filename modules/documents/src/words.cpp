#include "words.hpp"

#include "downstage/core/error.hpp"

namespace downstage::documents {
namespace {

[[noreturn]] void no_word(const std::string& of)
{
    throw Error{Errc::internal, "the contract has no word for this " + of};
}

}  // namespace

std::string word(GeometryVerdict verdict)
{
    switch (verdict) {
    case GeometryVerdict::regular: return "regular";
    case GeometryVerdict::resampled: return "resampled";
    case GeometryVerdict::gaps_allowed: return "gaps_allowed";
    }
    no_word("geometry verdict");
}

std::string word(Phase phase)
{
    switch (phase) {
    case Phase::native: return "native";
    case Phase::arterial: return "arterial";
    case Phase::portal_venous: return "portal_venous";
    case Phase::delayed: return "delayed";
    case Phase::unknown: return "unknown";
    }
    no_word("phase");
}

std::string word(VerdictStatus status)
{
    switch (status) {
    case VerdictStatus::met: return "met";
    case VerdictStatus::not_met: return "not_met";
    case VerdictStatus::indeterminate: return "indeterminate";
    }
    no_word("verdict");
}

}  // namespace downstage::documents
