// The model as JavaScript sees it.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "embedder.h"
#include "model.h"
#include "napi.h"

namespace redoubt {

struct ModelHandle {
  static constexpr napi_type_tag type_tag = {0x6d2c1a0f6b4e4d0bULL, 0x9a3f5b2e7c8d1e4fULL};
  napi_env env;
  /** Empty once closed. */
  std::shared_ptr<Model> model;
  std::shared_ptr<Embedder> embedder;
  /** Schedulers and adapters that are open; the model cannot be closed before them. */
  std::shared_ptr<std::atomic<int>> leases = std::make_shared<std::atomic<int>>(0);

  ~ModelHandle();
};

/** The model behind `this`. Throws engine/closed after `close`. */
std::shared_ptr<Model> model_of(Call &call);
/** The same for what stays open beside the model: while the result lives, `close` of the model is refused (engine/in-use). */
std::shared_ptr<Model> lease_model(Call &call);
/** The text of a path, without NUL. */
std::string read_path(const Value &path);

/** `loadModel(options, onProgress)` → `{ promise, cancel }`. */
napi_value load_model(Call &call);

napi_value model_info(Call &call);
napi_value model_metadata(Call &call);
napi_value model_end_tokens(Call &call);

}  // namespace redoubt
