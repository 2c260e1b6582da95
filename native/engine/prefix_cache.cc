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

bool busy(const std::vector<Slot> &slots, int32_t at) {
  return at >= 0 && at < static_cast<int32_t>(slots.size()) && slots[at].run != nullptr;
}

}  // namespace

Placement place(const std::vector<Slot> &slots, const std::vector<int32_t> &tokens, const std::vector<AdapterUse> &adapters,
                const MemoryTraits &memory) {
  bool any_busy = false;
  for (const Slot &slot : slots) any_busy = any_busy || slot.run;
  const auto fits = [&](int32_t i) { return !memory.wants_neighbours || !any_busy || busy(slots, i - 1) || busy(slots, i + 1); };
  const auto fresher = [&](int32_t i, int32_t than) {
    if (than < 0) return true;
    if (fits(i) != fits(than)) return fits(i);
    return slots[i].used_us < slots[than].used_us;
  };
  int32_t idle = -1, spare = -1, best = -1;
  int32_t idle_shared = -1, best_shared = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(slots.size()); i++) {
    const int32_t length = shared(slots[i], tokens, adapters, memory.can_trim);
    if (length > best_shared) best = i, best_shared = length;
    if (slots[i].run) continue;
    if (length > idle_shared || (length == idle_shared && fits(i) && !fits(idle))) idle = i, idle_shared = length;
    if (fresher(i, spare)) spare = i;
  }
  if (idle < 0) return {};
  if (idle_shared <= 0) idle = spare, idle_shared = 0;
  if (best >= 0 && best != idle && best_shared - idle_shared >= worth_a_copy) return {spare, 0, best_shared, best};
  const int32_t lost = static_cast<int32_t>(slots[idle].tokens.size()) - idle_shared;
  const bool alone = !fits(idle) && fits(spare);
  if (idle != spare && idle_shared >= worth_a_copy && (lost > idle_shared || alone)) return {spare, 0, idle_shared, idle};
  return {idle, idle_shared, 0, -1};
}

}  // namespace redoubt
