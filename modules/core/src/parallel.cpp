#include "downstage/core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace downstage {

namespace {

/// Keeps the failure of the lowest index, so that the one reported does not depend on timing.
class FirstFailure {
public:
    void keep(std::size_t n, const std::exception_ptr& failure)
    {
        const std::scoped_lock lock{mutex_};
        if (n >= lowest_) return;
        lowest_ = n;
        failure_ = failure;
    }
    void rethrow() const
    {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    std::mutex mutex_;
    std::size_t lowest_ = std::numeric_limits<std::size_t>::max();
    std::exception_ptr failure_;
};

}  // namespace

unsigned workers_for(unsigned wanted)
{
    return wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

void for_each_index(std::size_t count, unsigned workers, const std::function<void(std::size_t)>& body)
{
    std::atomic<std::size_t> next = 0;
    FirstFailure first;
    const auto work = [&] {
        for (std::size_t n = next++; n < count; n = next++) {
            try {
                body(n);
            } catch (...) {
                first.keep(
                    n, std::current_exception());  // every other n still runs: the lowest failure is known
            }
        }
    };
    {
        const std::size_t helpers = std::min<std::size_t>(workers_for(workers), count);
        std::vector<std::jthread> threads;
        for (std::size_t n = 1; n < helpers; ++n)
            threads.emplace_back(work);
        work();
    }
    first.rethrow();
}

}  // namespace downstage
