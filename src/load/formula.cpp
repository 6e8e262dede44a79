// Recursive descent; a nesting cap keeps hostile texts off the stack.
#include <fleetcast/load/formula.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace fleetcast {

namespace {

constexpr int most_nested = 64;

struct Function {
    std::string_view name;
    Operator op;
    int least_arguments;
    bool many; // folds over further arguments
};

constexpr std::array<Function, 6> functions{{
    {"min", Operator::minimum, 2, true},
    {"max", Operator::maximum, 2, true},
    {"abs", Operator::absolute, 1, false},
    {"sqrt", Operator::square_root, 1, false},
    {"exp", Operator::exponential, 1, false},
    {"log", Operator::logarithm, 1, false},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    std::variant<Formula, FormulaMistake> run() {
        sum();
        if (!mistake_ && !at_end())
            fail(fmt::format("expected an operator, found '{}'", text_[at_]));
        if (mistake_)
            return *mistake_;
        return Formula{std::string(text_), std::move(steps_)};
    }

private:
    bool at_end() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t'))
            ++at_;
        return at_ == text_.size();
    }
    bool take(char wanted) {
        if (mistake_ || at_end() || text_[at_] != wanted)
            return false;
        ++at_;
        return true;
    }
    void fail(std::string message) {
        if (!mistake_)
            mistake_ = FormulaMistake{at_, std::move(message)};
    }
    void emit(Operator op) { steps_.push_back({op, 0, {}}); }

    void sum() {
        product();
        while (!mistake_) {
            if (take('+')) {
                product();
                emit(Operator::add);
            } else if (take('-')) {
                product();
                emit(Operator::subtract);
            } else {
                return;
            }
        }
    }
    void product() {
        sign();
        while (!mistake_) {
            if (take('*')) {
                sign();
                emit(Operator::multiply);
            } else if (take('/')) {
                sign();
                emit(Operator::divide);
            } else {
                return;
            }
        }
    }
    void sign() {
        if (!enter())
            return;
        if (take('-')) {
            sign();
            emit(Operator::negate);
        } else if (take('+')) {
            sign();
        } else {
            power();
        }
        --depth_;
    }
    void power() {
        operand();
        if (take('^')) {
            sign(); // to the right, and 2^-1 is a half
            emit(Operator::power);
        }
    }
    void operand() {
        if (mistake_)
            return;
        if (at_end())
            fail("ends where a number or a name should be");
        else if (take('('))
            parenthesis();
        else if (is_digit(text_[at_]) || text_[at_] == '.')
            number();
        else if (is_letter(text_[at_]))
            name();
        else
            fail(fmt::format("expected a number or a name, found '{}'", text_[at_]));
    }
    void parenthesis() {
        sum();
        if (!mistake_ && !take(')'))
            fail("')' is missing");
    }
    void number() {
        double value = 0;
        const char* const begin = text_.data() + at_;
        const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
        if (error != std::errc{} || !std::isfinite(value))
            return fail("is not a finite number");
        at_ += static_cast<std::size_t>(end - begin);
        steps_.push_back({Operator::number, value, {}});
    }
    void name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_])))
            ++at_;
        const std::string_view word = text_.substr(begin, at_ - begin);
        if (!take('(')) {
            steps_.push_back({Operator::name, 0, std::string(word)});
            return;
        }
        for (const Function& function : functions)
            if (function.name == word)
                return arguments(function);
        at_ = begin;
        fail(fmt::format("unknown function {}; there are min, max, abs, sqrt, exp and log", word));
    }
    void arguments(const Function& function) {
        int count = 0;
        do {
            sum();
            if (++count > 1 && function.many)
                emit(function.op);
        } while (take(','));
        if (!mistake_ && !take(')'))
            fail("')' is missing");
        if (count < function.least_arguments ||
            (count > function.least_arguments && !function.many))
            fail(fmt::format("{} takes {} argument{}", function.name,
                             function.many ? "at least 2" : "1", function.many ? "s" : ""));
        if (!function.many)
            emit(function.op);
    }
    bool enter() {
        if (++depth_ > most_nested)
            fail(fmt::format("is nested deeper than {}", most_nested));
        return !mistake_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<FormulaStep> steps_;
    std::optional<FormulaMistake> mistake_;
};

} // namespace

std::variant<Formula, FormulaMistake> parse_formula(std::string_view text) {
    return Parser(text).run();
}

} // namespace fleetcast
