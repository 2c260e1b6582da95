// What one request asks of the scheduler, and what it gets back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grammar/grammar.h"
#include "sampling.h"

struct llama_adapter_lora;

namespace redoubt {

/** A LoRA adapter with its weight; `owner` keeps it loaded while a request uses it. */
struct AdapterUse {
  llama_adapter_lora *adapter = nullptr;
  float scale = 1;
  std::shared_ptr<void> owner;
  bool operator==(const AdapterUse &other) const { return adapter == other.adapter && scale == other.scale; }
};

/** Guesses several tokens at once and keeps those that the model would have chosen anyway. */
struct SpeculationOptions {
  int32_t max_draft = 0;  // 0: none
  int32_t ngram = 3;      // prompt lookup: the longest run of last tokens looked for
};

/** Result of a request that only computes or takes a state: `error` is empty where it worked. */
struct StateResult {
  std::string error;
  std::vector<uint8_t> bytes;
  std::vector<int32_t> tokens;
};

struct Request {
  int64_t id = 0;
  std::vector<int32_t> tokens;
  int32_t max_tokens = 0;
  SamplingOptions sampling;
  std::shared_ptr<Grammar> grammar;
  std::vector<std::string> stops;
  int32_t priority = 0;         // higher first
  int64_t deadline_us = 0;      // steady clock, 0: none
  int32_t probabilities = 0;    // best tokens to tell per token, 0: none
  bool cache_prompt = true;     // false: nothing of it stays in the cache
  bool ignore_end = false;      // end tokens are not chosen (measurements)
  int32_t context_shift = -1;   // first tokens kept when the context is full and its older half is dropped; -1: end with `length`
  SpeculationOptions speculation;
  std::vector<AdapterUse> adapters;

  // Instead of generating: hand the state after `tokens` out, or take `restore` in.
  std::function<void(StateResult)> on_saved;
  std::function<void(StateResult)> on_restored;
  std::vector<uint8_t> restore;

  int64_t submitted_us = 0;
};

enum class EndReason { end, length, stop, cancelled, deadline, error };

/** Best tokens by raw logit: `count` per generated token, row by row. log p = logit - log_sum. */
struct TokenProbabilities {
  int32_t count = 0;
  std::vector<int32_t> tokens;
  std::vector<float> logits;
  std::vector<float> log_sums;  // log of the sum of exp(logit), per generated token
};

struct GenerationEvent {
  enum class Kind { tokens, progress, end };
  int64_t id = 0;
  Kind kind = Kind::tokens;
  std::vector<int32_t> tokens;
  std::string bytes;
  TokenProbabilities probabilities;
  int32_t prompt_done = 0;
  EndReason reason = EndReason::end;
  std::string error;
  int32_t prompt_tokens = 0;
  int32_t cached_tokens = 0;
  int32_t output_tokens = 0;
  int32_t drafted_tokens = 0;   // guessed by speculation
  int32_t accepted_tokens = 0;  // of these, right
  std::vector<CopySpan> spans;
  double queue_ms = 0;          // submitted → a slot
  double prompt_ms = 0;         // a slot → first token
  double decode_ms = 0;         // first token → end
};

/** Takes groups of events on the engine's thread; must not wait. */
using EventSink = std::function<void(std::vector<GenerationEvent> &&)>;

}  // namespace redoubt
