// Parts of prices in twentieths, so that their shares sum to 1.
#include "oracle/random_finance.hpp"

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

Json make_payment(Dice& dice) {
    Json parts = Json::array();
    int left = 20;
    for (int count = dice.from_to(1, 4); count > 0; --count) {
        const int share = count == 1 ? left : dice.from_to(0, left);
        left -= share;
        const std::vector<double> months = {-60, -12, -6,  -2.5, -1, 0,  0,  0.25, 1,
                                            2,   3,   4.5, 6,    9,  12, 18, 30,   60};
        parts.push_back({{"share", share / 20.0}, {"months_before_delivery", dice.pick(months)}});
    }
    return parts;
}

} // namespace

Json add_finance(Dice& dice, std::vector<Draft>& drafts, Json& sites) {
    for (Draft& draft : drafts) {
        if (draft.kind == "lease")
            continue;
        if (draft.kind != "installed" && dice.chance(50))
            draft.json["payment"] = make_payment(dice);
        if (dice.chance(35))
            draft.json["depreciation_months"] = draft.kind == "installed"
                                                    ? dice.pick<double>({9, 18, 30.5, 36, 48})
                                                    : dice.pick<double>({0.75, 2, 4.5, 6, 12, 36});
    }
    for (auto& [name, site] : sites.items()) {
        if (!site.contains("power"))
            continue;
        if (dice.chance(40))
            site["payment"] = make_payment(dice);
        for (auto& [phase, increment] : site["power"].items()) {
            if (dice.chance(25))
                increment["payment"] = make_payment(dice);
        }
    }
    Json finance = Json::object();
    if (dice.chance(65))
        finance["discount_rate_share"] =
            dice.chance(10) ? dice.pick<double>({0, -0.03}) : dice.between(0.02, 0.2);
    if (dice.chance(60))
        finance["depreciation_months"] = dice.pick<double>({3, 5.5, 9, 12, 24, 48});
    if (dice.chance(60))
        finance["site_depreciation_months"] = dice.pick<double>({2, 4.5, 9, 24, 120});
    return finance;
}

} // namespace fleetcast::oracle
