// A value or the problems that kept it from being made, and the one exception
// that ends a run. Interface: Result<T>, require(), Failure.
#pragma once

#include <fleetcast/base/problem.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace fleetcast {

template <class T> using Result = std::variant<T, Problems>;

/// Exit codes of the program; frozen (`fleetcast help exit-codes`).
enum class Exit {
    ok = 0,
    internal = 1,
    usage = 2,
    bad_input = 3,
    io = 4,
    refused = 5,
    differ = 10,
    check_failed = 99,
    pipe = 141
};

/// The exit code of a batch in which both happened: the first of 1, 5, 4, 3, 99, 10, 0.
Exit more_severe(Exit a, Exit b);

/// "The run must end": caught once, in main.
struct Failure : std::runtime_error {
    Failure(Exit exit_code, const std::string& message, Problems found = {})
        : std::runtime_error(message), code(exit_code), problems(std::move(found)) {}
    Exit code;
    Problems problems; // printed one by one where there are any, else what()
};

/// The value, or a Failure of bad input that carries the problems.
template <class T> T require(Result<T> result) {
    if (auto* problems = std::get_if<Problems>(&result))
        throw Failure(Exit::bad_input, "bad input", std::move(*problems));
    return std::get<T>(std::move(result));
}

} // namespace fleetcast
