#pragma once

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

namespace downstage::app {

/// One line on a terminal that is written over and over, and is gone at the end.
class ProgressLine {
public:
    explicit ProgressLine(std::ostream& out) : out_{out} {}
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ProgressLine(ProgressLine&&) = delete;
    ProgressLine& operator=(ProgressLine&&) = delete;
    ~ProgressLine() { clear(); }

    void show(std::string_view doing, double fraction)
    {
        constexpr int cells = 30;
        const int full = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * cells);
        out_ << "\r\x1b[K[" << std::string(static_cast<std::size_t>(full), '#')
             << std::string(static_cast<std::size_t>(cells - full), ' ') << "] " << doing << std::flush;
        shown_ = true;
    }
    void clear()
    {
        if (shown_) out_ << "\r\x1b[K" << std::flush;
        shown_ = false;
    }

private:
    std::ostream& out_;
    bool shown_ = false;
};

}  // namespace downstage::app
