// Reads GBNF character by character and knows the line and column it stands at.
#pragma once

#include "grammar.h"
#include "utf8.h"

namespace redoubt {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool is(char c) const { return !done() && peek() == c; }
  bool starts(std::string_view with) const { return text_.substr(at_, with.size()) == with; }
  void skip(size_t bytes = 1);
  /** Skips blanks and comments; line ends too where `lines`. */
  void space(bool lines);
  void expect(char c);
  std::string name();
  uint32_t number();
  /** One code point of a literal or a class, with its escapes. */
  uint32_t character();

  [[noreturn]] void fail(const std::string &message) const { fail(message, line_, column_); }
  [[noreturn]] static void fail(const std::string &message, uint32_t line, uint32_t column);
  uint32_t line() const { return line_; }
  uint32_t column() const { return column_; }

 private:
  uint32_t hex(size_t digits);
  std::string_view text_;
  size_t at_ = 0;
  uint32_t line_ = 1, column_ = 1;
};

}  // namespace redoubt
