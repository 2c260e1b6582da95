// An open-addressing table from hashes to indices of things kept elsewhere: interning without a node per entry.
#pragma once

#include <cstdint>
#include <vector>

namespace redoubt {

inline uint64_t mix(uint64_t h, uint64_t value) {
  h = (h ^ value) * 0x9E3779B97F4A7C15ull;
  return h ^ (h >> 32);
}

class IndexTable {
 public:
  /** The index for which `same(index)` holds among those added with this hash, else that of `add()`. */
  template <typename Same, typename Add>
  uint32_t find_or_add(uint64_t hash, Same same, Add add) {
    if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    const auto tag = static_cast<uint32_t>(hash >> 32);
    for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      Slot &slot = slots_[at];
      if (slot.index == empty) {
        const uint32_t index = add();
        slot = {tag, static_cast<uint32_t>(hash), index};
        used_++;
        return index;
      }
      if (slot.tag == tag && slot.low == static_cast<uint32_t>(hash) && same(slot.index)) return slot.index;
    }
  }
  size_t bytes() const { return slots_.size() * sizeof(Slot); }

 private:
  static constexpr uint32_t empty = UINT32_MAX;
  struct Slot {
    uint32_t tag = 0, low = 0, index = empty;
  };
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot &slot : old) {
      if (slot.index == empty) continue;
      size_t at = slot.low & (slots_.size() - 1);
      while (slots_[at].index != empty) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }
  std::vector<Slot> slots_;
  size_t used_ = 0;
};

}  // namespace redoubt
