// Interned stacks: equal stacks are the same number, and stacks share their lower parts.
#pragma once

#include "copy_text.h"
#include "index_table.h"
#include "program.h"

namespace redoubt {

/** A frame on a stack, or (as a leaf) an instruction that waits for a byte with the stack below it. Number 0 is the empty stack. */
struct Frame {
  uint32_t instruction;
  uint32_t value;  // again: bodies before; copy: cursor
  uint32_t parent;
  uint32_t depth;
  bool operator==(const Frame &o) const { return instruction == o.instruction && value == o.value && parent == o.parent; }
};

class Stacks {
 public:
  Stacks() { frames_.push_back({0, 0, 0, 0}), canonical_.push_back(0); }

  uint32_t frame(uint32_t instruction, uint32_t value, uint32_t parent) {
    const Frame frame{instruction, value, parent, frames_[parent].depth + 1};
    return table_.find_or_add(
        mix(mix(mix(1, instruction), value), parent), [&](uint32_t i) { return frames_[i] == frame; },
        [&] {
          frames_.push_back(frame);
          canonical_.push_back(unknown);
          return static_cast<uint32_t>(frames_.size() - 1);
        });
  }

  /** A place within a copy of text `text`. */
  uint32_t cursor(uint32_t text, const CopyText::Cursor &cursor) {
    return cursor_table_.find_or_add(
        mix(mix(mix(mix(text + 2, cursor.low), cursor.high), cursor.depth), cursor.escape),
        [&](uint32_t i) { return cursor_texts_[i] == text && cursors_[i] == cursor; },
        [&] {
          cursors_.push_back(cursor);
          cursor_texts_.push_back(text);
          return static_cast<uint32_t>(cursors_.size() - 1);
        });
  }

  const Frame &operator[](uint32_t frame) const { return frames_[frame]; }
  const CopyText::Cursor &cursor(uint32_t index) const { return cursors_[index]; }

  /** The stack that stands for all those with which the same tokens of at most `reach` bytes may follow: counts far from
   * both bounds of their repetition are equal. */
  uint32_t canonical(uint32_t frame, const Program &program, uint32_t reach);

  size_t bytes() const {
    return frames_.size() * (sizeof(Frame) + 4) + cursors_.size() * (sizeof(CopyText::Cursor) + 4) + table_.bytes() + cursor_table_.bytes();
  }

 private:
  static constexpr uint32_t unknown = UINT32_MAX;
  std::vector<Frame> frames_;
  std::vector<uint32_t> canonical_, cursor_texts_;
  std::vector<CopyText::Cursor> cursors_;
  IndexTable table_, cursor_table_;
};

}  // namespace redoubt
