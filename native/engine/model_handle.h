// The model as JavaScript sees it.
#pragma once

#include <memory>

#include "model.h"
#include "napi.h"

namespace redoubt {

struct ModelHandle {
  static constexpr napi_type_tag type_tag = {0x6d2c1a0f6b4e4d0bULL, 0x9a3f5b2e7c8d1e4fULL};
  napi_env env;
  /** Empty once closed. */
  std::shared_ptr<Model> model;

  ~ModelHandle();
};

/** `loadModel(options, onProgress)` → `{ promise, cancel }`. */
napi_value load_model(Call &call);

}  // namespace redoubt
