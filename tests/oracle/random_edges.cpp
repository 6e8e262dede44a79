// A sum over runs.
#include "oracle/random_edges.hpp"

#include "oracle/random_scenario.hpp"

namespace fleetcast::oracle {

Edges random_edges(std::uint64_t count, const Json& catalog) {
    Edges sum = no_edges();
    for (std::uint64_t number = 0; number < count; ++number) {
        add(sum, run(random_scenario(number), catalog).edges);
    }
    return sum;
}

} // namespace fleetcast::oracle
