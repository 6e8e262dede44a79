// What the text of an option means. Every function throws Failure (usage) that names the option,
// says what is allowed and shows what was given, harmlessly.
#pragma once

#include <fleetcast/base/time_grid.hpp>
#include <fleetcast/random/sampling.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

inline constexpr double trials_cap = 1e9;
inline constexpr unsigned threads_cap = 1024;
inline constexpr double least_memory = 1 << 20; // [byte]
inline constexpr double longest_timeout = 1e9;  // [s]

/// Text of the user in quotes, escaped, and shortened where it is long.
std::string shown(std::string_view text);

/// --trials: a whole number from 1, also as 1e6. Above trials_cap the Failure is of refusal (5).
std::uint64_t trials_of(std::string_view text);

/// --seed: decimal digits, below 2^64.
std::uint64_t seed_of(std::string_view text);

/// --threads: 0 (all cores) to threads_cap.
unsigned threads_of(std::string_view text);

/// --sampling.
Sampling sampling_of(std::string_view text);

/// --quantiles: percentages between commas, as 2.5; ascending shares, each once.
std::vector<double> quantiles_of(std::string_view text);

/// --memory: bytes, or K, M, G, T (KiB, ...) of them, powers of 1024; least_memory at least. [byte]
double memory_of(std::string_view text);

/// --timeout: above 0, up to longest_timeout. [s]
double timeout_of(std::string_view text);

/// --width. [columns]
int width_of(std::string_view text);

/// --metrics: names between commas, or all.
std::vector<std::string> metrics_of(std::string_view text);

/// --by.
GroupBy group_of(std::string_view text);

/// --every.
Every every_of(std::string_view text);

/// --at: a month or a day.
Date date_of(std::string_view text);

/// The text, when it is one of the words.
std::string word_of(std::string_view option, std::string_view text,
                    const std::vector<std::string>& words);

} // namespace fleetcast
