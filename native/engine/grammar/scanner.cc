#include "scanner.h"

namespace redoubt {

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_'; }

void Scanner::fail(const std::string &message, uint32_t line, uint32_t column) {
  throw GrammarError("grammar/syntax", message, line, column);
}

void Scanner::skip(size_t bytes) {
  for (; bytes > 0 && !done(); bytes--, at_++) {
    if (text_[at_] == '\n') line_++, column_ = 1;
    else if (!is_continuation(static_cast<uint8_t>(text_[at_]))) column_++;
  }
}

void Scanner::space(bool lines) {
  for (; !done(); skip()) {
    const char c = peek();
    if (c == '#') {
      while (!done() && peek() != '\n' && peek() != '\r') skip();
      if (done()) return;
      if (!lines) return;
    } else if (c != ' ' && c != '\t' && !(lines && (c == '\n' || c == '\r'))) {
      return;
    }
  }
}

void Scanner::expect(char c) {
  if (!is(c)) fail(std::string("expected '") + c + "'" + (done() ? " before the end" : ""));
  skip();
}

std::string Scanner::name() {
  std::string name;
  for (; is_name(peek()); skip()) name += peek();
  if (name.empty()) fail("expected the name of a rule");
  return name;
}

uint32_t Scanner::number() {
  if (!is_digit(peek())) fail("expected a number");
  uint64_t value = 0;
  for (; is_digit(peek()); skip()) {
    value = value * 10 + static_cast<uint64_t>(peek() - '0');
    if (value > 1'000'000'000) fail("the number is too large");
  }
  return static_cast<uint32_t>(value);
}

uint32_t Scanner::hex(size_t digits) {
  uint32_t value = 0;
  for (; digits > 0; digits--, skip()) {
    const char c = peek();
    const int digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) fail("expected a hexadecimal digit");
    value = value << 4 | static_cast<uint32_t>(digit);
  }
  return value;
}

uint32_t Scanner::character() {
  if (done()) fail("the grammar ends inside a literal or class");
  if (peek() != '\\') {
    const auto [code_point, length] = decode(text_, at_);
    if (length == 0) fail("invalid UTF-8");
    skip(length);
    return code_point;
  }
  const uint32_t line = line_, column = column_;
  const char escape = peek(1);
  skip(2);
  uint32_t value = 0;
  switch (escape) {
    case 'x': return hex(2);
    case 'u': value = hex(4); break;
    case 'U': value = hex(8); break;
    case 't': return '\t';
    case 'r': return '\r';
    case 'n': return '\n';
    case '\\': case '"': case '[': case ']': case '-': return static_cast<uint8_t>(escape);
    default: fail("unknown escape", line, column);
  }
  if (value > largest_code_point) fail("no such code point", line, column);
  return value;
}

}  // namespace redoubt
