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

/**
 * The idle slot with the longest common prefix. Where a busy slot shares more, or where the idle one would lose more than it
 * gives, the prefix is copied to the slot that was used the longest ago. `can_trim`: the memory can forget the end of a
 * sequence (recurrent models cannot: they only go on).
 */
Placement place(const std::vector<Slot> &slots, const std::vector<int32_t> &tokens, const std::vector<AdapterUse> &adapters, bool can_trim);

}  // namespace redoubt
