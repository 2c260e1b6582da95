// Quantising a model file with the library's own function, which has neither progress nor cancel: both come from its log.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "library.h"
#include "napi.h"

namespace redoubt {

struct QuantiseOptions {
  std::string input, output;
  llama_ftype type = LLAMA_FTYPE_MOSTLY_Q8_0;
  int32_t threads = 1;
  /** Allow a source that is quantised already, which costs quality twice. */
  bool requantise = false;
  /** All tensors of one type, without the mixture that the type's name stands for. */
  bool pure = false;
  /** Only tells the size. */
  bool dry_run = false;
};

struct Quantised {
  double tensor_bytes_before = 0, tensor_bytes = 0;  // to 0.01 MiB
  double bits_per_weight = 0;
  std::vector<std::string> warnings;
};

/**
 * On the calling thread. `done` gets finished and all tensors. A cancel ends after the tensor in work. What was written is
 * removed after a cancel or an error. Throws engine/argument (same file, output exists), engine/cancelled, engine/load, engine/failed.
 */
Quantised quantise(const QuantiseOptions &options, const std::atomic<bool> &cancelled, const std::function<void(int, int)> &done);

/** `quantise(options, onProgress?)` → `{ promise, cancel }`. */
napi_value start_quantise(Call &call);

}  // namespace redoubt
