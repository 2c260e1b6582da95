#include "dry.h"

#include <algorithm>
#include <cmath>

namespace redoubt {
namespace {
// Longer repetitions are lowered like this one: exp(88) is the end of float.
constexpr int32_t longest_counted = 120;
}  // namespace

Dry::Dry(const DryOptions &options, std::vector<bool> breakers) : options_(options), breakers_(std::move(breakers)) {}

/** Tokens that history[begin..end] and the end of history have in common, counted backwards. */
int32_t Dry::repeated(const std::vector<int32_t> &history, size_t begin, size_t end) const {
  const size_t last = history.size() - 1;
  int32_t length = 0;
  while (length < longest_counted && end >= begin + length && history[end - length] == history[last - length] &&
         !breakers_[history[last - length]])
    length++;
  return length;
}

void Dry::apply(float *logits, const std::vector<int32_t> &history) {
  if (options_.multiplier <= 0 || history.size() < 2) return;
  const size_t window = options_.last < 0 ? history.size() : std::min(history.size(), static_cast<size_t>(options_.last));
  const size_t begin = history.size() - window;
  const int32_t last = history.back();
  if (window < 2 || breakers_[last]) return;
  longest_.clear();
  for (size_t end = begin; end + 1 < history.size(); end++) {
    if (history[end] != last) continue;
    const int32_t length = repeated(history, begin, end);
    if (length >= options_.allowed_length) longest_.emplace_back(history[end + 1], length);
  }
  std::sort(longest_.begin(), longest_.end());
  for (size_t i = 0; i < longest_.size(); i++) {
    const auto [token, length] = longest_[i];
    if (i + 1 < longest_.size() && longest_[i + 1].first == token) continue;  // the longest of a token comes last
    const double exponent = std::min<double>(length - options_.allowed_length, 88.0 / std::log(std::max(1.0001f, options_.base)));
    logits[token] -= static_cast<float>(options_.multiplier * std::pow(options_.base, exponent));
  }
}

}  // namespace redoubt
