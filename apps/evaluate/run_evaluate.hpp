#pragma once

#include <filesystem>

namespace downstage::evaluate_app {

struct EvaluateOptions {
    std::filesystem::path suite, results, out;
    unsigned workers = 0;
};

/// Compares every result with its truth and writes accuracy.md, lesions.csv and three plots into `out`.
void run_evaluate(const EvaluateOptions& options);

}  // namespace downstage::evaluate_app
