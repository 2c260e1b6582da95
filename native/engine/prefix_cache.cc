#include "prefix_cache.h"

#include <algorithm>

namespace redoubt {
namespace {

constexpr int32_t worth_a_copy = 16;

int32_t shared(const Slot &slot, const std::vector<int32_t> &tokens, const std::vector<AdapterUse> &adapters, bool can_trim) {
  if (!(slot.adapters == adapters) || tokens.empty()) return 0;
  // The last token is always read: its logits are wanted.
  const size_t most = std::min(slot.tokens.size(), tokens.size() - 1);
  const auto end = std::mismatch(slot.tokens.begin(), slot.tokens.begin() + static_cast<std::ptrdiff_t>(most), tokens.begin()).first;
  const auto length = end - slot.tokens.begin();
  return can_trim || length == static_cast<std::ptrdiff_t>(slot.tokens.size()) ? static_cast<int32_t>(length) : 0;
}

}  // namespace

Placement place(const std::vector<Slot> &slots, const std::vector<int32_t> &tokens, const std::vector<AdapterUse> &adapters, bool can_trim) {
  int32_t idle = -1, oldest = -1, best = -1;
  int32_t idle_shared = -1, best_shared = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(slots.size()); i++) {
    const int32_t length = shared(slots[i], tokens, adapters, can_trim);
    if (length > best_shared) best = i, best_shared = length;
    if (slots[i].run) continue;
    if (length > idle_shared) idle = i, idle_shared = length;
    if (oldest < 0 || slots[i].used_us < slots[oldest].used_us) oldest = i;
  }
  if (idle < 0) return {};
  if (idle_shared <= 0) idle = oldest, idle_shared = 0;
  if (best >= 0 && best != idle && best_shared - idle_shared >= worth_a_copy) return {oldest, 0, best_shared, best};
  const int32_t lost = static_cast<int32_t>(slots[idle].tokens.size()) - idle_shared;
  if (idle != oldest && idle_shared >= worth_a_copy && lost > idle_shared) return {oldest, 0, idle_shared, idle};
  return {idle, idle_shared, 0, -1};
}

}  // namespace redoubt
