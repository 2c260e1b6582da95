#include "syntax.h"

#include <unordered_map>

#include "scanner.h"

namespace redoubt {
namespace {

constexpr uint32_t deepest_group = 200;

bool is_surrogate(uint32_t code_point) { return code_point >= 0xD800 && code_point < 0xE000; }

class Parser {
 public:
  Parser(std::string_view text, size_t sources) : scan_(text), sources_(sources) {}

  Syntax parse() {
    scan_.space(true);
    while (!scan_.done()) rule();
    const auto root = index_.find("root");
    if (root == index_.end() || syntax_.rules[root->second].line == 0) scan_.fail("there is no rule named root", 1, 1);
    syntax_.root = root->second;
    for (const auto &[used, line, column] : uses_) {
      if (syntax_.rules[used].line == 0) scan_.fail("the rule " + syntax_.rules[used].name + " is not defined", line, column);
    }
    return std::move(syntax_);
  }

 private:
  struct Use {
    uint32_t rule, line, column;
  };

  uint32_t rule_named(const std::string &name) {
    const auto [entry, added] = index_.emplace(name, static_cast<uint32_t>(syntax_.rules.size()));
    if (added) syntax_.rules.push_back({name, 0, 0, {}});
    return entry->second;
  }

  void rule() {
    const uint32_t line = scan_.line(), column = scan_.column();
    const uint32_t index = rule_named(scan_.name());
    if (syntax_.rules[index].line != 0) scan_.fail("the rule " + syntax_.rules[index].name + " is defined twice", line, column);
    scan_.space(false);
    if (!scan_.starts("::=")) scan_.fail("expected ::=");
    scan_.skip(3);
    scan_.space(true);
    Alternatives body = alternatives(0);
    if (!scan_.done() && !scan_.is('\n') && !scan_.is('\r')) scan_.fail("expected a line end");
    scan_.space(true);
    Rule &rule = syntax_.rules[index];
    rule.line = line, rule.column = column, rule.body = std::move(body);
  }

  Alternatives alternatives(uint32_t depth) {
    if (depth > deepest_group) scan_.fail("groups are nested too deeply");
    Alternatives all;
    all.push_back(sequence(depth));
    while (scan_.is('|')) {
      scan_.skip();
      scan_.space(true);
      all.push_back(sequence(depth));
    }
    return all;
  }

  Sequence sequence(uint32_t depth) {
    Sequence items;
    bool quantifiable = false;
    uint32_t quantifiers = 0;
    while (!scan_.done()) {
      const char c = scan_.peek();
      if (c == '*' || c == '+' || c == '?' || c == '{') {
        if (!quantifiable) scan_.fail("there is nothing before this to repeat");
        if (++quantifiers > 8) scan_.fail("too many repetitions of one item");
        quantify(items.back());
      } else if (c == '"' || c == '[' || c == '.' || c == '(' || c == '<' || is_name_start(c)) {
        items.push_back(item(depth));
        quantifiable = true, quantifiers = 0;
      } else {
        break;
      }
      scan_.space(depth > 0);
    }
    return items;
  }

  static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  Item item(uint32_t depth) {
    Item item{};
    item.line = scan_.line(), item.column = scan_.column();
    switch (scan_.peek()) {
      case '"': item.kind = Item::Kind::text, item.text = literal(); break;
      case '[': item.kind = Item::Kind::set, item.set = char_class(); break;
      case '<': item.kind = Item::Kind::copy, item.copy = copy(); break;
      case '.': item.kind = Item::Kind::set, item.set = {{0, largest_code_point}}, scan_.skip(); break;
      case '(':
        item.kind = Item::Kind::group;
        scan_.skip();
        scan_.space(true);
        item.group = alternatives(depth + 1);
        scan_.expect(')');
        break;
      default:
        item.kind = Item::Kind::rule, item.rule = rule_named(scan_.name());
        uses_.push_back({item.rule, item.line, item.column});
    }
    return item;
  }

  std::string literal() {
    scan_.expect('"');
    std::string bytes;
    while (!scan_.is('"')) {
      const uint32_t line = scan_.line(), column = scan_.column();
      const uint32_t c = scan_.character();
      std::vector<ByteSequence> encoded;
      encode_range(c, c, encoded);
      if (encoded.empty()) scan_.fail("a surrogate is no character", line, column);
      for (uint32_t i = 0; i < encoded[0].length; i++) bytes += static_cast<char>(encoded[0].bytes[i].low);
    }
    scan_.skip();
    return bytes;
  }

  std::vector<CodePoints> char_class() {
    const uint32_t line = scan_.line(), column = scan_.column();
    scan_.expect('[');
    const bool negated = scan_.is('^');
    if (negated) scan_.skip();
    std::vector<CodePoints> ranges;
    while (!scan_.is(']')) {
      const uint32_t from_line = scan_.line(), from_column = scan_.column();
      const uint32_t low = scan_.character();
      uint32_t high = low;
      if (scan_.is('-') && scan_.peek(1) != ']') scan_.skip(), high = scan_.character();
      if (high < low) scan_.fail("the range is reversed", from_line, from_column);
      ranges.push_back({low, high});
    }
    scan_.skip();
    ranges = normalised(std::move(ranges), negated);
    bool any = false;
    for (const CodePoints &range : ranges) any = any || !is_surrogate(range.low) || !is_surrogate(range.high);
    if (!any) scan_.fail("the class holds no character", line, column);
    return ranges;
  }

  CopyTerminal copy() {
    const uint32_t line = scan_.line(), column = scan_.column();
    if (!scan_.starts("<copy:")) scan_.fail("only <copy:K> is understood here");
    scan_.skip(6);
    CopyTerminal terminal;
    terminal.source = scan_.number();
    if (terminal.source >= sources_) scan_.fail("there is no source " + std::to_string(terminal.source), line, column);
    if (scan_.is(':')) {
      do {
        scan_.skip();
        const std::string option = scan_.name();
        if (option == "some") terminal.some = true;
        else if (option == "words") terminal.words = true;
        else if (option == "line") terminal.line = true;
        else scan_.fail("copy has the options some, words and line", line, column);
      } while (scan_.is(','));
    }
    scan_.expect('>');
    return terminal;
  }

  /** Reads a repetition and gives it to `item`; one that already has one becomes a group first. */
  void quantify(Item &item) {
    uint32_t min = 0, max = no_maximum;
    const char c = scan_.peek();
    scan_.skip();
    if (c == '+') min = 1;
    if (c == '?') max = 1;
    if (c == '{') {
      scan_.space(false);
      min = max = scan_.number();
      scan_.space(false);
      if (scan_.is(',')) {
        scan_.skip();
        scan_.space(false);
        max = scan_.is('}') ? no_maximum : scan_.number();
        scan_.space(false);
      }
      if (max < min) scan_.fail("the repetition's maximum is below its minimum");
      scan_.expect('}');
    }
    if (item.min != 1 || item.max != 1) {
      Item group{};
      group.kind = Item::Kind::group, group.line = item.line, group.column = item.column;
      group.group.emplace_back();
      group.group[0].push_back(std::move(item));
      item = std::move(group);
    }
    item.min = min, item.max = max;
  }

  Scanner scan_;
  size_t sources_;
  Syntax syntax_;
  std::unordered_map<std::string, uint32_t> index_;
  std::vector<Use> uses_;
};

}  // namespace

Syntax parse_gbnf(std::string_view gbnf, size_t sources) { return Parser(gbnf, sources).parse(); }

}  // namespace redoubt
