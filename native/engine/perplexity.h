// How well a model foresees a text: the measure of what a quantisation costs.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "model.h"
#include "napi.h"

namespace redoubt {

struct Perplexity {
  double perplexity, error;  // error: standard error of the perplexity
  size_t tokens;             // that were foreseen
};

/**
 * As llama-perplexity does: windows of `window` tokens, of each the second half is scored with the first as context, and where
 * the model wants one, a window begins with its first token (BOS). `done` gets 0…1.
 */
Perplexity measure_perplexity(const Model &model, const std::vector<llama_token> &tokens, int32_t window, int32_t threads,
                              const std::atomic<bool> &cancelled, const std::function<void(double)> &done);

/** `model.perplexity(tokens, { threads?, window? }, onProgress?)` → `{ promise: Promise<{ perplexity, error, tokens }>, cancel }`. */
napi_value perplexity(Call &call);

}  // namespace redoubt
