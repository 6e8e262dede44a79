// Arithmetic over named inputs. Interface: evaluate_formula().
#pragma once

#include <functional>
#include <string>

namespace fleetcast::oracle {

/// The value of `a * (b + 1)` and the like; `look_up` gives the value of a name. ^ binds tightest
/// and to the right, and tighter than a minus before it. Throws std::runtime_error when malformed.
double evaluate_formula(const std::string& text,
                        const std::function<double(const std::string&)>& look_up);

} // namespace fleetcast::oracle
