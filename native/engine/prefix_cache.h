// Where a request's prompt has been read already: the tokens that slots keep after their work.
#pragma once

#include <cstdint>
#include <vector>

#include "slot.h"

namespace redoubt {

/** Which idle slot a request takes, and which of its first tokens need not be read again. */
struct Placement {
  int32_t slot = -1;       // -1: none is idle
  int32_t kept = 0;        // first tokens that the slot holds itself
  int32_t copied = 0;      // first tokens that are copied from `source` instead
  int32_t source = -1;
};

/** What the memory of a context can do. */
struct MemoryTraits {
  /** It can forget the end of a sequence; recurrent models cannot: they only go on. */
  bool can_trim = true;
  /** Only sequences that follow each other are computed together, so requests should sit side by side. */
  bool wants_neighbours = false;
};

/**
 * The idle slot with the longest common prefix. Where a busy slot shares more, where the idle one would lose more than it gives,
 * or where it stands alone, the prefix is copied to another: beside busy ones if that matters, else the one used the longest ago.
 */
Placement place(const std::vector<Slot> &slots, const std::vector<int32_t> &tokens, const std::vector<AdapterUse> &adapters,
                const MemoryTraits &memory);

}  // namespace redoubt
