// parse_document(): nlohmann's SAX parser reads the grammar, this handler builds the tree.
// nlohmann says neither where a value begins nor why a text is wrong in words for planners, so the
// handler keeps its own place in the text and asks json_text.hpp.
#include "json_text.hpp"

#include <fleetcast/load/document.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>

namespace fleetcast {

namespace {

using Json = nlohmann::json;

constexpr std::size_t problem_cap = 1000; // duplicate keys and numbers reported of one document

// A new element; few containers hold only one.
template <class Element> Element& grow(std::vector<Element>& elements) {
    if (elements.empty())
        elements.reserve(2);
    return elements.emplace_back();
}

class TreeBuilder {
public:
    // The types that nlohmann's SAX interface asks for.
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    TreeBuilder(std::string_view text, std::uint32_t file, std::size_t from, WholeNumbers whole)
        : text_(text), file_(file), cursor_(from), whole_(whole) {}

    bool null() { return literal(Node::Kind::null, 4); }
    bool boolean(bool value) {
        if (!literal(Node::Kind::boolean, value ? 4 : 5))
            return false;
        last_->boolean = value;
        return true;
    }
    bool number_integer(number_integer_t value) { return number(static_cast<double>(value), true); }
    bool number_unsigned(number_unsigned_t value) {
        return number(static_cast<double>(value), true);
    }
    // Integers beyond 64 bits come here too.
    bool number_float(number_float_t value, const string_t& digits) {
        return number(value, is_integer(digits));
    }

    bool string(string_t& value) {
        if (!open_value(Node::Kind::string))
            return false;
        last_->text = std::move(value);
        cursor_ = string_end(text_, last_->place.offset);
        return value_done();
    }

    bool key(string_t& value) {
        const std::size_t start = token_start();
        Member& member = grow(open_.back()->members);
        member.key = std::move(value);
        member.key_place = {file_, start};
        cursor_ = string_end(text_, start);
        expecting_ = Expecting::colon;
        return true;
    }

    bool start_object(std::size_t) { return start(Node::Kind::object, Expecting::first_key); }
    bool start_array(std::size_t) { return start(Node::Kind::array, Expecting::first_item); }
    bool end_object() {
        report_duplicates(open_.size());
        return end();
    }
    bool end_array() { return end(); }

    bool binary(binary_t&) { return false; } // JSON texts hold none

    bool parse_error(std::size_t, const std::string&, const Json::exception& error) {
        constexpr int number_overflow = 406;
        if (error.id == number_overflow && open_value(Node::Kind::number)) {
            const std::size_t at = last_->place.offset;
            report_number(text_.substr(at, number_end(text_, at) - at));
        } else if (error.id != number_overflow) {
            const Fault fault = syntax_fault(text_, cursor_, expecting_);
            report({{}, {file_, fault.offset}, {}, fault.message, fault.hint});
        }
        return false;
    }

    /// The tree, or what kept it from being built. `is_complete` is the parser's verdict.
    Result<Node> result(bool is_complete) {
        if (!is_complete)
            for (std::size_t depth = open_.size(); depth > 0; --depth)
                report_duplicates(depth);
        if (problems_.empty())
            return std::move(root_);
        return in_file_order(std::move(problems_));
    }

private:
    // The next token that is neither a comma nor a colon; the parser has checked those.
    std::size_t token_start() const {
        std::size_t at = skip_blank(text_, cursor_);
        if (text_[at] == ',' || text_[at] == ':')
            at = skip_blank(text_, at + 1);
        return at;
    }

    // Makes room for the next value; false when the document holds too many.
    bool open_value(Node::Kind kind) {
        const std::size_t at = token_start();
        if (++values_ > value_cap) {
            report({{}, {file_, at}, {}, fmt::format("more than {} values", value_cap), {}});
            return false;
        }
        if (open_.empty())
            last_ = &root_;
        else if (open_.back()->kind == Node::Kind::array)
            last_ = &grow(open_.back()->items);
        else
            last_ = &open_.back()->members.back().value;
        last_->kind = kind;
        last_->place = {file_, at};
        return true;
    }

    bool value_done() {
        if (open_.empty())
            expecting_ = Expecting::end_of_document;
        else
            expecting_ = open_.back()->kind == Node::Kind::array ? Expecting::next_item
                                                                 : Expecting::next_key;
        return problems_.size() < problem_cap;
    }

    bool literal(Node::Kind kind, std::size_t length) {
        if (!open_value(kind))
            return false;
        cursor_ = last_->place.offset + length;
        return value_done();
    }

    bool number(double value, bool is_whole) {
        if (!open_value(Node::Kind::number))
            return false;
        const std::size_t at = last_->place.offset;
        cursor_ = number_end(text_, at);
        const std::string_view written = text_.substr(at, cursor_ - at);
        if (is_whole && whole_ == WholeNumbers::exact &&
            !is_exact(written.substr(written[0] == '-'), value))
            report_number(written);
        last_->number = value == 0 ? 0 : value; // -0 becomes 0
        last_->text = written;
        return value_done();
    }

    bool start(Node::Kind kind, Expecting expecting) {
        if (!open_value(kind))
            return false;
        if (open_.size() == depth_cap) {
            report({{}, last_->place, {}, fmt::format("nested deeper than {}", depth_cap), {}});
            return false;
        }
        cursor_ = last_->place.offset + 1;
        open_.push_back(last_);
        expecting_ = expecting;
        return true;
    }

    bool end() {
        cursor_ = skip_blank(text_, cursor_) + 1;
        open_.pop_back();
        return value_done();
    }

    // Dotted path of the child that is being read in the open container number `depth` - 1.
    std::string path(std::size_t depth) const {
        std::string result;
        for (std::size_t i = 0; i < depth; ++i) {
            const Node& node = *open_[i];
            if (i > 0)
                result += '.';
            result += node.kind == Node::Kind::array ? fmt::to_string(node.items.size() - 1)
                                                     : node.members.back().key;
        }
        return result;
    }

    void report(Problem problem) { problems_.push_back(std::move(problem)); }

    void report_number(std::string_view written) {
        const bool is_whole = is_integer(written);
        report({{},
                last_->place,
                path(open_.size()),
                fmt::format("{} {}", shortened(written),
                            is_whole ? "cannot be held exactly" : "is too large for a number"),
                is_whole ? "add .0 to have it rounded" : ""});
    }

    // Keys that stand twice in the open container number `depth` - 1, if it is an object.
    void report_duplicates(std::size_t depth) {
        const std::vector<Member>& members = open_[depth - 1]->members;
        order_.resize(members.size());
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            const int order = members[a].key.compare(members[b].key);
            return order < 0 || (order == 0 && a < b);
        });
        std::size_t first = 0; // in `order_`, of the run of equal keys
        for (std::size_t i = 1; i < order_.size() && problems_.size() < problem_cap; ++i) {
            const Member& member = members[order_[i]];
            const Member& earlier = members[order_[first]];
            if (member.key == earlier.key)
                report_duplicate(member, earlier, path(depth - 1));
            else
                first = i;
        }
    }

    void report_duplicate(const Member& member, const Member& earlier, std::string above) {
        above += above.empty() ? "" : ".";
        report({{},
                member.key_place,
                above + member.key,
                fmt::format("duplicate key \"{}\", first at {}", shortened(member.key),
                            shown_position(text_, earlier.key_place.offset)),
                {}});
    }

    std::string_view text_;
    std::uint32_t file_;
    std::size_t cursor_; // past the last token seen
    WholeNumbers whole_;
    Expecting expecting_ = Expecting::root;
    Node root_;
    // Stay valid: a container does not grow while a child of it is open.
    std::vector<Node*> open_;
    Node* last_ = nullptr;
    std::vector<std::size_t> order_; // of report_duplicates(); kept to spare allocations
    std::size_t values_ = 0;
    Problems problems_;
};

} // namespace

Result<Node> parse_document(const Sources& sources, std::uint32_t file, std::size_t from,
                            WholeNumbers whole) {
    const std::string_view text = sources.texts.at(file).text;
    if (auto fault = encoding_fault(text.substr(from)))
        return Problems{{{},
                         {file, from + fault->offset},
                         {},
                         std::move(fault->message),
                         std::move(fault->hint)}};
    TreeBuilder builder(text, file, from == 0 ? content_start(text) : from, whole);
    const bool is_complete =
        Json::sax_parse(text.data() + from, text.data() + text.size(), &builder,
                        Json::input_format_t::json, /*strict*/ true, /*ignore_comments*/ true);
    return builder.result(is_complete);
}

} // namespace fleetcast
