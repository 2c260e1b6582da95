// A context of the library for work that is not generation.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "adapter.h"
#include "library.h"
#include "model.h"

namespace redoubt {

class Context {
 public:
  /** Throws engine/out-of-memory, engine/failed with what the library said. */
  Context(const Model &model, llama_context_params params);
  ~Context() { lib().llama_free(context_); }
  Context(const Context &) = delete;
  Context &operator=(const Context &) = delete;

  llama_context *get() const { return context_; }
  void use(const std::vector<ScaledAdapter> &adapters);
  /** Computes the batch; while it runs, `stop` and the model's closing are looked at. Throws engine/cancelled, engine/closed, engine/failed. */
  void decode(llama_batch batch, const std::atomic<bool> &stop);

 private:
  const Model &model_;
  llama_context *context_;
};

}  // namespace redoubt
