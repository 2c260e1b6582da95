// Embeddings and ranking: many short texts per batch, in a context of their own that grows with the longest text.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "adapter.h"
#include "context.h"
#include "model.h"
#include "napi.h"

namespace redoubt {

struct EmbedOptions {
  int32_t threads = 1;
  /** Longest text in tokens. */
  int32_t context_size = 0;
  /** LLAMA_POOLING_TYPE_UNSPECIFIED: the model's own; a model without one gives the vector of the last token. */
  enum llama_pooling_type pooling = LLAMA_POOLING_TYPE_UNSPECIFIED;
  /** Less memory for long texts, less exact: a vector differs by 2e-5 with the company in its batch, 1e-7 without. */
  llama_flash_attn_type flash_attention = LLAMA_FLASH_ATTN_TYPE_AUTO;
  /** To the length 1 (not for ranks). */
  bool normalise = true;
  std::vector<ScaledAdapter> adapters;
};

class Embedder {
 public:
  explicit Embedder(std::shared_ptr<Model> model) : model_(std::move(model)) {}

  /**
   * One vector per text, in order; one call at a time, others wait. `done` gets the number of finished texts. Throws
   * engine/cancelled, engine/closed, engine/argument (too long, empty), engine/unsupported, engine/out-of-memory.
   */
  std::vector<std::vector<float>> embed(const std::vector<std::vector<llama_token>> &texts, const EmbedOptions &options,
                                        const std::atomic<bool> &cancelled, const std::function<void(size_t)> &done);

 private:
  /** The context for texts of up to `longest` tokens: the present one where it fits. */
  Context &context(size_t longest, const EmbedOptions &options);
  /** The vectors of texts `begin` to `end`, which the context has just computed. */
  void take(llama_context *context, const std::vector<std::vector<llama_token>> &texts, size_t begin, size_t end,
            const EmbedOptions &options, std::vector<std::vector<float>> &vectors) const;

  std::shared_ptr<Model> model_;
  std::mutex mutex_;
  std::unique_ptr<Context> context_;
  enum llama_pooling_type pooling_ = LLAMA_POOLING_TYPE_UNSPECIFIED;
  llama_flash_attn_type flash_attention_ = LLAMA_FLASH_ATTN_TYPE_AUTO;
  uint32_t capacity_ = 0;
};

/** The cores, at most 16. */
int32_t default_threads();

/** `model.embed(tokens[], options?, onProgress?)` → `{ promise: Promise<Float32Array[]>, cancel }`. */
napi_value embed(Call &call);
/** `model.rank(tokens[], options?, onProgress?)`: the raw scores, one array (a score per class) per text. */
napi_value rank(Call &call);

}  // namespace redoubt
