// The rules of the simulation for a reader; the marks are those of the tests' names.
#include <fleetcast/cli/help.hpp>

namespace fleetcast {

std::string rules_topic() {
    return "Rules of the simulation\n\n" +
           paragraphs("Time [T1] is counted in months, every one of length 1, days even within it. "
                      "Periods are calendar months, or weeks of 7 days, from `start`; the last "
                      "is cut at `end`. Prices and other series are taken at a period's first "
                      "moment. Energy, and hours of leases, use the true hours of the calendar. "
                      "As a start, a month means its first moment; as an end, its last.\n\n"
                      "Inputs [R4]: this version runs every distribution at its median, and a "
                      "respin happens when its probability is over one half. That is the "
                      "run of the median inputs, not the median of the runs.\n\n"
                      "Before the first period [P6] the units installed earlier (`vintages`) "
                      "take their sites in order of preference, as far as the power goes; what "
                      "is left runs at the last of them all the same, with a warning.") +
           "\nEach period, in this order; each step for all sources in the order of the file:\n\n" +
           entries(
               {{"[P1] retire",
                 "Units leave in the first period that begins at or after the end of their "
                 "service life."},
                {"[P2] attrition", "Every group of units shrinks by its share of the yearly loss."},
                {"[P3] deliver", "What arrives in the period goes to the warehouse, shifted by the "
                                 "source's delay. What was due before the start comes in the "
                                 "first period; what comes after the end is pending."},
                {"[P4] install",
                 "Units move to the sites, sources in the order of the file, sites in the "
                 "source's order of preference: as many as have been commissioned, as the free "
                 "power holds (power in effect less reserve, each unit taking its kW x "
                 "provisioning_share), and as the site's install rate allows. An increment "
                 "counts from the first period that begins at or after its date and delays."},
                {"[P5] refresh", "A source that `replaces` another, and still waits for power, "
                                 "retires as many of the other's units as it needs to fit."}}) +
           "\n" +
           paragraphs(
               "Leases [P7] need no site and no power of yours: they are in force while they "
               "run.\n\n"
               "Targets [P8]: `reach` orders what is missing to a number of units of its "
               "accelerator, `reach_h100e` to a total in H100-equivalents, counting what the "
               "other sources will have brought by then. It counts orders, not survivors: "
               "losses and delays come on top.") +
           "\nAt the end of the period is measured:\n\n" +
           entries(
               {{"units [M1, M2]", "in service, in the warehouse, owned, available (accepted, less "
                                   "spares and repair), and the flows between them"},
                {"H100e [M3]",
                 "units x the accelerator's figure on the basis / that of the H100 SXM"},
                {"power [M4]", "nameplate = units x kW, with their share of server, network and "
                               "storage; IT power = nameplate x load_share; facility = IT x PUE"},
                {"energy [M5]",
                 "mean of the units in service at begin and end x kW x load_share x PUE x hours, "
                 "leases apart"},
                {"cost [M6, M7]",
                 "A unit costs its price, and its system price, on the day it was to come: a "
                 "slip does not change what was agreed. capex = units delivered + sites built; "
                 "opex = energy, maintenance, colocation, leases, NRE and other costs; cost = "
                 "capex + opex - resale"},
                {"what bound [M11]",
                 "Units that could be powered but are not wait for installation where only "
                 "the install rate stopped them, else for power. A period is bound by power "
                 "if anything waits for it, else by installation, else by supply, while "
                 "anything is still to come, else by nothing"}}) +
           "\n" +
           paragraphs(
               "Reports [G1]: a quarter or a year takes stocks at the end, sums flows, forms "
               "ratios of sums and averages shares over the hours. A period belongs to the "
               "quarter or year in which it begins. Quantities are not rounded, only shown "
               "rounded; csv and json hold them in full.");
}

} // namespace fleetcast
