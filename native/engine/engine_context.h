// The llama_context that the scheduler works with: its memory, its threads and the abort callback. One thread uses it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "batch.h"
#include "model.h"
#include "request.h"

namespace redoubt {

struct SchedulerOptions {
  int32_t slots = 1;
  int32_t context_per_slot = 4096;
  int32_t batch = 512;        // most tokens of a step
  int32_t micro_batch = 512;  // most tokens computed at once
  int32_t threads = 1;        // while only generating
  int32_t prefill_threads = 1;
  ggml_type kv_type = GGML_TYPE_F16;
  bool flash_attention = true;
  bool unified = false;        // one pool of cells for all slots instead of a buffer for each
  bool kv_on_gpu = true;
  int32_t max_draft = 16;      // longest speculation
  std::string state_key;       // names the weights: saved states of other keys are refused
};

class EngineContext {
 public:
  /** Throws Error: engine/out-of-memory, engine/unsupported. */
  EngineContext(std::shared_ptr<Model> model, const SchedulerOptions &options);
  ~EngineContext();
  EngineContext(const EngineContext &) = delete;
  EngineContext &operator=(const EngineContext &) = delete;

  const SchedulerOptions &options() const { return options_; }
  /** Asked between the operations of a step; true ends it. */
  void set_abort(std::function<bool()> abort) { abort_ = std::move(abort); }
  /** llama_decode with the threads that suit it; waits for the result. Answers llama_decode's status. */
  int32_t decode(Batch &batch, bool reads_prompt);
  float *logits(int32_t row) { return lib().llama_get_logits_ith(context_, row); }
  void use_adapters(const std::vector<AdapterUse> &adapters);

  /** Forgets a sequence's tokens from `position` on; false where only all of them can be forgotten. */
  bool trim(int32_t sequence, int32_t position) { return lib().llama_memory_seq_rm(memory_, sequence, position, -1); }
  /** `to` then holds the first `count` tokens of `from`, which has `size`. */
  void copy(int32_t from, int32_t to, int32_t count);
  /** Drops `count` tokens from `position` on and moves the rest down. */
  void shift(int32_t sequence, int32_t position, int32_t count);
  bool can_shift() const { return lib().llama_memory_can_shift(memory_); }
  /** The memory can forget the end of a sequence. */
  bool can_trim() const { return can_trim_; }

  std::vector<uint8_t> save(int32_t sequence);
  bool restore(int32_t sequence, const uint8_t *bytes, size_t size);
  /** Differs between models, as far as `state_key` tells them apart, and kinds of cache: a state fits only where it is equal. */
  uint64_t fingerprint() const;

 private:
  std::shared_ptr<Model> model_;
  SchedulerOptions options_;
  llama_context *context_ = nullptr;
  llama_memory_t memory_ = nullptr;
  ggml_threadpool *pool_ = nullptr;
  bool can_trim_ = true;
  int32_t batch_threads_ = 0;
  std::function<bool()> abort_;
  std::vector<AdapterUse> adapters_;
};

}  // namespace redoubt
