// Random scalars, distributions, series, inputs and dates of a scenario. Interface: ValueMaker.
#pragma once

#include "oracle/random_dice.hpp"
#include "oracle/random_laws.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace fleetcast::oracle {

struct Horizon {
    int year = 2024;
    int month = 1; // 1..12
    int day = 1;
    int months = 12; // whole months within it, about
    bool weekly = false;

    /// "YYYY-MM", so many months after the month of the start.
    std::string month_text(int offset) const;
    /// "YYYY-MM-DD".
    std::string day_text(int offset, int day_of_month) const;
};

class ValueMaker {
public:
    ValueMaker(Dice& dice, const Horizon& horizon) : dice_(dice), horizon_(horizon) {}

    /// A scalar about `value` (above 0, and inside the range): a number, a distribution, a ref or a
    /// formula. The value itself when it is 0.
    nlohmann::ordered_json scalar(const std::string& field, double value, Range range = {});
    /// A distribution about `value`, inside the range.
    nlohmann::ordered_json law(const std::string& field, double value, Range range = {});
    /// A delay: negative, 0 or positive, often whole.
    nlohmann::ordered_json delay(int low, int high);
    /// A series about `value` of any kind.
    nlohmann::ordered_json series(const std::string& field, double value, bool may_be_negative);
    /// A month or a day.
    std::string date(int low_month, int high_month);

    nlohmann::ordered_json inputs() const { return inputs_; }

private:
    /// A distribution without a range, on both sides of 0 if the limits are.
    nlohmann::ordered_json free_law(double low, double middle, double high);
    nlohmann::ordered_json points(const std::string& field, double value, bool may_be_negative);
    nlohmann::ordered_json growth(const std::string& field, double value);
    nlohmann::ordered_json formula(const std::string& field, const nlohmann::ordered_json& base,
                                   double factor, bool uncertain);
    nlohmann::ordered_json scalar_formula(const std::string& field, double value, Range range);
    std::string add_input(const std::string& field, const nlohmann::ordered_json& value);

    Dice& dice_;
    const Horizon& horizon_;
    nlohmann::ordered_json inputs_ = nlohmann::ordered_json::object();
    std::map<std::string, std::vector<std::string>> known_; // inputs by field
};

} // namespace fleetcast::oracle
