#pragma once

#include <string>

namespace downstage {

enum class Severity { note, warning };

/// Something a reader of the result has to know. Warnings are data: they reach every document.
struct Notice {
    Severity severity{Severity::warning};
    std::string text;  ///< one sentence; UIDs may stand in it, nothing else of the patient
    friend bool operator==(const Notice&, const Notice&) = default;
};

}  // namespace downstage
