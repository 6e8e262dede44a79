#include <fleetcast/simulate/pool.hpp>

#include <fleetcast/base/time_grid.hpp>

#include <algorithm>

namespace fleetcast {

namespace {
// Below this the factor is folded into the log, long before it could underflow.
constexpr double least_survival = 1e-6;
// When less than this share is left, differences have lost their digits: the log is summed again.
constexpr double least_share_left = 1e-3;
} // namespace

void Pool::install(double x0, double units, double unit_cost) {
    if (units <= 0)
        return;
    log_.push_back({x0, units / survival_, unit_cost});
    units_ += units;
    cost_ += units * unit_cost;
}

Leaving Pool::retire(double x, double life) {
    Leaving leaving;
    for (; oldest_ < log_.size() && log_[oldest_].x0 + life <= x + time_slack; ++oldest_) {
        const double units = log_[oldest_].units * survival_;
        leaving.units += units;
        leaving.cost += units * log_[oldest_].unit_cost;
    }
    const double before = units_;
    units_ -= leaving.units;
    cost_ -= leaving.cost;
    if (leaving.units > 0 && units_ < least_share_left * before)
        sum_log();
    return leaving;
}

double Pool::attrit(double factor) {
    const double before = units_;
    scale(factor);
    return before - units_;
}

Leaving Pool::replace(double units) {
    if (units <= 0 || units_ <= 0)
        return {};
    const double share = std::min(1.0, units / units_);
    const Leaving leaving{share * units_, share * cost_};
    scale(1.0 - share);
    return leaving;
}

double Pool::unaccepted(double x, double acceptance) const {
    double units = 0;
    for (std::size_t i = log_.size(); i > oldest_ && x < log_[i - 1].x0 + acceptance - time_slack;
         --i)
        units += log_[i - 1].units * survival_;
    return std::min(units, units_);
}

void Pool::sum_log() {
    units_ = cost_ = 0;
    for (std::size_t i = oldest_; i < log_.size(); ++i) {
        const double units = log_[i].units * survival_;
        units_ += units;
        cost_ += units * log_[i].unit_cost;
    }
}

void Pool::scale(double factor) {
    units_ *= factor;
    cost_ *= factor;
    survival_ *= factor;
    if (survival_ >= least_survival)
        return;
    for (Cohort& cohort : log_)
        cohort.units *= survival_;
    survival_ = 1;
}

} // namespace fleetcast
