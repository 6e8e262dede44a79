// A pure arithmetic loop: what the processor itself gains from another thread at this moment.
// Usage: arithmetic THREADS; every thread does the same work, so perfect scaling takes equal time.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

/// Independent chains of double multiplications and additions that stay in registers.
double work() {
    std::array<double, 32> chains{};
    for (long i = 0; i < 120'000'000; ++i)
        for (double& chain : chains)
            chain = chain * 0.999999 + 1.0;
    double sum = 0;
    for (const double chain : chains)
        sum += chain;
    return sum;
}

} // namespace

int main(int argc, char** argv) {
    const long threads = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 1;
    std::vector<double> sums(static_cast<std::size_t>(threads));
    std::vector<std::thread> running;
    for (double& sum : sums)
        running.emplace_back([&sum] { sum = work(); });
    for (std::thread& thread : running)
        thread.join();
    double total = 0;
    for (const double sum : sums)
        total += sum;
    std::printf("%g\n", total);
}
