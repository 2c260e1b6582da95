#include "words.h"

#include "utf8.h"

namespace redoubt {
namespace {

bool within(uint32_t c, uint32_t low, uint32_t high) { return c >= low && c <= high; }
bool is_digit(uint32_t c) { return within(c, '0', '9'); }
bool is_control(uint32_t c) { return c < 0x20 || within(c, 0x7F, 0x9F); }

bool is_space(uint32_t c) {
  return c == ' ' || within(c, 9, 13) || c == 0xA0 || c == 0x1680 || within(c, 0x2000, 0x200A) || within(c, 0x2028, 0x2029) ||
         c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_han(uint32_t c) {
  return within(c, 0x2E80, 0x2FD5) || c == 0x3005 || c == 0x3007 || within(c, 0x3021, 0x3029) || within(c, 0x3038, 0x303B) ||
         within(c, 0x3400, 0x4DBF) || within(c, 0x4E00, 0x9FFF) || within(c, 0xF900, 0xFAD9) || within(c, 0x20000, 0x323AF);
}

bool stands_alone(uint32_t c) {
  switch (c) {
    case ':': case '=': case '|': case ';': case ',': case '(': case ')': case '"': case '\\': case '[': case ']':
    case 0xFF1A: case 0xFF1B: case 0xFF0C: case 0x3001: case 0x3002: case 0xFF08: case 0xFF09: case 0x300A: case 0x300B:
      return true;
    default:
      return is_han(c);
  }
}

bool is_currency(uint32_t c) { return c == '$' || within(c, 0xA2, 0xA5) || within(c, 0x20A0, 0x20CF) || c == 0xFFE5 || c == 0xFFE1; }

/** Letters and digits, near enough: of the other scripts everything but the blocks of punctuation and symbols. */
bool is_letter(uint32_t c) {
  if (c < 0x80) return is_digit(c) || within(c, 'a', 'z') || within(c, 'A', 'Z');
  if (c < 0xC0) return c == 0xAA || within(c, 0xB2, 0xB3) || c == 0xB5 || within(c, 0xB9, 0xBA) || within(c, 0xBC, 0xBE);
  if (c == 0xD7 || c == 0xF7 || is_space(c)) return false;
  if (is_han(c) || within(c, 0x2070, 0x209C) || within(c, 0x2100, 0x218B) || within(c, 0x2460, 0x24FF)) return true;
  return !within(c, 0x2000, 0x2BFF) && !within(c, 0x2E00, 0x303F) && !within(c, 0xE000, 0xF8FF) && !within(c, 0xFE10, 0xFE6B) &&
         !within(c, 0xFF01, 0xFF0F) && !within(c, 0xFF1A, 0xFF20) && !within(c, 0xFF3B, 0xFF40) && !within(c, 0xFF5B, 0xFF65) &&
         !within(c, 0xFFE0, 0xFFFF) && !within(c, 0x1F000, 0x1FAFF);
}

bool can_start(uint32_t c) {
  return is_letter(c) || is_currency(c) || c == '(' || c == 0xFF08 || c == 0x300A || c == '+' || c == '#' || c == '@' || c == '-';
}
bool can_end(uint32_t c) { return is_letter(c) || c == ')' || c == 0xFF09 || c == 0x300B || c == '%' || c == '.' || c == '+'; }

}  // namespace

std::vector<Segment> line_segments(std::string_view text) {
  std::vector<Segment> segments;
  uint32_t begin = 0, blanks = 0;
  const auto length = static_cast<uint32_t>(text.size());
  for (uint32_t at = 0; at < length;) {
    const auto [c, bytes] = decode(text, at);
    const bool apart = c == '"' || c == '\\' || is_control(c) || c == 0x3000;
    blanks = is_space(c) ? blanks + 1 : 0;
    if (apart || blanks == 2) {
      const uint32_t end = apart ? at : at - 1;
      // A blank before the second one may be longer than a byte; words never end with it, and code points are kept whole.
      uint32_t cut = end;
      while (!apart && cut > begin && is_continuation(static_cast<uint8_t>(text[cut]))) cut--;
      if (cut > begin) segments.push_back({begin, cut});
    }
    at += bytes;
    if (apart || blanks >= 2) begin = at;
  }
  if (length > begin) segments.push_back({begin, length});
  return segments;
}

WordBorders word_borders(std::string_view segment) {
  std::vector<Decoded> chars;
  for (size_t at = 0; at < segment.size(); at += chars.back().length) chars.push_back(decode(segment, at));
  const auto at = [&](size_t i) { return i < chars.size() ? chars[i].code_point : 0; };
  const auto in_number = [&](size_t i) { return (at(i) == ':' || at(i) == ',') && i > 0 && is_digit(at(i - 1)) && is_digit(at(i + 1)); };
  const auto joins = [&](size_t i) {  // with the one before
    const auto part = [&](size_t j) { return in_number(j) || (!is_space(at(j)) && !stands_alone(at(j))); };
    return i > 0 && i < chars.size() && part(i - 1) && part(i);
  };
  // A run of digits, perhaps with a sign and dashes: 138, +49, 555-1234.
  const auto is_number = [&](size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
      if (!is_digit(at(i)) && !(i == first && at(i) == '+') && !(i > first && at(i) == '-')) return false;
    }
    return first < end;
  };
  std::vector<size_t> run_begin(chars.size() + 1, 0), run_end(chars.size() + 1, chars.size());
  for (size_t i = 0; i < chars.size(); i++) run_begin[i] = joins(i) ? run_begin[i - 1] : i;
  for (size_t i = chars.size(); i-- > 0;) run_end[i] = joins(i + 1) ? run_end[i + 1] : i + 1;
  // The blank of a number written in groups.
  const auto groups = [&](size_t blank) {
    return blank > 0 && blank + 1 < chars.size() && at(blank) == ' ' && is_number(run_begin[blank - 1], blank) &&
           is_number(blank + 1, run_end[blank + 1]);
  };
  WordBorders borders;
  uint32_t offset = 0;
  for (size_t i = 0; i <= chars.size(); i++) {
    if (!joins(i)) {
      if (i < chars.size() && can_start(at(i)) && !(i > 0 && groups(i - 1))) borders.starts.push_back(offset);
      if (i > 0 && can_end(at(i - 1)) && !groups(i)) borders.ends.push_back(offset);
    }
    if (i < chars.size()) offset += chars[i].length;
  }
  return borders;
}

}  // namespace redoubt
