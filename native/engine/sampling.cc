#include "sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace redoubt {
namespace {

constexpr float lowest = -std::numeric_limits<float>::infinity();

bool better(float logit, int32_t token, float other_logit, int32_t other_token) {
  return logit > other_logit || (logit == other_logit && token < other_token);
}

/** Calls visit(token) for every allowed token of the row, in ascending order. */
template <typename Visit>
void for_allowed(int32_t count, const uint64_t *mask, Visit visit) {
  if (!mask) {
    for (int32_t token = 0; token < count; token++) visit(token);
    return;
  }
  for (int32_t word = 0; word * 64 < count; word++)
    for (uint64_t bits = mask[word]; bits != 0; bits &= bits - 1) {
      const int32_t token = word * 64 + __builtin_ctzll(bits);
      if (token < count) visit(token);
    }
}

/** Greatest of a row; eight running maxima, so that one comparison need not wait for the last. */
float greatest(const float *logits, int32_t count) {
  float best[8];
  std::fill(best, best + 8, lowest);
  int32_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (int32_t lane = 0; lane < 8; lane++) best[lane] = logits[i + lane] > best[lane] ? logits[i + lane] : best[lane];
  for (; i < count; i++) best[0] = logits[i] > best[0] ? logits[i] : best[0];
  return *std::max_element(best, best + 8);
}

}  // namespace

int32_t best_token(const float *logits, int32_t count, const uint64_t *mask) {
  if (!mask) {
    const float best = greatest(logits, count);
    const float *found = std::find(logits, logits + count, best);
    return found == logits + count ? -1 : static_cast<int32_t>(found - logits);
  }
  int32_t best = -1;
  for_allowed(count, mask, [&](int32_t token) {
    if (best < 0 || logits[token] > logits[best]) best = token;
  });
  return best;
}

float best_tokens(const float *logits, int32_t vocabulary, int32_t count, std::vector<std::pair<float, int32_t>> &best) {
  best.clear();
  const auto worse = [](const auto &a, const auto &b) { return better(a.first, a.second, b.first, b.second); };
  for (int32_t token = 0; token < vocabulary; token++) {
    if (static_cast<int32_t>(best.size()) == count && !(logits[token] > best.front().first)) continue;
    if (static_cast<int32_t>(best.size()) == count) {
      std::pop_heap(best.begin(), best.end(), worse);
      best.pop_back();
    }
    best.emplace_back(logits[token], token);
    std::push_heap(best.begin(), best.end(), worse);
  }
  std::sort_heap(best.begin(), best.end(), worse);
  const float max = best.empty() ? 0 : best.front().first;
  double sum = 0;
  for (int32_t token = 0; token < vocabulary; token++) sum += std::exp(logits[token] - max);
  return max + static_cast<float>(std::log(sum));
}

Sampler::Sampler(const SamplingOptions &options, int32_t vocabulary, std::vector<bool> dry_breakers)
    : options_(options),
      vocabulary_(vocabulary),
      penalises_(options.penalty_last != 0 &&
                 (options.repeat_penalty != 1 || options.frequency_penalty != 0 || options.presence_penalty != 0)),
      random_(options.seed),
      dry_(options.dry, std::move(dry_breakers)) {
  candidates_.reserve(options.top_k > 0 ? std::min(options.top_k, vocabulary) : 1024);
}

void Sampler::accept(int32_t token) {
  if (!looks_back()) return;
  history_.push_back(token);
  if (!penalises_) return;
  const auto place = [&](int32_t of) {
    return std::lower_bound(counts_.begin(), counts_.end(), of, [](const auto &entry, int32_t key) { return entry.first < key; });
  };
  const auto entry = place(token);
  if (entry != counts_.end() && entry->first == token)
    entry->second++;
  else
    counts_.insert(entry, {token, 1});
  const size_t window = options_.penalty_last < 0 ? history_.size() : static_cast<size_t>(options_.penalty_last);
  if (history_.size() <= window) return;
  const auto leaving = place(history_[history_.size() - 1 - window]);
  if (--leaving->second == 0) counts_.erase(leaving);
}

void Sampler::prepare(float *logits) {
  for (const auto &[token, bias] : options_.logit_bias)
    if (token >= 0 && token < vocabulary_) logits[token] += bias;
  for (const auto &[token, count] : counts_) {
    float &logit = logits[token];
    // A negative logit is multiplied, else the penalty would be a reward (CTRL, https://arxiv.org/abs/1909.05858).
    logit = logit <= 0 ? logit * options_.repeat_penalty : logit / options_.repeat_penalty;
    logit -= static_cast<float>(count) * options_.frequency_penalty + options_.presence_penalty;
  }
  if (options_.dry.multiplier > 0) dry_.apply(logits, history_);
}

int32_t Sampler::pick(const float *logits, const uint64_t *mask) {
  const int32_t best = best_token(logits, vocabulary_, mask);
  if (greedy() || best < 0 || logits[best] == lowest) return best;
  if (options_.top_k > 0 && options_.top_k < vocabulary_)
    gather_top_k(logits, mask);
  else
    gather_all(logits, mask, logits[best]);
  if (options_.typical_p < 1) keep_typical();
  if (options_.top_p < 1) keep_nucleus();
  return draw();
}

void Sampler::gather_top_k(const float *logits, const uint64_t *mask) {
  const auto worse = [](const Candidate &a, const Candidate &b) { return better(a.logit, a.token, b.logit, b.token); };
  const size_t k = static_cast<size_t>(options_.top_k);
  candidates_.clear();
  float threshold = lowest;
  for_allowed(vocabulary_, mask, [&](int32_t token) {
    if (!(logits[token] > threshold)) return;
    if (candidates_.size() == k) {
      std::pop_heap(candidates_.begin(), candidates_.end(), worse);
      candidates_.pop_back();
    }
    candidates_.push_back({token, logits[token], 0});
    std::push_heap(candidates_.begin(), candidates_.end(), worse);
    if (candidates_.size() == k) threshold = candidates_.front().logit;
  });
}

/** Without top-k: everything that can have a chance. What is left out has less than exp(-40) of the best one's. */
void Sampler::gather_all(const float *logits, const uint64_t *mask, float max) {
  float threshold = max - 40 * std::max(1.0f, options_.temperature);
  // min-p looks at ratios only, so it may come first where the steps before it do not look at the whole.
  if (options_.min_p > 0 && options_.top_p >= 1 && options_.typical_p >= 1) threshold = std::max(threshold, max + std::log(options_.min_p));
  candidates_.clear();
  for_allowed(vocabulary_, mask, [&](int32_t token) {
    if (logits[token] >= threshold) candidates_.push_back({token, logits[token], 0});
  });
}

/**
 * Top-p: the fewest of the best tokens whose probabilities reach p. Tokens are counted into bins of their distance from the
 * best one, so that only those above the bin in which p is reached are sorted.
 */
void Sampler::keep_nucleus() {
  constexpr int bins = 512;
  constexpr float bins_per_logit = 8;
  float max = lowest;
  for (const auto &candidate : candidates_) max = std::max(max, candidate.logit);
  double mass[bins] = {};
  double total = 0;
  const auto bin_of = [&](float logit) { return std::min(bins - 1, static_cast<int>((max - logit) * bins_per_logit)); };
  for (auto &candidate : candidates_) {
    candidate.weight = std::exp(candidate.logit - max);
    mass[bin_of(candidate.logit)] += candidate.weight;
    total += candidate.weight;
  }
  const double wanted = std::max(0.0f, options_.top_p) * total;
  int last = 0;
  for (double sum = mass[0]; last + 1 < bins && sum < wanted; sum += mass[last]) last++;
  selected_.clear();
  for (const auto &candidate : candidates_)
    if (bin_of(candidate.logit) <= last) selected_.push_back(candidate);
  std::sort(selected_.begin(), selected_.end(),
            [](const Candidate &a, const Candidate &b) { return better(a.logit, a.token, b.logit, b.token); });
  double sum = 0;
  size_t kept = 0;
  while (kept < selected_.size() && (kept == 0 || sum < wanted)) sum += selected_[kept++].weight;
  selected_.resize(kept);
  candidates_.swap(selected_);
}

/** Locally typical sampling (https://arxiv.org/abs/2202.00666): nearest to the entropy first, until their sum reaches p. */
void Sampler::keep_typical() {
  float max = lowest;
  for (const auto &candidate : candidates_) max = std::max(max, candidate.logit);
  double total = 0;
  for (auto &candidate : candidates_) total += candidate.weight = std::exp(candidate.logit - max);
  double entropy = 0;
  const auto surprise = [&](const Candidate &candidate) { return max - candidate.logit + std::log(total); };
  for (const auto &candidate : candidates_) entropy += candidate.weight / total * surprise(candidate);
  const auto distance = [&](const Candidate &candidate) { return std::fabs(surprise(candidate) - entropy); };
  std::sort(candidates_.begin(), candidates_.end(), [&](const Candidate &a, const Candidate &b) {
    const double left = distance(a), right = distance(b);
    return left < right || (left == right && a.token < b.token);
  });
  double sum = 0;
  size_t kept = 0;
  while (kept < candidates_.size() && (kept == 0 || sum < options_.typical_p * total)) sum += candidates_[kept++].weight;
  candidates_.resize(kept);
}

/** Min-p, temperature and the draw itself. */
int32_t Sampler::draw() {
  float max = lowest;
  for (const auto &candidate : candidates_) max = std::max(max, candidate.logit);
  const float threshold = options_.min_p > 0 ? max + std::log(options_.min_p) : lowest;
  double total = 0;
  for (auto &candidate : candidates_) {
    candidate.weight = candidate.logit >= threshold ? std::exp((candidate.logit - max) / options_.temperature) : 0;
    total += candidate.weight;
  }
  // 53 bits of the generator: std's distributions differ between libraries, and a seed must give the same text everywhere.
  const uint64_t high = random_() >> 5, low = random_() >> 6;
  double rest = static_cast<double>(high * 67108864 + low) / 9007199254740992.0 * total;
  for (const auto &candidate : candidates_)
    if (candidate.weight > 0 && (rest -= candidate.weight) < 0) return candidate.token;
  for (auto candidate = candidates_.rbegin(); candidate != candidates_.rend(); ++candidate)
    if (candidate->weight > 0) return candidate->token;
  return -1;
}

}  // namespace redoubt
