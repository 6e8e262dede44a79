// Random sources. Interface: SourceMaker::make(). Sites and outcomes are made by others from the
// drafts, which say about how much comes and what it draws.
#pragma once

#include "oracle/random_values.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fleetcast::oracle {

struct Draft {
    std::string name;
    std::string kind;
    std::string accelerator; // empty: none
    double units = 0;        // about
    nlohmann::ordered_json json;
};

struct SourceWishes {
    std::vector<std::string> accelerators; // to choose from, all with a figure on the basis
    std::vector<std::string> sites;        // names; none: the scenario has no sites
    std::vector<std::string> open_sites;   // those that take everything
    std::vector<std::string> closed_sites; // those that take the first accelerator only
    bool named_only = false;               // no source without accelerator
};

class SourceMaker {
public:
    SourceMaker(Dice& dice, const Horizon& horizon, ValueMaker& values, const SourceWishes& wishes)
        : dice_(dice), horizon_(horizon), values_(values), wishes_(wishes) {}

    std::vector<Draft> make();

private:
    Draft source(const std::string& kind, int number);
    void hardware(Draft& draft);
    void installed(Draft& draft);
    void supply(Draft& draft);
    void deliveries(Draft& draft);
    void schedule(Draft& draft);
    void orders(Draft& draft);
    void in_house(Draft& draft);
    void lease(Draft& draft);
    void places(Draft& draft);
    void life(Draft& draft);
    void money(Draft& draft);
    void replacements(std::vector<Draft>& drafts);
    nlohmann::ordered_json units(double about);

    Dice& dice_;
    const Horizon& horizon_;
    ValueMaker& values_;
    const SourceWishes& wishes_;
    double so_far_ = 0; // [units] of the sources made, about
};

} // namespace fleetcast::oracle
