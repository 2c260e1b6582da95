// Masks by state, least recently used first out.
#pragma once

#include <list>
#include <unordered_map>

#include "mask.h"

namespace redoubt {

class MaskCache {
 public:
  explicit MaskCache(size_t limit) : limit_(limit) {}

  std::shared_ptr<const Mask> find(uint32_t state) {
    const auto entry = index_.find(state);
    if (entry == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, entry->second);
    return entry->second->mask;
  }

  void add(uint32_t state, std::shared_ptr<const Mask> mask) {
    bytes_ += size(*mask);
    entries_.push_front({state, std::move(mask)});
    index_[state] = entries_.begin();
    for (; bytes_ > limit_ && entries_.size() > 1; entries_.pop_back()) {
      bytes_ -= size(*entries_.back().mask);
      index_.erase(entries_.back().state);
    }
  }

 private:
  struct Entry {
    uint32_t state;
    std::shared_ptr<const Mask> mask;
  };
  static size_t size(const Mask &mask) { return mask.size() * sizeof(uint64_t) + 128; }
  size_t limit_, bytes_ = 0;
  std::list<Entry> entries_;
  std::unordered_map<uint32_t, std::list<Entry>::iterator> index_;
};

}  // namespace redoubt
