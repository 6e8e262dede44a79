// Independent pieces of work done by several threads, their results taken in order.
// Interface: in_parallel(). What a piece is is left to the caller.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace fleetcast {

/// How many threads to use for so many pieces; 0 asked: as many as there are cores.
inline unsigned threads_for_pieces(unsigned asked, std::size_t pieces) {
    const unsigned wanted = asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::clamp<std::size_t>(pieces, 1, wanted));
}

/// Calls `work(i)` for every i below `count`, from several threads at once, and `take(i, result)`
/// in the order of i, from one thread at a time. Where the system has no more threads, fewer do all
/// the work. The first exception of either ends it and is thrown again when all threads have ended.
template <class Work, class Take>
void in_parallel(std::size_t count, unsigned threads, const Work& work, const Take& take) {
    using Result = decltype(work(std::size_t{}));
    std::atomic<std::size_t> next = 0;
    std::mutex mutex; // guards what follows
    std::map<std::size_t, Result> finished;
    std::size_t taken = 0;
    std::exception_ptr error;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                Result result = work(i);
                const std::lock_guard lock(mutex);
                finished.emplace(i, std::move(result));
                for (auto first = finished.begin();
                     !error && first != finished.end() && first->first == taken; ++taken) {
                    take(taken, std::move(first->second));
                    first = finished.erase(first);
                }
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!error)
                    error = std::current_exception();
                next = count;
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        try {
            for (unsigned t = 1; t < threads; ++t)
                helpers.emplace_back(run);
        } catch (const std::system_error&) { // those that there are do all the work
        }
        run();
    }
    if (error)
        std::rethrow_exception(error);
}

} // namespace fleetcast
