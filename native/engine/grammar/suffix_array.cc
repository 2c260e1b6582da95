#include "suffix_array.h"

namespace redoubt {
namespace {

using Numbers = std::vector<int32_t>;

/** Sorts the suffixes of `text` (values 0 to `upper`) given the leftmost S-type positions in the order `sorted`. */
template <typename Text>
void induce(const Text &text, const std::vector<bool> &small, const Numbers &small_start, const Numbers &large_start, const Numbers &sorted,
            Numbers &order) {
  const auto length = static_cast<int32_t>(text.size());
  order.assign(text.size(), -1);
  Numbers next = small_start;
  for (const int32_t at : sorted) {
    if (at != length) order[next[text[at]]++] = at;
  }
  next = large_start;
  order[next[text[length - 1]]++] = length - 1;
  for (int32_t i = 0; i < length; i++) {
    const int32_t at = order[i] - 1;
    if (at >= 0 && !small[at]) order[next[text[at]]++] = at;
  }
  next = large_start;
  for (int32_t i = length - 1; i >= 0; i--) {
    const int32_t at = order[i] - 1;
    if (at >= 0 && small[at]) order[--next[text[at] + 1]] = at;
  }
}

template <typename Text>
Numbers sort_suffixes(const Text &text, int32_t upper) {
  const auto length = static_cast<int32_t>(text.size());
  if (length == 0) return {};
  if (length == 1) return {0};

  std::vector<bool> small(text.size());  // S-type: smaller than the suffix after it
  for (int32_t i = length - 2; i >= 0; i--) small[i] = text[i] == text[i + 1] ? small[i + 1] : text[i] < text[i + 1];

  // Per first value the large suffixes come before the small ones.
  Numbers large_start(upper + 2), small_start(upper + 2);
  for (int32_t i = 0; i < length; i++) {
    if (small[i]) large_start[text[i] + 1]++;
    else small_start[text[i]]++;
  }
  for (int32_t value = 0; value <= upper; value++) {
    small_start[value] += large_start[value];
    large_start[value + 1] += small_start[value];
  }

  Numbers number(text.size() + 1, -1), leftmost;
  for (int32_t i = 1; i < length; i++) {
    if (!small[i - 1] && small[i]) {
      number[i] = static_cast<int32_t>(leftmost.size());
      leftmost.push_back(i);
    }
  }
  Numbers order;
  induce(text, small, small_start, large_start, leftmost, order);
  if (leftmost.empty()) return order;

  // Equal stretches between leftmost positions get the same name; the names' own suffixes are the leftmost ones' order.
  const auto count = static_cast<int32_t>(leftmost.size());
  Numbers sorted;
  sorted.reserve(leftmost.size());
  for (const int32_t at : order) {
    if (number[at] != -1) sorted.push_back(at);
  }
  Numbers names(leftmost.size());
  int32_t last_name = 0;
  names[number[sorted[0]]] = 0;
  for (int32_t i = 1; i < count; i++) {
    int32_t left = sorted[i - 1], right = sorted[i];
    const int32_t left_end = number[left] + 1 < count ? leftmost[number[left] + 1] : length;
    const int32_t right_end = number[right] + 1 < count ? leftmost[number[right] + 1] : length;
    bool same = left_end - left == right_end - right;
    if (same) {
      while (left < left_end && text[left] == text[right]) left++, right++;
      same = left != length && right != length && text[left] == text[right];
    }
    if (!same) last_name++;
    names[number[sorted[i]]] = last_name;
  }
  const Numbers order_of_names = sort_suffixes(names, last_name);
  for (int32_t i = 0; i < count; i++) sorted[i] = leftmost[order_of_names[i]];
  induce(text, small, small_start, large_start, sorted, order);
  return order;
}

}  // namespace

std::vector<uint32_t> suffix_array(std::string_view text) {
  const std::vector<uint8_t> bytes(text.begin(), text.end());
  const Numbers order = sort_suffixes(bytes, 255);
  return {order.begin(), order.end()};
}

}  // namespace redoubt
