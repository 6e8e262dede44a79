// How much a `reach` and a `reach_h100e` buy [P8].
#include "oracle/oracle_plan.hpp"

#include <algorithm>

namespace fleetcast::oracle {

namespace {

/// Units of a source's own and earlier supply by t, in the sense of [P8].
double brought_by(const Source& source, double t, Edges& edges) {
    double units = counted(source, t);
    if (units != arrived(source, t))
        hit(edges, "reach counts a median lead time");
    for (const Vintage& vintage : source.vintages) {
        if (source.life && vintage.begin + *source.life < t - same_time) {
            hit(edges, "reach skips a retired vintage");
        } else {
            units += vintage.units;
        }
    }
    return units;
}

} // namespace

void settle_reaches(Plan& plan, Values& values, Edges& edges) {
    const auto asks = [](const Source& source, const char* what) {
        return source.json->contains("deliveries") && source.json->at("deliveries").contains(what);
    };
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        Source& source = plan.sources[i];
        if (!asks(source, "reach"))
            continue;
        Batch& batch = source.batches.front();
        double others = 0;
        for (std::size_t k = 0; k < plan.sources.size(); ++k) {
            const Source& other = plan.sources[k];
            if (k == i || other.lease() || other.accelerator != source.accelerator)
                continue;
            if (asks(other, "reach_h100e"))
                continue;
            if (asks(other, "reach")) {
                if (k > i)
                    continue;
                hit(edges, "reach after reach");
            }
            others += brought_by(other, batch.to, edges);
        }
        const double target = values.field(source.json->at("deliveries"), "reach", 0);
        batch.units = std::max(0.0, target - others);
        hit(edges, batch.units > 0 ? "reach above 0" : "reach of 0");
    }
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        Source& source = plan.sources[i];
        if (!asks(source, "reach_h100e"))
            continue;
        Batch& batch = source.batches.front();
        double others = 0; // [H100e]
        for (std::size_t k = 0; k < plan.sources.size(); ++k) {
            const Source& other = plan.sources[k];
            if (k == i)
                continue;
            if (asks(other, "reach_h100e")) {
                if (k > i)
                    continue;
                hit(edges, "reach_h100e after another");
            }
            double units = brought_by(other, batch.to, edges);
            if (other.lease()) {
                const double from = other.lease_from - other.delay;
                const double to = other.lease_to - other.delay;
                if (from < batch.to - same_time && batch.to <= to + same_time) {
                    units = other.lease_units;
                    hit(edges, "reach_h100e counts a lease");
                }
            }
            others += units * other.h100e;
        }
        const double target = values.field(source.json->at("deliveries"), "reach_h100e", 0);
        batch.units = std::max(0.0, target - others) / source.h100e;
        hit(edges, batch.units > 0 ? "reach_h100e above 0" : "reach_h100e of 0");
    }
}

} // namespace fleetcast::oracle
