#pragma once

#include <functional>
#include <string_view>

namespace downstage {

/// Told what is being done and how far it is (0..1). Empty means nobody listens.
using Progress = std::function<void(std::string_view doing, double fraction)>;

inline void tell(const Progress& progress, std::string_view doing, double fraction)
{
    if (progress) progress(doing, fraction);
}

}  // namespace downstage
