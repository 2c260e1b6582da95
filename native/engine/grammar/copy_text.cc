#include "copy_text.h"

#include <algorithm>

#include "suffix_array.h"
#include "words.h"

namespace redoubt {

static constexpr uint8_t closing = 0xFF;
static constexpr uint32_t most_alone = 512;

/** Places in an escape: after \, \u, \u0, \u00, \u000, \u001. */
enum Escape : uint32_t { none, backslash, u, u0, u00, u000, u001 };

static bool has_short_form(uint8_t byte) { return byte == '\b' || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r'; }

CopyText::CopyText(std::string_view source, const CopyTerminal &terminal) : source_(terminal.source), words_(terminal.words) {
  for (size_t at = 0; at < source.size();) {
    const uint32_t length = decode(source, at).length;
    if (length == 0) throw GrammarError("grammar/bad-source", "source " + std::to_string(source_) + " is not valid UTF-8 at byte " + std::to_string(at));
    at += length;
  }
  std::vector<bool> starts;
  std::vector<Segment> segments{{0, static_cast<uint32_t>(source.size())}};
  if (terminal.line) segments = line_segments(source);
  for (const Segment &segment : segments) {
    std::string_view piece = source.substr(segment.begin, segment.end - segment.begin);
    const auto begin = static_cast<uint32_t>(text_.size());
    if (words_) {
      const WordBorders borders = word_borders(piece);
      if (borders.starts.empty() || borders.ends.empty() || borders.starts.front() >= borders.ends.back()) continue;
      piece = piece.substr(0, borders.ends.back());
      starts.resize(begin + piece.size() + 1);
      ends_.resize(begin + piece.size() + 1);
      for (const uint32_t start : borders.starts) starts[begin + std::min<size_t>(start, piece.size())] = true;
      starts[begin + piece.size()] = false;
      for (const uint32_t end : borders.ends) ends_[begin + end] = true;
    }
    if (piece.empty()) continue;
    pieces_.push_back({begin, segment.begin});
    text_ += piece;
    text_ += static_cast<char>(closing);
  }

  for (const uint32_t suffix : suffix_array(text_)) {
    const auto byte = static_cast<uint8_t>(text_[suffix]);
    if (words_ ? starts[suffix] : byte != closing && !is_continuation(byte)) suffixes_.push_back(suffix);
  }
  suffixes_.shrink_to_fit();
  for (const uint32_t suffix : suffixes_) first_[static_cast<uint8_t>(text_[suffix]) + 1]++;
  for (size_t byte = 0; byte < 256; byte++) first_[byte + 1] += first_[byte];
}

bool CopyText::narrow(Cursor &cursor, uint8_t byte) const {
  if (byte == closing || cursor.low == cursor.high) return false;
  const uint32_t depth = cursor.depth++;
  if (depth == 0) {
    cursor.low = first_[byte], cursor.high = first_[byte + 1];
    return cursor.low < cursor.high;
  }
  const uint8_t lowest = at(cursor.low, depth), highest = at(cursor.high - 1, depth);
  if (byte < lowest || byte > highest) return false;
  const uint32_t end = cursor.high;
  if (byte != lowest) {
    uint32_t low = cursor.low, high = end - 1;  // at(high) >= byte
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (at(middle, depth) < byte) low = middle + 1;
      else high = middle;
    }
    cursor.low = low;
    if (at(low, depth) != byte) return false;
  }
  if (byte != highest) {
    uint32_t low = cursor.low + 1, high = end - 1;  // at(high) > byte
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (at(middle, depth) > byte) high = middle;
      else low = middle + 1;
    }
    cursor.high = low;
  }
  return true;
}

bool CopyText::has_control(const Cursor &cursor, uint8_t low, uint8_t high) const {
  for (uint32_t byte = low; byte <= high; byte++) {
    if (!has_short_form(static_cast<uint8_t>(byte)) && has(cursor, static_cast<uint8_t>(byte))) return true;
  }
  return false;
}

bool CopyText::step(Cursor &cursor, uint8_t byte) const {
  if (cursor.low == cursor.high) return false;
  const uint32_t escape = cursor.escape;
  const auto go = [&](Escape next, bool possible) { return cursor.escape = next, possible; };
  const auto take = [&](uint8_t taken) { return cursor.escape = none, narrow(cursor, taken); };
  switch (escape) {
    case none:
      if (byte == '"' || byte < 0x20) return false;
      if (byte != '\\') return narrow(cursor, byte);
      return go(backslash, at(cursor.low, cursor.depth) < 0x20 || has(cursor, '"') || has(cursor, '\\'));
    case backslash:
      switch (byte) {
        case '"': case '\\': return take(byte);
        case 'b': return take('\b');
        case 'f': return take('\f');
        case 'n': return take('\n');
        case 'r': return take('\r');
        case 't': return take('\t');
        case 'u': return go(u, has_control(cursor, 0, 0x1F));
        default: return false;
      }
    case u: return byte == '0' && go(u0, true);
    case u0: return byte == '0' && go(u00, true);
    case u00:
      if (byte == '0') return go(u000, has_control(cursor, 0, 0x0F));
      return byte == '1' && go(u001, has_control(cursor, 0x10, 0x1F));
    default: {
      const int digit = byte >= '0' && byte <= '9' ? byte - '0' : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
      if (digit < 0) return false;
      const auto taken = static_cast<uint8_t>((escape == u001 ? 0x10 : 0) + digit);
      return !has_short_form(taken) && take(taken);
    }
  }
}

bool CopyText::may_end(const Cursor &cursor) const {
  if (cursor.escape != none || cursor.depth == 0 || cursor.low == cursor.high) return false;
  if (is_continuation(at(cursor.low, cursor.depth))) return false;
  if (!words_) return true;
  if (at(cursor.high - 1, cursor.depth) == closing) return true;
  // Whether a word ends depends on what follows, and suffixes with the same to follow stand together. Only whether digits go
  // on in groups is not told by the next characters; that is looked at so many times, then such a place counts as no end.
  uint32_t alone = 0;
  for (uint32_t suffix = cursor.low; suffix < cursor.high && alone < most_alone;) {
    if (ends_at(suffix, cursor.depth)) return true;
    const uint32_t next = after_same(cursor, suffix);
    if (next == suffix + 1) alone++;
    suffix = next;
  }
  return false;
}

bool CopyText::ends_at(uint32_t suffix, uint32_t depth) const { return ends_[suffixes_[suffix] + depth]; }

/** The next suffix of the range whose next code point differs (or, behind `:`, `,` and a blank, the byte after it). */
uint32_t CopyText::after_same(const Cursor &cursor, uint32_t suffix) const {
  Cursor same{suffix, cursor.high, cursor.depth, none};
  const uint8_t first = at(suffix, cursor.depth);
  if (first == closing) return cursor.high;  // nothing sorts after it
  uint32_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  const uint8_t second = at(suffix, cursor.depth + (first < 0x80 ? 1 : 0));
  const uint8_t last = at(suffix, cursor.depth - 1);
  const bool number = (last >= '0' && last <= '9') || last == '-';
  if (first == ' ' && number && ((second >= '0' && second <= '9') || second == '+')) return suffix + 1;
  if ((first == ':' || first == ',' || first == ' ') && second != closing) length++;
  for (uint32_t i = 0; i < length && same.high - same.low > 1; i++) narrow(same, at(suffix, cursor.depth + i));
  return std::max(same.high, suffix + 1);
}

CopySpan CopyText::span(const Cursor &cursor) const {
  uint32_t first = UINT32_MAX;
  for (uint32_t suffix = cursor.low; suffix < cursor.high; suffix++) {
    if (suffixes_[suffix] < first && (!words_ || ends_at(suffix, cursor.depth))) first = suffixes_[suffix];
  }
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), first, [](uint32_t at, const Piece &piece) { return at < piece.text; });
  const uint32_t begin = std::prev(after)->source + (first - std::prev(after)->text);
  return {source_, begin, begin + cursor.depth};
}

}  // namespace redoubt
