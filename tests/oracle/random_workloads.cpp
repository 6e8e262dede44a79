// Workloads that crowd the fleet: what each asks is a share of what there is, about.
#include "oracle/random_workloads.hpp"

#include <algorithm>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

constexpr double seconds_per_month = 365.25 / 12 * 86400;

class WorkloadMaker {
public:
    WorkloadMaker(Dice& dice, const Horizon& horizon, ValueMaker& values,
                  const WorkloadWishes& wishes)
        : dice_(dice), horizon_(horizon), values_(values), wishes_(wishes) {}

    Json make() {
        Json workloads;
        const int count = dice_.from_to(1, 5);
        // In a third of the scenarios the fleet is plenty, in the rest it is short now and then.
        const double crowd = dice_.chance(35) ? dice_.between(0.2, 0.8) : dice_.between(0.8, 2.5);
        const bool one_level = dice_.chance(25);
        for (int i = 0; i < count; ++i) {
            const double about =
                std::max(1.0, wishes_.h100e) * crowd / count * dice_.between(0.4, 1.6);
            Json workload = Json::object();
            if (dice_.chance(65))
                workload["team"] = dice_.pick<std::string>({"research", "Product", "7b"});
            if (dice_.chance(75))
                workload["priority"] = one_level ? 2 : dice_.pick<int>({1, 1, 2, 2, 3, 1000});
            kind(workload, about);
            places(workload);
            const std::string name =
                dice_.pick<std::string>({"job", "Claim", "w_", "3x"}) + "-" + std::to_string(i);
            if (dice_.chance(5))
                workload["title"] = "Workload " + std::to_string(i);
            workloads[name] = workload;
        }
        if (dice_.chance(5))
            workloads["$comment"] = "free text";
        return workloads;
    }

private:
    void kind(Json& workload, double about) {
        const int kind = dice_.below(100);
        workload["kind"] = kind < 27 ? "reserved" : kind < 65 ? "training" : "inference";
        if (kind < 27)
            workload["h100e"] = dice_.chance(5) ? Json(0) : values_.series("h100e", about, false);
        else if (kind < 65)
            return training(workload, about);
        else
            inference(workload, about);
        time(workload);
    }

    double mfu(Json& workload) {
        const double share = dice_.between(0.05, 0.6);
        workload["mfu_share"] = dice_.chance(5) ? Json(1) : scalar("mfu_share", share, {0.01, 1});
        return workload["mfu_share"] == 1 ? 1 : share;
    }

    Json scalar(const std::string& field, double value, Range range = {}) {
        return values_.scalar(field, value, range);
    }

    void training(Json& workload, double about) {
        // Alone on about as much as it takes, it runs for these months.
        const double most = about * dice_.between(0.8, 2.5);
        const double months = horizon_.months * dice_.between(0.05, 0.9);
        const double share = mfu(workload);
        const double flop = four_digits(about * months) * wishes_.flops * share * seconds_per_month;
        workload["flop"] = dice_.chance(50) ? Json(flop) : values_.law("flop", flop, {1});
        workload["max_h100e"] = scalar("max_h100e", most, {0.5});
        if (dice_.chance(55)) {
            const int from = dice_.from_to(-3, std::max(0, horizon_.months / 2));
            workload["from"] = values_.date(from, from);
        }
        if (dice_.chance(70))
            workload["due"] = values_.date(dice_.chance(10) ? -3 : 1, horizon_.months + 2);
    }

    void inference(Json& workload, double about) {
        const double share = mfu(workload);
        const double flop_per_token = dice_.between(2, 80) * 1e10;
        const double peak = dice_.chance(40) ? 1 : dice_.between(1.2, 3);
        const double tokens = about * 86400 * wishes_.flops * share / (flop_per_token * peak);
        workload["tokens_per_day"] =
            dice_.chance(4) ? Json(0) : values_.series("tokens_per_day", tokens, false);
        workload["flop_per_token"] = scalar("flop_per_token", flop_per_token, {1e6});
        if (peak > 1)
            workload["peak_to_mean"] = scalar("peak_to_mean", peak, {1});
    }

    /// Of claims and inference: from and to, each or none; never from after to.
    void time(Json& workload) {
        const int from = dice_.from_to(-3, std::max(0, horizon_.months - 2));
        const bool begins = dice_.chance(50);
        if (begins)
            workload["from"] = values_.date(from, from);
        if (!dice_.chance(45))
            return;
        const int to =
            begins ? from + dice_.from_to(0, horizon_.months) : dice_.from_to(1, horizon_.months);
        const bool same = begins && to == from;
        workload["to"] = same ? horizon_.month_text(to) : values_.date(to, to);
    }

    /// Half of them run anywhere; those that are tied can run at one place at least.
    void places(Json& workload) {
        const int tie = dice_.below(100);
        const WorkloadPlace& sure = dice_.pick(wishes_.places);
        if (tie < 35 && !sure.accelerator.empty())
            workload["accelerators"] = some_of(&WorkloadPlace::accelerator, sure);
        if (tie >= 22 && tie < 50 && !sure.site.empty())
            workload["sites"] = some_of(&WorkloadPlace::site, sure);
    }

    /// The name of the sure place and some of the others.
    Json some_of(std::string WorkloadPlace::*name, const WorkloadPlace& sure) {
        Json list = Json::array({sure.*name});
        for (const WorkloadPlace& place : wishes_.places) {
            const bool listed = std::count(list.begin(), list.end(), place.*name) > 0;
            if (!(place.*name).empty() && !listed && dice_.chance(25))
                list.push_back(place.*name);
        }
        return list;
    }

    Dice& dice_;
    const Horizon& horizon_;
    ValueMaker& values_;
    const WorkloadWishes& wishes_;
};

} // namespace

std::vector<WorkloadPlace> workload_places(const Json& sources, const Json& sites) {
    std::vector<WorkloadPlace> places;
    for (const auto& [name, source] : sources.items()) {
        const std::string accelerator = source.value("accelerator", "");
        if (source.at("kind") == "lease" || sites.empty()) {
            places.push_back({accelerator, ""});
            continue;
        }
        for (const auto& [site, json] : sites.items()) {
            const auto lists = [](const Json& array, const std::string& entry) {
                return std::count(array.begin(), array.end(), entry) > 0;
            };
            const bool wanted = !source.contains("sites") || lists(source.at("sites"), site);
            const bool taken =
                !json.contains("accelerators") || lists(json.at("accelerators"), accelerator);
            if (wanted && taken)
                places.push_back({accelerator, site});
        }
    }
    return places;
}

Json random_workloads(Dice& dice, const Horizon& horizon, ValueMaker& values,
                      const WorkloadWishes& wishes) {
    return WorkloadMaker(dice, horizon, values, wishes).make();
}

} // namespace fleetcast::oracle
