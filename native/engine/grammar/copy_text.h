// All substrings of a source that `<copy:K>` may take: a sorted array of the suffixes that begin where a copy may begin.
// A place in a copy is the range of suffixes that begin with what was taken, so it stands for all its occurrences.
//
// A suffix array rather than a suffix automaton: it takes 4 bytes per start instead of about 70 per byte, and with
// `words` it holds the allowed starts alone, where an automaton would forget which of the occurrences began at a word.
#pragma once

#include <array>

#include "syntax.h"

namespace redoubt {

class CopyText {
 public:
  /** Throws `grammar/bad-source` where the text is not UTF-8. */
  CopyText(std::string_view source, const CopyTerminal &terminal);

  struct Cursor {
    uint32_t low, high;  // suffixes
    uint32_t depth;      // bytes of the source taken
    uint32_t escape;     // how far into a JSON escape, see step()
    bool operator==(const Cursor &o) const { return low == o.low && high == o.high && depth == o.depth && escape == o.escape; }
  };

  Cursor root() const { return {0, static_cast<uint32_t>(suffixes_.size()), 0, 0}; }
  /** Takes a byte of the escaped form; false (and the cursor is spoilt) where no occurrence goes on with it. */
  bool step(Cursor &cursor, uint8_t byte) const;
  /** A copy of at least one character may end here. */
  bool may_end(const Cursor &cursor) const;
  /** The first occurrence of what a cursor that may end has taken. */
  CopySpan span(const Cursor &cursor) const;
  size_t bytes() const { return text_.size() + suffixes_.size() * sizeof(uint32_t) + ends_.size() / 8; }

 private:
  uint8_t at(uint32_t suffix, uint32_t depth) const { return static_cast<uint8_t>(text_[suffixes_[suffix] + depth]); }
  bool narrow(Cursor &cursor, uint8_t byte) const;
  bool has(Cursor cursor, uint8_t byte) const { return narrow(cursor, byte); }
  bool has_control(const Cursor &cursor, uint8_t low, uint8_t high) const;
  bool ends_at(uint32_t suffix, uint32_t depth) const;
  uint32_t after_same(const Cursor &cursor, uint32_t suffix) const;

  struct Piece {
    uint32_t text, source;  // where it begins in text_, and in the source
  };
  uint32_t source_;
  bool words_;
  std::string text_;  // the pieces that copies stay within, each closed by a byte that UTF-8 never has
  std::vector<Piece> pieces_;
  std::vector<bool> ends_;          // words: places in text_ where a copy may end
  std::vector<uint32_t> suffixes_;  // allowed starts in text_, in the order of what follows them
  std::array<uint32_t, 257> first_{};
};

}  // namespace redoubt
