// A recursive descent that computes as it reads.
#include "oracle/oracle_formula.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace fleetcast::oracle {

namespace {

class Reader {
public:
    Reader(const std::string& text, const std::function<double(const std::string&)>& look_up)
        : text_(text), look_up_(look_up) {}

    double whole() {
        const double value = sum();
        if (peek() != '\0')
            fail();
        return value;
    }

private:
    char peek() {
        while (place_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[place_]))) {
            ++place_;
        }
        return place_ < text_.size() ? text_[place_] : '\0';
    }

    bool take(char wanted) {
        if (peek() != wanted)
            return false;
        ++place_;
        return true;
    }

    [[noreturn]] void fail() { throw std::runtime_error("bad formula: " + text_); }

    double sum() {
        double value = product();
        for (;;) {
            if (take('+'))
                value += product();
            else if (take('-'))
                value -= product();
            else
                return value;
        }
    }

    double product() {
        double value = signed_power();
        for (;;) {
            if (take('*'))
                value *= signed_power();
            else if (take('/'))
                value /= signed_power();
            else
                return value;
        }
    }

    double signed_power() {
        if (take('-'))
            return -signed_power();
        if (take('+'))
            return signed_power();
        return power();
    }

    double power() {
        const double base = primary();
        if (!take('^'))
            return base;
        return std::pow(base, signed_power());
    }

    double primary() {
        const char next = peek();
        if (take('(')) {
            const double value = sum();
            if (!take(')'))
                fail();
            return value;
        }
        if (std::isdigit(static_cast<unsigned char>(next)) || next == '.')
            return number();
        return name();
    }

    double number() {
        std::size_t length = 0;
        const std::string rest = text_.substr(place_);
        const auto digits = [&] {
            while (length < rest.size() && std::isdigit(static_cast<unsigned char>(rest[length]))) {
                ++length;
            }
        };
        digits();
        if (length < rest.size() && rest[length] == '.') {
            ++length;
            digits();
        }
        if (length < rest.size() && (rest[length] == 'e' || rest[length] == 'E')) {
            ++length;
            if (length < rest.size() && (rest[length] == '+' || rest[length] == '-'))
                ++length;
            digits();
        }
        place_ += length;
        double value = 0;
        std::istringstream stream(rest.substr(0, length));
        stream.imbue(std::locale::classic());
        if (!(stream >> value))
            fail();
        return value;
    }

    double name() {
        std::string name;
        while (place_ < text_.size() &&
               (std::isalnum(static_cast<unsigned char>(text_[place_])) || text_[place_] == '_')) {
            name += text_[place_++];
        }
        if (name.empty())
            fail();
        if (!take('('))
            return look_up_(name);
        std::vector<double> arguments = {sum()};
        while (take(','))
            arguments.push_back(sum());
        if (!take(')'))
            fail();
        if (name == "min")
            return *std::min_element(arguments.begin(), arguments.end());
        if (name == "max")
            return *std::max_element(arguments.begin(), arguments.end());
        if (arguments.size() != 1)
            fail();
        if (name == "abs")
            return std::abs(arguments[0]);
        if (name == "sqrt")
            return std::sqrt(arguments[0]);
        if (name == "exp")
            return std::exp(arguments[0]);
        if (name == "log")
            return std::log(arguments[0]);
        fail();
    }

    const std::string& text_;
    const std::function<double(const std::string&)>& look_up_;
    std::size_t place_ = 0;
};

} // namespace

double evaluate_formula(const std::string& text,
                        const std::function<double(const std::string&)>& look_up) {
    return Reader(text, look_up).whole();
}

} // namespace fleetcast::oracle
