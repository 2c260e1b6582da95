// The tokens that may follow a state: the vocabulary's trie walked along the machine.
#pragma once

#include "machine.h"

namespace redoubt {

using Mask = std::vector<uint64_t>;

/** What a copy's first token may be, the same wherever the copy stands: found once, since every token is a candidate. */
struct CopyStart {
  Mask tokens;
  std::vector<uint32_t> ends;    // nodes below which the text goes on after a copy that ended there
  std::vector<uint32_t> quoted;  // their children by a quotation mark, which is what follows in JSON
};
CopyStart copy_start(const CopyText &text, const Trie &trie);

/** Makes the mask of a canonical state. Throws `grammar/too-complex`. The machine is locked by the caller. */
class MaskMaker {
 public:
  MaskMaker(const Compiled &compiled, const std::vector<CopyStart> &starts, Machine &machine)
      : compiled_(compiled), trie_(*compiled.trie), starts_(starts), machine_(machine) {}
  Mask make(uint32_t state);

 private:
  struct Pending {
    uint32_t node, leaf;
  };
  template <bool clearing>
  void walk(uint32_t node, uint32_t state);
  bool passes(uint32_t node, const Run &run) const;
  void copy(uint32_t node, uint32_t leaf);
  void copy_from_start(const CopyStart &start, uint32_t after);
  void enter(uint32_t node, uint32_t state);
  void set(uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++) mask_[trie_.tokens[i] >> 6] |= uint64_t{1} << (trie_.tokens[i] & 63);
  }
  void clear(uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++) mask_[trie_.tokens[i] >> 6] &= ~(uint64_t{1} << (trie_.tokens[i] & 63));
  }

  const Compiled &compiled_;
  const Trie &trie_;
  const std::vector<CopyStart> &starts_;
  Machine &machine_;
  Mask mask_;
  std::vector<const Machine::Table *> tables_;  // by depth
  std::vector<Run> runs_;                       // by depth
  std::vector<CopyText::Cursor> cursors_;       // by depth
  std::vector<Pending> pending_;
};

}  // namespace redoubt
