// A slot is one sequence of the context with the tokens it holds; an active request is one that works in a slot.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "request.h"
#include "sampling.h"
#include "speculative.h"
#include "stop.h"
#include "vocabulary.h"

namespace redoubt {

/** How another thread ends a request. */
struct Control {
  std::atomic<bool> cancelled{false};
};

/** A request with what is needed to end it. */
struct Submission {
  std::shared_ptr<Request> request;
  std::shared_ptr<Control> control;
};

/** A request that works in a slot. Everything in this namespace shares its names with the grammar engine: they must differ. */
class ActiveRequest {
 public:
  ActiveRequest(const Submission &submission, const VocabularyTable &vocabulary);

  const Request &request() const { return *request_; }
  Control &control() const { return *control_; }
  /** Its prompt is read: each step makes at least one token. */
  bool generating() const { return next >= 0; }
  int32_t unread() const { return static_cast<int32_t>(request_->tokens.size()) - read; }
  bool past_deadline(int64_t now) const { return request_->deadline_us != 0 && now >= request_->deadline_us; }

  /** Chooses a token from a row of logits (which it changes); `ended` is set where it is the last. Throws GrammarError. */
  int32_t choose(float *logits);
  /** The text that stop strings held back. To be called before its end is told, unless a stop string ended it. */
  void release_held() { stop_.finish(pending.bytes); }
  void guess(const std::vector<int32_t> &history, int32_t most) { lookup_.guess(history, next, most, draft); }
  void learn(int32_t right);
  std::vector<CopySpan> spans() const { return grammar_ ? grammar_->spans() : std::vector<CopySpan>(); }
  int32_t output_tokens() const { return output_; }

  // Kept by the scheduler.
  int32_t read = 0;             // prompt tokens in the cache
  int32_t cached = 0;           // of these, found there
  int32_t next = -1;            // chosen, not yet decoded
  std::vector<int32_t> draft;   // guessed to follow `next`
  int32_t first_row = -1;       // of its logits in this step's batch
  int32_t chunk = 0;            // prompt tokens in this step's batch
  int32_t drafted = 0, accepted = 0;
  int64_t started_us = 0, first_us = 0;
  GenerationEvent pending;      // tokens not yet told
  std::optional<EndReason> ended;
  std::string error;

 private:
  void note_probabilities();
  int32_t pick(float *logits);

  std::shared_ptr<Request> request_;
  std::shared_ptr<Control> control_;
  const VocabularyTable &vocabulary_;
  Sampler sampler_;
  StopFilter stop_;
  std::unique_ptr<GrammarState> grammar_;
  PromptLookup lookup_;
  int32_t output_ = 0;
  std::vector<std::pair<float, int32_t>> best_;
  float log_sum_ = 0;
};

struct Slot {
  int32_t sequence = 0;
  std::vector<int32_t> tokens;       // in the cache, in order of their positions
  std::vector<AdapterUse> adapters;  // with which they were computed
  int64_t used_us = 0;
  std::unique_ptr<ActiveRequest> run;  // null: idle
};

}  // namespace redoubt
