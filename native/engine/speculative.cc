#include "speculative.h"

#include <algorithm>

namespace redoubt {
namespace {
constexpr int32_t longest_pause = 32;
}

void PromptLookup::guess(const std::vector<int32_t> &history, int32_t next, int32_t most, std::vector<int32_t> &draft) {
  draft.clear();
  if (options_.max_draft <= 0 || (pause_ > 0 && pause_-- > 0)) return;
  const int32_t size = static_cast<int32_t>(history.size());
  const auto at = [&](int32_t i) { return i == size ? next : history[i]; };  // the text with `next` at its end
  int32_t best = -1, best_length = 0;
  for (int32_t end = size - 1; end >= 0 && best_length < options_.ngram; end--) {
    int32_t length = 0;
    while (length < options_.ngram && length <= end && at(end - length) == at(size - length)) length++;
    if (length > best_length) best = end, best_length = length;
  }
  // One equal token says little.
  if (best_length < std::min(2, options_.ngram)) return;
  const int32_t count = std::min({most, length_, size - best});
  for (int32_t i = 1; i <= count; i++) draft.push_back(at(best + i));
}

void PromptLookup::learn(int32_t drafted, int32_t accepted) {
  if (drafted == 0) return;
  if (accepted == drafted) length_ = std::min(options_.max_draft, length_ + 2);
  else length_ = std::max(1, accepted + 1);
  failures_ = accepted == 0 ? failures_ + 1 : 0;
  if (failures_ > 1) pause_ = std::min(longest_pause, 1 << std::min(failures_, 5));
}

}  // namespace redoubt
