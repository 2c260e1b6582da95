// Chooses the next token from a row of logits. The order of the steps is the one usual in llama.cpp: bias, penalties, DRY,
// grammar mask, top-k, typical, top-p, min-p, temperature, draw. Only a few of the best tokens are ever sorted.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "dry.h"

namespace redoubt {

struct SamplingOptions {
  float temperature = 0;  // <= 0: always the best token
  int32_t top_k = 0;      // <= 0: all
  float top_p = 1;
  float min_p = 0;
  float typical_p = 1;
  float repeat_penalty = 1;
  float frequency_penalty = 0;
  float presence_penalty = 0;
  int32_t penalty_last = 64;  // last tokens that the three penalties look at; -1: all
  DryOptions dry;
  std::vector<std::pair<int32_t, float>> logit_bias;
  uint32_t seed = 0;
};

/** One request's sampler. Not thread-safe. */
class Sampler {
 public:
  Sampler(const SamplingOptions &options, int32_t vocabulary, std::vector<bool> dry_breakers);

  /** Tells it a token of the prompt or of the answer, in order. */
  void accept(int32_t token);

  /** Applies bias and penalties to the row, in place. Once per row. */
  void prepare(float *logits);
  /** The next token from a prepared row. `mask`: bitset of allowed tokens or null. -1 where nothing is allowed. */
  int32_t pick(const float *logits, const uint64_t *mask);
  /** Always takes the best. */
  bool greedy() const { return options_.temperature <= 0 || options_.top_k == 1; }

  /** True where `accept` of the prompt matters (penalties, DRY). */
  bool looks_back() const { return penalises_ || options_.dry.multiplier > 0; }

 private:
  struct Candidate {
    int32_t token;
    float logit;
    float weight;
  };
  using Candidates = std::vector<Candidate>;

  void gather_top_k(const float *logits, const uint64_t *mask);
  void gather_all(const float *logits, const uint64_t *mask, float max);
  void keep_nucleus();
  void keep_typical();
  int32_t draw();

  SamplingOptions options_;
  int32_t vocabulary_;
  bool penalises_;
  std::mt19937 random_;
  std::vector<int32_t> history_;                      // only where looks_back()
  std::vector<std::pair<int32_t, int32_t>> counts_;   // sorted by token: how often within the last tokens
  Dry dry_;
  Candidates candidates_;
  Candidates selected_;
};

/** Index of the greatest of `logits` among those that `mask` (or null) allows; -1 where there is none. */
int32_t best_token(const float *logits, int32_t count, const uint64_t *mask);

/** The `count` greatest logits, best first, and the log of the sum of all exp(logit). */
float best_tokens(const float *logits, int32_t vocabulary, int32_t count, std::vector<std::pair<float, int32_t>> &best);

}  // namespace redoubt
