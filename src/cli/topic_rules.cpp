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
                      "Inputs [R1, R2]: in each trial an uncertain input takes the value of its "
                      "distribution at a uniform number that follows from the seed, the input's "
                      "path and the number of the trial. A named input is drawn once in a trial, "
                      "wherever it is referred to. A new input moves no other's draws, and two "
                      "scenarios share those of the inputs that they share. `correlations` [R3] "
                      "tie the ranks of inputs by a Gaussian copula. A respin [R5] happens when "
                      "its number is below its probability.\n\n"
                      "With --sampling lhs or sobol [R6] the numbers of an input lie evenly "
                      "between 0 and 1, in 16 independent replicates, from which the Monte Carlo "
                      "errors are taken. With sobol a new input may move the draws of others.\n\n"
                      "One trial [R4] takes every distribution at its median, and a respin "
                      "happens when its probability is over one half. That is the run of the "
                      "median inputs, not the median of the runs.\n\n"
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
                {"cash [M8]",
                 "Hardware and sites are paid by `payment`, the rest at once. What is due before "
                 "delivery counts from the day first planned: a slip does not postpone a deposit. "
                 "npv_cost discounts each period from its end to the start"},
                {"accrual [M9]",
                 "Cost is depreciated evenly from the period of installation on; units lost or "
                 "retired are written off at their book value; the warehouse is book value, not "
                 "yet depreciated. The capital charge is the discount rate on the book value at "
                 "the period's begin"},
                {"unit cost [M10]",
                 "(depreciation + write-offs + opex - resale) / available hours, with and without "
                 "the capital charge"},
                {"what bound [M11]",
                 "Units that could be powered but are not wait for installation where only "
                 "the install rate stopped them, else for power. A period is bound by power "
                 "if anything waits for it, else by installation, else by supply, while "
                 "anything is still to come, else by nothing"}}) +
           "\nThree lives:\n\n" +
           entries({{"service_life_months", "until a unit retires: it takes no power any more"},
                    {"depreciation_months",
                     "until its cost is charged: it may run on for nothing, or be written off"},
                    {"the term of a lease", "`from` to `to`, with the delay of its source"}}) +
           "\n" +
           paragraphs(
               "Demand [M12]: what is available, in H100-equivalents by BF16, goes to workloads by "
               "priority, 1 first; equal priorities share in proportion to what they ask, as far "
               "as each may use what is there; none takes from a higher one. A reserved claim asks "
               "for its figure, inference for tokens x FLOP per token x peak to mean over the "
               "FLOP/s of an H100 at its MFU, a training for `max_h100e` until its FLOP are done. "
               "It is done, within a period, at the moment at which all that it could get would "
               "have done it.\n\n"
               "Charging [M12]: the cost of a period (depreciation, write-offs and opex less "
               "resale), its energy and its CO2 go to workloads in proportion to what they are "
               "served. So idle capacity is charged, too, to those who are served. Where nothing "
               "is served, the period's cost is nobody's: the row \"-\". The capital charge is "
               "not part of it.") +
           "\n" +
           paragraphs(
               "Reports [G1]: a quarter or a year takes stocks at the end, sums flows, forms "
               "ratios of sums and averages shares over the hours, trial by trial. A period "
               "belongs to the quarter or year in which it begins. Quantities are not rounded, "
               "only shown rounded; csv and json hold them in full.\n\n"
               "Statistics [S1, S2] are over the trials that have the figure. Quantiles are "
               "exact, linear between the two nearest trials, while what must be kept fits the "
               "memory cap, and above it within 0.5 %; the output says which. The error of a "
               "mean is sd / sqrt(N), that of a quantile half the distance of the figures "
               "sqrt(N p (1 - p)) ranks below and above it.\n\n"
               "Milestones and trainings [S4]: a date that is not reached within the horizon "
               "counts as later "
               "than every other, and its share of the trials is told. A quantile of dates is "
               "the first date by which that share of the trials had reached it. A check [S3] "
               "passes or fails when the interval of its share (Wilson, two standard errors) "
               "lies on one side of the probability asked for; else it is too close to tell.");
}

} // namespace fleetcast
